// A weight matrix in whole numbers with a scale for each 32 of them, as ONNX Runtime's MatMulNBits multiplies it, and its values back.

/** Values that share one scale; they lie along a row. */
export const BLOCK = 32;

/**
 * W [out, in], `in` a multiple of 32. With b the block of column i: W[n, i] = scales[n, b] (q[n, i] - middle) + offsets[b, n],
 * where the middle is 2^(bits-1).
 */
export type QuantisedWeight = {
  readonly shape: readonly [out: number, columns: number];
  readonly bits: 4 | 8;
  /** [out, in/32, 4 bits]: the q's in order; at 4 bits, two a byte, the even column in the low half. */
  readonly packed: Uint8Array;
  /** [out, in/32] */
  readonly scales: Float32Array;
  /** [in/32, out]: the other way round than the scales, because it multiplies the sums of x's blocks. Absent: all 0. */
  readonly offsets?: Float32Array;
};

/** The matrix as float32, [out, in]: worked out in float64 and rounded once. */
export function valuesOf({ shape, bits, packed, scales, offsets }: QuantisedWeight): Float32Array {
  const [rows, columns] = shape;
  const blocks = columns / BLOCK;
  const out = new Float32Array(rows * columns);
  for (let at = 0; at < out.length; at++) {
    const row = Math.floor(at / columns);
    const block = Math.floor((at % columns) / BLOCK);
    const q = bits === 8 ? packed[at]! : (packed[at >> 1]! >> (4 * (at & 1))) & 15;
    const scaled = scales[row * blocks + block]! * (q - 2 ** (bits - 1));
    out[at] = offsets ? scaled + offsets[block * rows + row]! : scaled;
  }
  return out;
}
