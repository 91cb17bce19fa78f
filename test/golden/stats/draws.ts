// Seeded draws from the distributions that the coverage study samples: normal, Beta, binomial, and yes/no within
// clusters.

import type { Rng } from "../../../src/stats/index.ts";

/** Standard normal (Box and Muller). */
export function normal(rng: Rng): number {
  return Math.sqrt(-2 * Math.log(1 - rng.uniform())) * Math.cos(2 * Math.PI * rng.uniform());
}

/** Beta(a, b) as a share of two gammas. */
export function beta(rng: Rng, a: number, b: number): number {
  const first = gamma(rng, a);
  return first / (first + gamma(rng, b));
}

/** Shares of several gammas: Dirichlet. */
export function dirichlet(rng: Rng, weights: readonly number[]): readonly number[] {
  const draws = weights.map((weight) => gamma(rng, weight));
  const total = draws.reduce((sum, draw) => sum + draw, 0);
  return draws.map((draw) => draw / total);
}

export function binomial(rng: Rng, n: number, p: number): number {
  let count = 0;
  for (let i = 0; i < n; i++) if (rng.uniform() < p) count++;
  return count;
}

export function yes(rng: Rng, p: number): 0 | 1 {
  return rng.uniform() < p ? 1 : 0;
}

/** A list of n draws. */
export function times<T>(n: number, draw: (i: number) => T): T[] {
  return Array.from({ length: n }, (_, i) => draw(i));
}

/** Gamma(shape, 1) (Marsaglia and Tsang). */
function gamma(rng: Rng, shape: number): number {
  if (shape < 1) return gamma(rng, shape + 1) * (1 - rng.uniform()) ** (1 / shape);
  const d = shape - 1 / 3;
  const c = 1 / Math.sqrt(9 * d);
  for (;;) {
    const x = normal(rng);
    const v = (1 + c * x) ** 3;
    if (v > 0 && Math.log(1 - rng.uniform()) < 0.5 * x * x + d - d * v + d * Math.log(v)) return d * v;
  }
}
