// An interval for the mean of bounded values that is valid at every n, whatever the distribution: the fallback where
// asymptotic intervals may not be trusted. It is order-free and never of width 0.

import { bisect } from "./bisect.ts";
import type { Range } from "./counts.ts";

/** One independent unit: the mean of its values, and how many they are. */
export type WeightedMean = { readonly mean: number; readonly size: number };

/**
 * Both ends for the mean over all values, at confidence `level`, each end at half of 1 - level.
 *
 * For a candidate mean m and a bet c in [0, 1], the product over units of 1 + c (size / largest size) (mean -
 * m) / (m - min) has expectation at most 1 when the true mean is at most m; so has its average over fixed bets,
 * and by Markov's inequality it exceeds 2 / (1 - level) with probability at most half of 1 - level. The lower
 * end is the largest m so refuted, the upper end its mirror image. Sources: Waudby-Smith and Ramdas (2024), J.
 * R. Stat. Soc. B 86:1-27 (betting); Orabona and Jun (2024), IEEE Trans. Inf. Theory 70:436-455 (averaging over
 * constant bets). Deviations: the bets are a fixed grid, so that the order of the units does not matter; sizes
 * are taken as given; units need not be alike (by Jensen's inequality the bound holds for the size-weighted
 * average of their means).
 */
export function boundedMeanEnds(
  units: readonly WeightedMean[],
  [min, max]: Range,
  level: number,
): readonly [low: number, high: number] {
  const span = max - min;
  const scaled = units.map(({ mean, size }) => ({ mean: (mean - min) / span, size }));
  const mirrored = scaled.map(({ mean, size }) => ({ mean: 1 - mean, size }));
  return [min + span * lowerEnd(scaled, level), max - span * lowerEnd(mirrored, level)];
}

/** On the unit scale. */
function lowerEnd(units: readonly WeightedMean[], level: number): number {
  const largest = units.reduce((most, unit) => Math.max(most, unit.size), 0);
  const total = units.reduce((sum, unit) => sum + unit.size, 0);
  const point = units.reduce((sum, unit) => sum + unit.mean * unit.size, 0) / total;
  if (point === 0) return 0;
  const needed = Math.log(2 / (1 - level));
  // Towards m = 0 the wealth grows without bound, so the bracket may begin just above it.
  return bisect((m) => logWealth(units, largest, m) - needed, point * 1e-12, point);
}

/** log of the average, over the bets, of the wealth that betting on "the mean is above m" has come to; falls in m. */
function logWealth(units: readonly WeightedMean[], largest: number, m: number): number {
  const logs = bets.map((bet) => {
    let log = -Math.log(bets.length);
    for (const { mean, size } of units) log += Math.log1p(bet * (size / largest) * ((mean - m) / m));
    return log;
  });
  const top = Math.max(...logs);
  if (!Number.isFinite(top)) return top;
  return top + Math.log(logs.reduce((sum, log) => sum + Math.exp(log - top), 0));
}

/** Denser towards 0, where the bets that suit a large n lie, and with 1, which suits values that hardly vary. */
const bets: readonly number[] = Array.from({ length: 16 }, (_, i) => ((i + 1) / 16) ** 2);
