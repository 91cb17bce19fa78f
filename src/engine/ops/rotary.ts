// Rotary positions in the half-split pairing of the Llama family: dimension i turns with i + d/2 (Su et al. 2021).

import type { GraphBuilder, Value } from "../graph/graph.ts";
import { add, mul, neg } from "./elementwise.ts";
import { concatLast, splitLast } from "./shape.ts";

/** x [rows, width, heads, d], cos and sin [rows, width, 1, d] (each half repeated) -> x turned by its position. */
export function rotate(g: GraphBuilder, x: Value, cos: Value, sin: Value): Value {
  const d = x.shape.at(-1) as number;
  const [first, second] = splitLast(g, x, [d / 2, d / 2]) as [Value, Value];
  const turned = concatLast(g, [neg(g, second), first], d);
  return add(g, mul(g, x, cos), mul(g, turned, sin));
}

/** Cosines and sines of the given positions, [positions.length, d]: angle = position * base^(-2i/d), worked out in float64. */
export function rotaryTables(
  positions: ArrayLike<number>,
  d: number,
  base: number,
): { cos: Float32Array; sin: Float32Array } {
  const half = d / 2;
  const cos = new Float32Array(positions.length * d);
  const sin = new Float32Array(positions.length * d);
  const frequency = Float64Array.from({ length: half }, (_, i) => base ** ((-2 * i) / d));
  for (let p = 0; p < positions.length; p++) {
    for (let i = 0; i < half; i++) {
      const angle = positions[p]! * frequency[i]!;
      const at = p * d + i;
      cos[at] = cos[at + half] = Math.cos(angle);
      sin[at] = sin[at + half] = Math.sin(angle);
    }
  }
  return { cos, sin };
}
