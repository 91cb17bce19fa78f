// The types of values that are read from safetensors files, each with its exact way to float32.

import { halfTable } from "../half.ts";

export type ElementType = {
  /** Bytes of one value, little-endian in the file. */
  readonly bytes: number;
  /** Fills `out` from `raw`, which holds `bytes` bytes for each of its values. */
  readonly decode: (raw: Uint8Array, out: Float32Array) => void;
};

/** Keyed by the name in the file. One entry here is all that a new type needs. */
export const elementTypes: ReadonlyMap<string, ElementType> = new Map([
  ["F32", { bytes: 4, decode: decodeF32 }],
  ["F16", { bytes: 2, decode: decodeF16 }],
  ["BF16", { bytes: 2, decode: decodeBF16 }],
]);

// All go by bits, not by values: a float32 on its way through a double could lose which NaN it was.

function decodeF32(raw: Uint8Array, out: Float32Array): void {
  const view = new DataView(raw.buffer, raw.byteOffset, raw.byteLength);
  const bits = bitsOf(out);
  for (let i = 0; i < bits.length; i++) bits[i] = view.getInt32(4 * i, true);
}

function decodeF16(raw: Uint8Array, out: Float32Array): void {
  const half = bitsOf(halfTable());
  const bits = bitsOf(out);
  for (let i = 0; i < bits.length; i++) bits[i] = half[raw[2 * i]! | (raw[2 * i + 1]! << 8)]!;
}

/** A bfloat16 is the upper half of a float32. */
function decodeBF16(raw: Uint8Array, out: Float32Array): void {
  const bits = bitsOf(out);
  for (let i = 0; i < bits.length; i++) bits[i] = (raw[2 * i]! << 16) | (raw[2 * i + 1]! << 24);
}

function bitsOf(out: Float32Array): Int32Array {
  return new Int32Array(out.buffer, out.byteOffset, out.length);
}
