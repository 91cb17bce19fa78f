// Draws that the planted worlds are made of: normal, uniform between two ends, even in ratio, and Student's t.

import type { Rng } from "../../stats/rng.ts";

export function normal(rng: Rng): number {
  return Math.sqrt(-2 * Math.log(1 - rng.uniform())) * Math.cos(2 * Math.PI * rng.uniform());
}

export function between(rng: Rng, low: number, high: number): number {
  return low + (high - low) * rng.uniform();
}

/** Even in its logarithm: as many between 1 and 2 as between 2 and 4. */
export function evenInRatio(rng: Rng, low: number, high: number): number {
  return low * (high / low) ** rng.uniform();
}

/** Student's t with `df` degrees of freedom, a whole number. */
export function studentT(rng: Rng, df: number): number {
  const top = normal(rng);
  let chi = 0;
  for (let i = 0; i < df; i++) chi += normal(rng) ** 2;
  return top / Math.sqrt(chi / df);
}
