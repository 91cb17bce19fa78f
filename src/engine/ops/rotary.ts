// Rotary positions in the half-split pairing of the Llama family: dimension i turns with i + d/2 (Su et al. 2021).

import type { GraphBuilder, Value } from "../graph/graph.ts";

export type RotaryInputs = {
  /** [rows, width]: a row of the tables for each token. */
  readonly positions: Value;
  /** [places, d / 2] */
  readonly cos: Value;
  readonly sin: Value;
};

/** x [rows, width, heads * d] -> every head turned by its token's position. One fused kernel. */
export function rotate(
  g: GraphBuilder,
  x: Value,
  { positions, cos, sin }: RotaryInputs,
  heads: number,
): Value {
  return g.node(
    "RotaryEmbedding",
    [x, positions, cos, sin],
    [x.shape],
    { interleaved: 0, num_heads: heads },
    { domain: "com.microsoft" },
  )[0]!;
}

export type RotaryTables = {
  readonly places: number;
  readonly cos: Float32Array;
  readonly sin: Float32Array;
};

/** Cosines and sines of places 0 to `places` - 1, [places, d / 2]: angle = place * base^(-2i/d), worked out in float64. */
export function rotaryTables(places: number, d: number, base: number): RotaryTables {
  const half = d / 2;
  const cos = new Float32Array(places * half);
  const sin = new Float32Array(places * half);
  const frequency = Float64Array.from({ length: half }, (_, i) => base ** ((-2 * i) / d));
  for (let p = 0; p < places; p++) {
    for (let i = 0; i < half; i++) {
      const angle = p * frequency[i]!;
      cos[p * half + i] = Math.cos(angle);
      sin[p * half + i] = Math.sin(angle);
    }
  }
  return { places, cos, sin };
}
