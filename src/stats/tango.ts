// Tango's score interval for a difference of paired proportions, by root finding on the constrained likelihood.

import { bisect } from "./bisect.ts";

/** Discordant counts and the number of pairs; none need be whole (a design effect may have divided them). */
export type PairCounts = { readonly up: number; readonly down: number; readonly n: number };

/**
 * Both ends of {delta : |T(delta)| <= z}. `up` counts pairs (treatment 1, control 0), `down` the reverse.
 * Source: Tango (1998), Stat. Med. 17:891-908: with q the likelihood's maximiser of P(down) under
 * P(up) - P(down) = delta, T(delta) = (up - down - n delta) / sqrt(n (2 q + delta (1 - delta))).
 * T falls from above z to below -z over [-1, 1], or meets the end of the scale first.
 */
export function tangoEnds(counts: PairCounts, z: number): readonly [low: number, high: number] {
  const point = (counts.up - counts.down) / counts.n;
  const low = bisect((delta) => scoreOf(counts, delta) - z, -1, point);
  const high = bisect((delta) => scoreOf(counts, delta) + z, point, 1);
  return [low, high];
}

/** Tango's statistic: standard normal, in large samples, when the true difference is delta. */
function scoreOf({ up, down, n }: PairCounts, delta: number): number {
  const numerator = up - down - n * delta;
  if (numerator === 0) return 0;
  const q = constrainedDown({ up, down, n }, delta);
  const variance = n * (2 * q + delta * (1 - delta));
  return variance > 0 ? numerator / Math.sqrt(variance) : numerator * Number.POSITIVE_INFINITY;
}

/**
 * The larger root of 2n q^2 + (-up - down + (2n - up + down) delta) q - down delta (1 - delta) = 0, inside its
 * bounds.
 */
function constrainedDown({ up, down, n }: PairCounts, delta: number): number {
  const a = 2 * n;
  const b = -up - down + (2 * n - up + down) * delta;
  const c = -down * delta * (1 - delta);
  const root = Math.sqrt(Math.max(0, b * b - 4 * a * c));
  const q = b > 0 ? (-2 * c) / (b + root) : (root - b) / (2 * a);
  return Math.min(Math.max(q, 0, -delta), (1 - delta) / 2);
}
