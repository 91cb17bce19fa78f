// Products: a matrix with a stored weight, and batched products of activations.

import { TruelineError } from "../../core/errors.ts";
import type { Dim, GraphBuilder, Value } from "../graph/graph.ts";

/** x W^T + b: x [n, in], weight [out, in] as checkpoints store it -> [n, out]. Gemm with transB is ONNX Runtime's fastest form of it. */
export function linear(g: GraphBuilder, x: Value, weight: Value, bias?: Value): Value {
  if (x.shape.length !== 2 || weight.shape.length !== 2 || x.shape[1] !== weight.shape[1]) {
    throw new TruelineError("GRAPH_SHAPE", `linear: [${x.shape}] with weight [${weight.shape}]`);
  }
  return g.node("Gemm", bias ? [x, weight, bias] : [x, weight], [[x.shape[0]!, weight.shape[0]!]], {
    transB: 1,
  })[0]!;
}

/** Batched a b over the last two axes; leading axes broadcast, `lead` names those of the result. */
export function matmul(g: GraphBuilder, a: Value, b: Value, lead: readonly Dim[]): Value {
  return g.node("MatMul", [a, b], [[...lead, a.shape.at(-2)!, b.shape.at(-1)!]])[0]!;
}

/** Batched scale * a bᵀ over the last two axes: b stands as [..., columns, inner]. */
export function matmulTransposed(
  g: GraphBuilder,
  a: Value,
  b: Value,
  lead: readonly Dim[],
  scale: number,
): Value {
  const shape = [...lead, a.shape.at(-2)!, b.shape.at(-2)!];
  return g.node(
    "FusedMatMul",
    [a, b],
    [shape],
    { transA: 0, transB: 1, alpha: { float: scale } },
    { domain: "com.microsoft" },
  )[0]!;
}
