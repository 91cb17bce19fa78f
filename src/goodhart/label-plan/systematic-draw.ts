// A draw of a fixed number of things, each with a probability of its own that is exact.

import type { Rng } from "../../stats/rng.ts";

/**
 * Which are drawn, in their order. Systematic: all are laid end to end in the given order, each as long as its probability, and a comb with teeth one
 * apart and a random start picks those it touches (Madow 1949, Ann. Math. Stat. 20:333-354). Each is picked with exactly its probability, and neighbours share
 * the draws evenly.
 * @param order all indices, in the order in which they lie
 */
export function systematicDraw(
  probabilities: readonly number[],
  order: readonly number[],
  rng: Rng,
): readonly boolean[] {
  const drawn = probabilities.map(() => false);
  let at = rng.uniform();
  for (const i of order) {
    const next = at + probabilities[i]!;
    drawn[i] = Math.floor(next) > Math.floor(at);
    at = next;
  }
  return drawn;
}
