// Holds the tensors of a GGUF header against their types, each other and the file: where each one's values really lie.

import { SetupError, TruelineError } from "../../core/errors.ts";
import { tensorTypeOf, type TensorType } from "./dequantize.ts";
import type { GgufDescribed, GgufHeader } from "./read-gguf-header.ts";
import { modelFaults } from "./safetensors/model-faults.ts";
import { shown } from "./shown.ts";

export type GgufPlace = {
  /** As matrices are written here, [out, in]: the reverse of the file's order. */
  readonly shape: readonly number[];
  readonly type: TensorType;
  /** From the start of the file. */
  readonly offset: number;
  readonly bytes: number;
  /** Values; one where the shape is []. */
  readonly count: number;
};

/**
 * The format fills the values from end to end, each tensor at the next multiple of the alignment: anything else is refused, as ggml
 * does, so that a damaged offset is seen. Bytes after the last tensor are let be.
 * @throws SetupError naming the tensor or tensors
 */
export function placeGgufTensors(
  path: string,
  header: GgufHeader,
  size: number,
): ReadonlyMap<string, GgufPlace> {
  const alignment = alignmentOf(path, header.metadata);
  const start = Math.ceil(header.end / alignment) * alignment;
  const places = new Map<string, GgufPlace>();
  for (const [name, described] of header.tensors)
    places.set(name, placeOf(path, name, described, start, size));
  refuseHoles(path, places, start, alignment);
  return places;
}

function placeOf(
  path: string,
  name: string,
  { lengths, type: number, offset: from }: GgufDescribed,
  start: number,
  size: number,
): GgufPlace {
  const who = () => `tensor ${modelFaults.named(name)}`;
  const type = typeOf(path, who, number);
  const shape = lengths.map(Number).reverse();
  const count = shape.reduce((a, d) => a * d, 1);
  // Blocks lie along a row: each row must be a whole number of them.
  if (!Number.isSafeInteger(count * 4) || count < 1 || (shape.at(-1) ?? 1) % type.block !== 0)
    throw modelFaults.corrupt(
      path,
      `${who()} has shape [${lengths.toReversed()}], which does not fit its type ${type.name}`,
    );
  const bytes = (count / type.block) * type.bytes;
  const end = BigInt(start) + from + BigInt(bytes);
  if (end > BigInt(size))
    throw modelFaults.corrupt(path, `${who()} ends at byte ${end}, but the file has ${size}`);
  return { shape, type, offset: start + Number(from), bytes, count };
}

function typeOf(path: string, who: () => string, number: number): TensorType {
  try {
    return tensorTypeOf(number);
  } catch (error) {
    if (!(error instanceof TruelineError)) throw error;
    throw new SetupError(error.code, `${path}: ${who()}: ${error.message}`, {
      hint: error.hint ?? "Convert the model to another type.",
      cause: error,
    });
  }
}

function refuseHoles(
  path: string,
  places: ReadonlyMap<string, GgufPlace>,
  start: number,
  alignment: number,
): void {
  const inOrder = [...places].toSorted(([, a], [, b]) => a.offset - b.offset);
  let filled = start;
  let before: string | undefined;
  for (const [name, place] of inOrder) {
    if (place.offset < filled)
      throw modelFaults.corrupt(
        path,
        `tensors ${modelFaults.named(before ?? "")} and ${modelFaults.named(name)} overlap`,
      );
    const expected = Math.ceil(filled / alignment) * alignment;
    if (place.offset !== expected)
      throw modelFaults.corrupt(
        path,
        `tensor ${modelFaults.named(name)} begins at byte ${place.offset}, where the tensors before it and the alignment of ${alignment} call for ${expected}`,
      );
    filled = place.offset + place.bytes;
    before = name;
  }
}

/** Tensors begin at multiples of this many bytes (`general.alignment`, 32 where it is not given). */
function alignmentOf(path: string, metadata: Readonly<Record<string, unknown>>): number {
  const alignment = metadata["general.alignment"] ?? 32;
  if (
    typeof alignment === "number" &&
    alignment >= 1 &&
    alignment <= 65536 &&
    Number.isInteger(Math.log2(alignment))
  )
    return alignment;
  throw modelFaults.corrupt(path, `metadata general.alignment is ${shown(alignment)}, not a power of two`);
}
