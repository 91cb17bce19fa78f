// The tensor types with one scale for 32 values: Q4_0, Q4_1, Q5_0, Q5_1, Q8_0 (ggml's block_q4_0 and so on).

import { halfTable } from "../half.ts";
import type { TensorType } from "./tensor-type.ts";

/**
 * Keyed by ggml's type number. In each block come the scale d and, where the name ends in 1, the minimum m, both halves; in the
 * fives, 4 bytes with the fifth bit of each value, value i's at bit i; then the low bits: byte i has value i in its low nibble and
 * value 16 + i in its high one. The value is d (q - middle), or d q + m.
 *
 * Exactness: d q has at most 19 significant bits and d q + m spans at most 49, so a double holds both exactly and the store rounds
 * once. ggml's float arithmetic rounds in the same place only: the results are the same bits.
 */
export const blocksOf32: Readonly<Record<number, TensorType>> = {
  2: { name: "Q4_0", block: 32, bytes: 18, read: readQ4_0 },
  3: { name: "Q4_1", block: 32, bytes: 20, read: readQ4_1 },
  6: { name: "Q5_0", block: 32, bytes: 22, read: readQ5_0 },
  7: { name: "Q5_1", block: 32, bytes: 24, read: readQ5_1 },
  8: { name: "Q8_0", block: 32, bytes: 34, read: readQ8_0 },
};

function readQ4_0(raw: Uint8Array, out: Float32Array): void {
  const half = halfTable();
  for (let at = 0, o = 0; o < out.length; at += 18, o += 32) {
    const d = half[raw[at]! | (raw[at + 1]! << 8)]!;
    for (let i = 0; i < 16; i++) {
      const q = raw[at + 2 + i]!;
      out[o + i] = ((q & 15) - 8) * d;
      out[o + 16 + i] = ((q >> 4) - 8) * d;
    }
  }
}

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

function readQ5_0(raw: Uint8Array, out: Float32Array): void {
  const half = halfTable();
  for (let at = 0, o = 0; o < out.length; at += 22, o += 32) {
    const d = half[raw[at]! | (raw[at + 1]! << 8)]!;
    const low = raw[at + 2]! | (raw[at + 3]! << 8);
    const high = raw[at + 4]! | (raw[at + 5]! << 8);
    for (let i = 0; i < 16; i++) {
      const q = raw[at + 6 + i]!;
      out[o + i] = ((q & 15) + (((low >> i) & 1) << 4) - 16) * d;
      out[o + 16 + i] = ((q >> 4) + (((high >> i) & 1) << 4) - 16) * d;
    }
  }
}

function readQ5_1(raw: Uint8Array, out: Float32Array): void {
  const half = halfTable();
  for (let at = 0, o = 0; o < out.length; at += 24, o += 32) {
    const d = half[raw[at]! | (raw[at + 1]! << 8)]!;
    const m = half[raw[at + 2]! | (raw[at + 3]! << 8)]!;
    const low = raw[at + 4]! | (raw[at + 5]! << 8);
    const high = raw[at + 6]! | (raw[at + 7]! << 8);
    for (let i = 0; i < 16; i++) {
      const q = raw[at + 8 + i]!;
      out[o + i] = ((q & 15) + (((low >> i) & 1) << 4)) * d + m;
      out[o + 16 + i] = ((q >> 4) + (((high >> i) & 1) << 4)) * d + m;
    }
  }
}

/** No nibbles: 32 signed bytes. */
function readQ8_0(raw: Uint8Array, out: Float32Array): void {
  const half = halfTable();
  for (let at = 0, o = 0; o < out.length; at += 34, o += 32) {
    const d = half[raw[at]! | (raw[at + 1]! << 8)]!;
    for (let i = 0; i < 32; i++) out[o + i] = ((raw[at + 2 + i]! << 24) >> 24) * d;
  }
}
