// Reads the values of one tensor piece by piece: besides the result, no more than one piece is held.

import { SetupError } from "../../../core/errors.ts";
import type { ByteSource } from "./byte-source.ts";
import { modelFaults } from "./model-faults.ts";
import type { Place } from "./place-tensors.ts";
import type { ReadOptions } from "./tensor-file.ts";

/** Bytes of a piece; a whole number of values of every type. */
const PIECE = 2 ** 22;

/** @throws SetupError naming the tensor and the place: cut short, changed, non-finite, or too large for memory. */
export async function readTensor(
  source: ByteSource,
  name: string,
  place: Place,
  { nonFinite = "refuse" }: ReadOptions = {},
): Promise<Float32Array> {
  const who = `tensor ${modelFaults.named(name)}`;
  const { bytes, decode } = place.element;
  const out = room(source.path, who, place.count);
  const scratch = new Uint8Array(Math.min(PIECE, place.count * bytes));
  const step = PIECE / bytes;
  for (let from = 0; from < out.length; from += step) {
    const part = out.subarray(from, from + step);
    const raw = scratch.subarray(0, part.length * bytes);
    await source.fill(raw, place.offset + from * bytes, who);
    decode(raw, part);
    if (nonFinite === "keep") continue;
    for (let i = 0; i < part.length; i++) {
      if (Number.isFinite(part[i])) continue;
      const at = from + i;
      throw modelFaults.corrupt(
        source.path,
        `${who} holds ${part[i]} at position ${at}, index [${indexOf(at, place.shape)}]`,
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

/** Where a value lies along each dimension, from its place in the row-major order. */
function indexOf(position: number, shape: readonly number[]): number[] {
  return shape
    .toReversed()
    .map((length) => {
      const index = position % length;
      position = (position - index) / length;
      return index;
    })
    .toReversed();
}
