// How a graph multiplies with a stored matrix: in float32, or in another way that whoever builds it chooses.

import type { GraphBuilder, Value } from "../graph/graph.ts";
import { linear } from "../ops/matmul.ts";

/** x [n, in] times the weight NAME [out, in], transposed, plus a bias [out] -> [n, out]. */
export type Product = (
  g: GraphBuilder,
  x: Value,
  name: string,
  shape: readonly [out: number, columns: number],
  bias?: Value,
) => Value;

/** In float32: what everything that is analysed is computed with. */
export const plainProduct: Product = (g, x, name, shape, bias) => linear(g, x, g.weight(name, shape), bias);
