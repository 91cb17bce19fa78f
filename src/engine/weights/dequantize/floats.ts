// The tensor types that are plain numbers, F32, F16 and BF16, read bit for bit.

import { halfTable } from "../half.ts";
import type { TensorType } from "./tensor-type.ts";

/** Keyed by ggml's type number. */
export const floats: Readonly<Record<number, TensorType>> = {
  0: { name: "F32", block: 1, bytes: 4, read: readF32 },
  1: { name: "F16", block: 1, bytes: 2, read: readF16 },
  30: { name: "BF16", block: 1, bytes: 2, read: readBF16 },
};

// The patterns are moved as whole numbers, never as numbers with a fraction: that would be free to change the bits of a NaN.

/** Little-endian, on a machine of either byte order. */
function readF32(raw: Uint8Array, out: Float32Array): void {
  const bits = bitsOf(out);
  for (let i = 0, at = 0; i < bits.length; i++, at += 4) {
    bits[i] = raw[at]! | (raw[at + 1]! << 8) | (raw[at + 2]! << 16) | (raw[at + 3]! << 24);
  }
}

function readF16(raw: Uint8Array, out: Float32Array): void {
  const bits = bitsOf(out);
  const half = bitsOf(halfTable());
  for (let i = 0, at = 0; i < bits.length; i++, at += 2) bits[i] = half[raw[at]! | (raw[at + 1]! << 8)]!;
}

/** The upper half of a float32. */
function readBF16(raw: Uint8Array, out: Float32Array): void {
  const bits = bitsOf(out);
  for (let i = 0, at = 0; i < bits.length; i++, at += 2) bits[i] = (raw[at]! | (raw[at + 1]! << 8)) << 16;
}

/** The same memory, seen as bit patterns. */
function bitsOf(values: Float32Array): Uint32Array {
  return new Uint32Array(values.buffer, values.byteOffset, values.length);
}
