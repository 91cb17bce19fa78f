// From a GGUF's own blocks to the layout of MatMulNBits, without another rounding of the weights: Q4_0, Q4_1, Q8_0.

import { TruelineError } from "../../core/errors.ts";
import { halfTable } from "../weights/half.ts";
import { BLOCK, type QuantisedWeight } from "./quantised-weight.ts";

type Layout = {
  readonly bits: 4 | 8;
  /** Bytes of a block; its whole numbers are the last 4 x bits of them. */
  readonly bytes: number;
  readonly hasMinimum: boolean;
};

/** ggml's block_q4_0 and so on: the scale d, in Q4_1 the minimum m, then the whole numbers. */
const LAYOUTS: Readonly<Record<string, Layout>> = {
  Q4_0: { bits: 4, bytes: 18, hasMinimum: false },
  Q4_1: { bits: 4, bytes: 20, hasMinimum: true },
  Q8_0: { bits: 8, bytes: 34, hasMinimum: false },
};

/** Can tensors of this type be taken as they are? The others go through `quantiseRows`, with an error, or stay float32. */
export function isPackable(type: string): boolean {
  return Object.hasOwn(LAYOUTS, type);
}

export type Packed = {
  readonly weight: QuantisedWeight;
  /** Blocks whose offset is not exact in float32: off by at most 2^-24 of itself. In files that ggml made, none are to be expected. */
  readonly roundedBlocks: number;
};

/**
 * Q4_0 is d (q - 8) and Q8_0 is d q with -128 <= q < 128: the layout's own form, exact. Q4_1 is d q + m = d (q - 8) + (m + 8 d): the
 * offset is the sum of two halves, and float32 holds it unless their exponents are far apart. MatMulNBits could take -m/d as a zero
 * point, but with one that is no whole number it unpacks the matrix on every call, 20 times slower, and a rounded one moves the
 * weights by 9 %.
 * @param type ggml's name
 * @param raw the tensor's bytes, row after row
 * @throws TruelineError: `TENSOR_TYPE`, `TENSOR_SIZE` (the bytes don't fill the shape), `TENSOR_VALUE` (a scale or minimum is not finite)
 */
export function packBlocks(
  type: string,
  raw: Uint8Array,
  shape: readonly [out: number, columns: number],
): Packed {
  const layout = isPackable(type) ? LAYOUTS[type] : undefined;
  if (!layout) {
    throw new TruelineError("TENSOR_TYPE", `${type} has no exact form in blocks of 4 or 8 bits here`, {
      hint: `Types that have one: ${Object.keys(LAYOUTS).join(", ")}.`,
    });
  }
  const { bits, bytes, hasMinimum } = layout;
  const [rows, columns] = shape;
  const perRow = columns / BLOCK;
  const count = rows * perRow;
  if (!Number.isInteger(perRow) || raw.length !== count * bytes) {
    throw new TruelineError(
      "TENSOR_SIZE",
      `${type}: ${raw.length} bytes don't hold a matrix of [${shape}] in blocks of ${BLOCK} values and ${bytes} bytes`,
    );
  }
  const half = halfTable();
  const finite = (at: number) => {
    const value = half[raw[at]! | (raw[at + 1]! << 8)]!;
    if (Number.isFinite(value)) return value;
    throw new TruelineError(
      "TENSOR_VALUE",
      `${type}: block ${Math.floor(at / bytes)} has the scale ${value}`,
    );
  };
  const packed = new Uint8Array(count * 4 * bits);
  const scales = new Float32Array(count);
  const offsets = hasMinimum ? new Float32Array(count) : undefined;
  let roundedBlocks = 0;
  for (let b = 0; b < count; b++) {
    const at = b * bytes;
    const d = finite(at);
    scales[b] = d;
    if (offsets) {
      // Both are multiples of 2^-24 below 2^20: a double holds the sum exactly.
      const offset = finite(at + 2) + 8 * d;
      const place = (b % perRow) * rows + Math.floor(b / perRow);
      offsets[place] = offset;
      if (offsets[place] !== offset) roundedBlocks++;
    }
    const from = at + bytes - 4 * bits;
    if (bits === 8) for (let i = 0; i < 32; i++) packed[b * 32 + i] = raw[from + i]! ^ 0x80;
    else interleave(raw, from, packed, b * 16);
  }
  return { weight: { shape, bits, packed, scales, ...(offsets ? { offsets } : {}) }, roundedBlocks };
}

/** ggml has value i in byte i's low half and value 16 + i in its high one; here byte i has values 2i and 2i + 1. */
function interleave(raw: Uint8Array, from: number, packed: Uint8Array, to: number): void {
  for (let i = 0; i < 8; i++) {
    const [even, odd] = [raw[from + 2 * i]!, raw[from + 2 * i + 1]!];
    packed[to + i] = (even & 15) | ((odd & 15) << 4);
    packed[to + 8 + i] = (even >> 4) | (odd & 0xf0);
  }
}
