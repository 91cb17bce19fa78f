// The tensor types with 256 values a block and small whole-number scales for parts of it: Q4_K, Q5_K, Q6_K (ggml's k-quants).

import { halfTable } from "../half.ts";
import type { TensorType } from "./tensor-type.ts";

/**
 * Keyed by ggml's type number. With d and dMin halves, s and m the whole numbers of a value's part of the block:
 * Q4_K and Q5_K are d s q - dMin m, in parts of 32; Q6_K is d s (q - 32), in parts of 16.
 *
 * Exactness: d s q has at most 23 significant bits and the difference spans at most 51, so a double holds both exactly and the
 * store rounds once. ggml's float arithmetic rounds in the same place only: the results are the same bits.
 */
export const blocksOf256: Readonly<Record<number, TensorType>> = {
  12: { name: "Q4_K", block: 256, bytes: 144, read: readQ4_K },
  13: { name: "Q5_K", block: 256, bytes: 176, read: readQ5_K },
  14: { name: "Q6_K", block: 256, bytes: 210, read: readQ6_K },
};

/** d, dMin, 12 bytes of scales and minimums, 128 bytes of nibbles: byte 32 g + i has value 64 g + i low, value 64 g + 32 + i high. */
function readQ4_K(raw: Uint8Array, out: Float32Array): void {
  const half = halfTable();
  for (let at = 0, o = 0; o < out.length; at += 144, o += 256) {
    const d = half[raw[at]! | (raw[at + 1]! << 8)]!;
    const dMin = half[raw[at + 2]! | (raw[at + 3]! << 8)]!;
    for (let part = 0; part < 8; part += 2) {
      const scaleLow = d * scaleOf(raw, at + 4, part);
      const scaleHigh = d * scaleOf(raw, at + 4, part + 1);
      const minLow = dMin * minimumOf(raw, at + 4, part);
      const minHigh = dMin * minimumOf(raw, at + 4, part + 1);
      const from = at + 16 + part * 16;
      const to = o + part * 32;
      for (let i = 0; i < 32; i++) {
        const q = raw[from + i]!;
        out[to + i] = scaleLow * (q & 15) - minLow;
        out[to + 32 + i] = scaleHigh * (q >> 4) - minHigh;
      }
    }
  }
}

/** As Q4_K, with 32 bytes of fifth bits before the nibbles: bit p of byte i belongs to value i of part p. */
function readQ5_K(raw: Uint8Array, out: Float32Array): void {
  const half = halfTable();
  for (let at = 0, o = 0; o < out.length; at += 176, o += 256) {
    const d = half[raw[at]! | (raw[at + 1]! << 8)]!;
    const dMin = half[raw[at + 2]! | (raw[at + 3]! << 8)]!;
    for (let part = 0; part < 8; part += 2) {
      const scaleLow = d * scaleOf(raw, at + 4, part);
      const scaleHigh = d * scaleOf(raw, at + 4, part + 1);
      const minLow = dMin * minimumOf(raw, at + 4, part);
      const minHigh = dMin * minimumOf(raw, at + 4, part + 1);
      const from = at + 48 + part * 16;
      const to = o + part * 32;
      for (let i = 0; i < 32; i++) {
        const q = raw[from + i]!;
        const fifth = raw[at + 16 + i]! >> part;
        out[to + i] = scaleLow * ((q & 15) | ((fifth & 1) << 4)) - minLow;
        out[to + 32 + i] = scaleHigh * ((q >> 4) | ((fifth & 2) << 3)) - minHigh;
      }
    }
  }
}

/**
 * 128 bytes of low nibbles, 64 bytes of upper bit pairs, 16 signed scales, d. Each half of the block takes half of each: nibble
 * byte i has value i low and value 64 + i high (i < 64), and pair byte i has the upper bits of values i, 32 + i, 64 + i, 96 + i,
 * lowest first (i < 32).
 */
function readQ6_K(raw: Uint8Array, out: Float32Array): void {
  const half = halfTable();
  for (let at = 0, o = 0; o < out.length; at += 210, o += 256) {
    const d = half[raw[at + 208]! | (raw[at + 209]! << 8)]!;
    // 16 values at a time, the length of a part: of each quarter of this half of the block one part.
    for (let group = 0; group < 4; group++) {
      const [side, part] = [group >> 1, group & 1];
      const nibbles = at + 64 * side + 16 * part;
      const pairs = at + 128 + 32 * side + 16 * part;
      const scales = at + 192 + 8 * side + part;
      const to = o + 128 * side + 16 * part;
      const first = d * signed(raw[scales]!);
      const second = d * signed(raw[scales + 2]!);
      const third = d * signed(raw[scales + 4]!);
      const fourth = d * signed(raw[scales + 6]!);
      for (let i = 0; i < 16; i++) {
        const a = raw[nibbles + i]!;
        const b = raw[nibbles + 32 + i]!;
        const upper = raw[pairs + i]!;
        out[to + i] = first * (((a & 15) | ((upper & 3) << 4)) - 32);
        out[to + 32 + i] = second * (((b & 15) | ((upper & 12) << 2)) - 32);
        out[to + 64 + i] = third * (((a >> 4) | (upper & 48)) - 32);
        out[to + 96 + i] = fourth * (((b >> 4) | ((upper & 192) >> 2)) - 32);
      }
    }
  }
}

/** The 6-bit scale of part 0-7 out of the 12 bytes at `at`: bytes 0-3 for the first four; bytes 8-11's low nibbles under bytes 0-3's top bits. */
function scaleOf(raw: Uint8Array, at: number, part: number): number {
  return part < 4 ? raw[at + part]! & 63 : (raw[at + part + 4]! & 15) | ((raw[at + part - 4]! >> 6) << 4);
}

/** The 6-bit minimum of part 0-7, likewise: bytes 4-7; bytes 8-11's high nibbles under bytes 4-7's top bits. */
function minimumOf(raw: Uint8Array, at: number, part: number): number {
  return part < 4 ? raw[at + part + 4]! & 63 : (raw[at + part + 4]! >> 4) | ((raw[at + part]! >> 6) << 4);
}

function signed(byte: number): number {
  return (byte << 24) >> 24;
}
