// Reads one tensor of a GGUF file as float32, piece by piece: besides the result, no more than one piece is held.

import { SetupError } from "../../core/errors.ts";
import type { GgufPlace } from "./place-gguf-tensors.ts";
import type { ByteSource } from "./safetensors/byte-source.ts";
import { modelFaults } from "./safetensors/model-faults.ts";
import type { ReadOptions } from "./safetensors/tensor-file.ts";

/** Bytes of a piece, up to what is no whole block. */
const PIECE = 2 ** 22;

/** @throws SetupError naming the tensor and the place: cut short, changed, non-finite, or too large for memory. */
export async function readGgufTensor(
  source: ByteSource,
  name: string,
  place: GgufPlace,
  { nonFinite = "refuse" }: ReadOptions = {},
): Promise<Float32Array> {
  const who = `tensor ${modelFaults.named(name)}`;
  const { block, bytes, read } = place.type;
  const out = room(source.path, who, place.count);
  const scratch = new Uint8Array(Math.min(PIECE - (PIECE % bytes), place.bytes));
  const step = (scratch.length / bytes) * block;
  for (let from = 0; from < out.length; from += step) {
    const part = out.subarray(from, from + step);
    const raw = scratch.subarray(0, (part.length / block) * bytes);
    await source.fill(raw, place.offset + (from / block) * bytes, who);
    read(raw, part);
    if (nonFinite === "keep") continue;
    for (let i = 0; i < part.length; i++) {
      if (Number.isFinite(part[i])) continue;
      throw modelFaults.corrupt(
        source.path,
        `${who} holds ${part[i]} at position ${from + i} of its shape [${place.shape}]`,
      );
    }
  }
  return out;
}

function room(path: string, who: string, count: number): Float32Array {
  try {
    return new Float32Array(count);
  } catch (error) {
    throw new SetupError(
      "MODEL_MEMORY",
      `${path}: ${who} takes ${4 * count} bytes as float32, which can't be had`,
      { hint: "Use a smaller model, or a machine with more memory.", cause: error },
    );
  }
}
