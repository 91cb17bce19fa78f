// Ops that move values and compute nothing: reshape, transpose, split, concat, gather of rows.

import { TruelineError } from "../../core/errors.ts";
import type { Dim, GraphBuilder, Value } from "../graph/graph.ts";

/** Same values in another shape. `target` is an int64 tensor of the new lengths (-1 once, 0 = keep), `shape` what it means. */
export function reshape(g: GraphBuilder, x: Value, target: Value, shape: readonly Dim[]): Value {
  return g.node("Reshape", [x, target], [shape], {}, { type: x.type })[0]!;
}

/** Reorders the axes: axis i of the result is axis order[i] of x. */
export function transpose(g: GraphBuilder, x: Value, order: readonly number[]): Value {
  if (order.length !== x.shape.length)
    throw new TruelineError("GRAPH_SHAPE", `transpose: order ${order} for shape [${x.shape}]`);
  return g.node("Transpose", [x], [order.map((i) => x.shape[i]!)], { perm: order }, { type: x.type })[0]!;
}

/** Cuts the last axis into parts of the given lengths. */
export function splitLast(g: GraphBuilder, x: Value, lengths: readonly number[]): readonly Value[] {
  const last = x.shape.at(-1);
  if (last !== lengths.reduce((a, b) => a + b, 0)) {
    throw new TruelineError(
      "GRAPH_SHAPE",
      `split: parts ${lengths} don't fill the last axis of [${x.shape}]`,
    );
  }
  const sizes = g.literal("int64", [lengths.length], lengths);
  return g.node(
    "Split",
    [x, sizes],
    lengths.map((n) => [...x.shape.slice(0, -1), n]),
    { axis: x.shape.length - 1 },
  );
}

/** Puts values side by side along the last axis, which gets the name or length `last`. */
export function concatLast(g: GraphBuilder, parts: readonly Value[], last: Dim): Value {
  const head = parts[0]!.shape.slice(0, -1);
  return g.node("Concat", parts, [[...head, last]], { axis: head.length })[0]!;
}

/** Rows `index` of a matrix: x [n, d], index [m] -> [m, d]. */
export function gatherRows(g: GraphBuilder, x: Value, index: Value): Value {
  return g.node("Gather", [x, index], [[...index.shape, ...x.shape.slice(1)]], { axis: 0 })[0]!;
}

/** The part [start, end) of the last axis, by two int64 scalars of shape [1]. */
export function sliceLast(g: GraphBuilder, x: Value, start: Value, end: Value, last: Dim): Value {
  const axis = g.literal("int64", [1], [x.shape.length - 1]);
  return g.node("Slice", [x, start, end, axis], [[...x.shape.slice(0, -1), last]])[0]!;
}
