// The tensor types of a GGUF file that are read, each with its block layout (ggml's block_q4_1, block_q8_0) and its inverse.

import { halfTable } from "./half.ts";

/** How one tensor type lies in the file: `block` values in `bytes` bytes, and how a run of blocks becomes float32. */
export type TensorType = {
  readonly name: string;
  readonly block: number;
  readonly bytes: number;
  readonly read: (raw: Uint8Array, out: Float32Array) => void;
};

/** Keyed by ggml's type number. One entry here is all that a new type needs. */
export const tensorTypes: Readonly<Record<number, TensorType>> = {
  0: { name: "F32", block: 1, bytes: 4, read: readF32 },
  1: { name: "F16", block: 1, bytes: 2, read: readF16 },
  3: { name: "Q4_1", block: 32, bytes: 20, read: readQ4_1 },
  8: { name: "Q8_0", block: 32, bytes: 34, read: readQ8_0 },
};

function readF32(raw: Uint8Array, out: Float32Array): void {
  const view = new DataView(raw.buffer, raw.byteOffset, raw.byteLength);
  for (let i = 0; i < out.length; i++) out[i] = view.getFloat32(4 * i, true);
}

function readF16(raw: Uint8Array, out: Float32Array): void {
  const half = halfTable();
  for (let i = 0; i < out.length; i++) out[i] = half[raw[2 * i]! | (raw[2 * i + 1]! << 8)]!;
}

/** 32 values: scale d and minimum m as halves, then 16 bytes; low nibbles are values 0-15, high nibbles 16-31; x = q d + m. */
function readQ4_1(raw: Uint8Array, out: Float32Array): void {
  const half = halfTable();
  for (let at = 0, o = 0; o < out.length; at += 20, o += 32) {
    const d = half[raw[at]! | (raw[at + 1]! << 8)]!;
    const m = half[raw[at + 2]! | (raw[at + 3]! << 8)]!;
    for (let i = 0; i < 16; i++) {
      const q = raw[at + 4 + i]!;
      out[o + i] = (q & 15) * d + m;
      out[o + 16 + i] = (q >> 4) * d + m;
    }
  }
}

/** 32 values: scale d as a half, then 32 signed bytes; x = q d. */
function readQ8_0(raw: Uint8Array, out: Float32Array): void {
  const half = halfTable();
  for (let at = 0, o = 0; o < out.length; at += 34, o += 32) {
    const d = half[raw[at]! | (raw[at + 1]! << 8)]!;
    for (let i = 0; i < 32; i++) out[o + i] = ((raw[at + 2 + i]! << 24) >> 24) * d;
  }
}
