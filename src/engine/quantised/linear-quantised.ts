// The product with a quantised weight: the weights stay exact, what is rounded is named by `activations`.

import { TruelineError } from "../../core/errors.ts";
import type { GraphBuilder, Value } from "../graph/graph.ts";
import { BLOCK } from "./quantised-weight.ts";

/** A `QuantisedWeight` inside a graph. `packed` is a weight of uint8, [out, in/32, 4 bits]. */
export type QuantisedValue = {
  readonly shape: readonly [out: number, columns: number];
  readonly bits: 4 | 8;
  readonly packed: Value;
  /** [out, in/32] */
  readonly scales: Value;
  /** [in/32, out] */
  readonly offsets?: Value;
};

/**
 * `float32`: x as it is; equal to the float32 product up to rounding (about 5e-7). `int8`: x rounded to 8 bits in blocks of 32, as
 * llama.cpp does; off by about 6e-3 of the result, faster. At 8 bits only `int8` has a fast kernel.
 */
export type Activations = "float32" | "int8";

/** `accuracy_level` of MatMulNBits. */
const ACCURACY: Readonly<Record<Activations, number>> = { float32: 1, int8: 4 };

/**
 * x W^T: x [n, in] -> [n, out]. The offsets are one number for 32 weights, so their part is a small product of its own with the sums
 * of x's blocks (`blockSums`, shared by all products of the same x), in float32.
 */
export function linearQuantised(
  g: GraphBuilder,
  x: Value,
  weight: QuantisedValue,
  activations: Activations,
  sums?: Value,
): Value {
  const [out, columns] = weight.shape;
  if (x.shape.length !== 2 || x.shape[1] !== columns || columns % BLOCK !== 0)
    throw new TruelineError("GRAPH_SHAPE", `linearQuantised: [${x.shape}] with weight [${weight.shape}]`);
  const shape = [x.shape[0]!, out];
  const product = g.node(
    "MatMulNBits",
    [x, weight.packed, weight.scales],
    [shape],
    { K: columns, N: out, bits: weight.bits, block_size: BLOCK, accuracy_level: ACCURACY[activations] },
    { domain: "com.microsoft" },
  )[0]!;
  if (!weight.offsets) return product;
  return g.node("Gemm", [sums ?? blockSums(g, x), weight.offsets, product], [shape])[0]!;
}

/** x [n, in] -> [n, in/32]: the sum of each block. */
export function blockSums(g: GraphBuilder, x: Value): Value {
  const blocks = Number(x.shape[1]) / BLOCK;
  const inBlocks = g.node(
    "Reshape",
    [x, g.literal("int64", [3], [-1, blocks, BLOCK])],
    [[x.shape[0]!, blocks, BLOCK]],
  )[0]!;
  return g.node("ReduceSum", [inBlocks, g.literal("int64", [1], [2])], [[x.shape[0]!, blocks]], {
    keepdims: 0,
  })[0]!;
}
