// Elementwise ops, with NumPy broadcasting over equal or unit axes.

import { TruelineError } from "../../core/errors.ts";
import type { Dim, GraphBuilder, Value } from "../graph/graph.ts";

/** a + b */
export function add(g: GraphBuilder, a: Value, b: Value): Value {
  return g.node("Add", [a, b], [broadcast("add", a, b)])[0]!;
}

/** a * b */
export function mul(g: GraphBuilder, a: Value, b: Value): Value {
  return g.node("Mul", [a, b], [broadcast("mul", a, b)])[0]!;
}

/** a - b */
export function sub(g: GraphBuilder, a: Value, b: Value): Value {
  return g.node("Sub", [a, b], [broadcast("sub", a, b)])[0]!;
}

/** a / b */
export function div(g: GraphBuilder, a: Value, b: Value): Value {
  return g.node("Div", [a, b], [broadcast("div", a, b)])[0]!;
}

/** -a */
export function neg(g: GraphBuilder, a: Value): Value {
  return g.node("Neg", [a], [a.shape])[0]!;
}

/** x * sigmoid(x), also called swish. */
export function silu(g: GraphBuilder, x: Value): Value {
  return mul(g, x, g.node("Sigmoid", [x], [x.shape])[0]!);
}

function broadcast(op: string, a: Value, b: Value): readonly Dim[] {
  const rank = Math.max(a.shape.length, b.shape.length);
  return Array.from({ length: rank }, (_, i) => {
    const x = a.shape[a.shape.length - rank + i] ?? 1;
    const y = b.shape[b.shape.length - rank + i] ?? 1;
    if (x === y || y === 1) return x;
    if (x === 1) return y;
    throw new TruelineError("GRAPH_SHAPE", `${op}: shapes [${a.shape}] and [${b.shape}] don't broadcast`);
  });
}
