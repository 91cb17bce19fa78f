// From float32 to blocks of 8 bits, for tensors whose own type has no exact form: the error that this makes is returned with it.

import { TruelineError } from "../../core/errors.ts";
import { BLOCK, type QuantisedWeight } from "./quantised-weight.ts";

export type Quantised = {
  readonly weight: QuantisedWeight;
  /** |W' - W| / |W| over the whole matrix (root of the sums of squares): what a report says of it. 0 for a matrix of zeros. */
  readonly relativeError: number;
};

/**
 * The scale of a block is its largest magnitude / 127 (that of ggml's Q8_0, but kept in float32), the whole number the nearest one.
 * @param values W [out, in], all finite
 * @throws TruelineError: `TENSOR_SIZE` (the values don't fill the shape, or rows are no whole blocks), `TENSOR_VALUE` (not finite)
 */
export function quantiseRows(
  values: Float32Array,
  shape: readonly [out: number, columns: number],
): Quantised {
  const [rows, columns] = shape;
  if (columns % BLOCK !== 0 || values.length !== rows * columns)
    throw new TruelineError(
      "TENSOR_SIZE",
      `${values.length} values don't fill a matrix of [${shape}] in blocks of ${BLOCK}`,
    );
  const packed = new Uint8Array(values.length);
  const scales = new Float32Array(values.length / BLOCK);
  let [wrong, all] = [0, 0];
  for (let b = 0; b < scales.length; b++) {
    const block = values.subarray(b * BLOCK, (b + 1) * BLOCK);
    const largest = block.reduce((most, x) => Math.max(most, Math.abs(x)), 0);
    if (!Number.isFinite(largest))
      throw new TruelineError("TENSOR_VALUE", `block ${b} holds a value that is not finite`);
    scales[b] = largest / 127;
    const scale = scales[b]!;
    block.forEach((x, i) => {
      const q = scale === 0 ? 0 : Math.max(-127, Math.min(127, Math.round(x / scale)));
      packed[b * BLOCK + i] = q + 128;
      wrong += (scale * q - x) ** 2;
      all += x ** 2;
    });
  }
  return {
    weight: { shape, bits: 8, packed, scales },
    relativeError: all === 0 ? 0 : Math.sqrt(wrong / all),
  };
}
