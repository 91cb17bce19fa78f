// Rotary positions (Su et al. 2021): dimension i of a head turns with i + d/2, or 2i with 2i + 1.

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
  pairing: "halves" | "neighbours" = "halves",
): Value {
  return g.node(
    "RotaryEmbedding",
    [x, positions, cos, sin],
    [x.shape],
    { interleaved: pairing === "neighbours" ? 1 : 0, num_heads: heads },
    { domain: "com.microsoft" },
  )[0]!;
}

export type RotaryTables = {
  readonly places: number;
  readonly cos: Float32Array;
  readonly sin: Float32Array;
};

/**
 * Cosines and sines of places 0 to `places` - 1, [places, d / 2]: angle = place * base^(-2i/d) / divisor_i, worked out in float64.
 * @param frequencies `divisors` [d / 2] where frequencies are scaled
 */
export function rotaryTables(
  places: number,
  d: number,
  frequencies: { readonly base: number; readonly divisors?: readonly number[] },
): RotaryTables {
  const { base, divisors } = frequencies;
  const half = d / 2;
  const cos = new Float32Array(places * half);
  const sin = new Float32Array(places * half);
  const frequency = Float64Array.from(
    { length: half },
    (_, i) => base ** ((-2 * i) / d) / (divisors?.[i] ?? 1),
  );
  for (let p = 0; p < places; p++) {
    for (let i = 0; i < half; i++) {
      const angle = p * frequency[i]!;
      cos[p * half + i] = Math.cos(angle);
      sin[p * half + i] = Math.sin(angle);
    }
  }
  return { places, cos, sin };
}
