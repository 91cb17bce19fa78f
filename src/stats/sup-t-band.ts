// A band that holds the whole curve at once: every point's interval widened by one factor, found by the bootstrap over clusters.

import { quantileOf } from "./bootstrap.ts";
import { defaultLevel } from "./critical-value.ts";
import { clusterSums, meanCurve, resampled, standardErrors, type UnitCurves } from "./curve-resamples.ts";
import { noEstimate, type Rate } from "./estimate.ts";
import { intervalOf } from "./interval.ts";
import type { Rng } from "./rng.ts";

/** The fewest clusters for which the simulated coverage of band and peak set is what they claim (docs/stats.md). */
export const leastForCurves = 30;

const RESAMPLES = 2000;

/**
 * The mean curve with simultaneous intervals: mean +- c * standard error, c the quantile of max over points of |t| in resamples of whole
 * clusters, each studentised by its own standard error (the sup-t band of Montiel Olea and Plagborg-Moller (2019), J. Appl. Econom.
 * 34:1-17, with a bootstrap-t). A point at which nothing varies between clusters keeps width 0 out of the band: it has no interval.
 * One reason instead of a curve where there are fewer than `leastForCurves` clusters.
 */
export function supTBand(
  units: UnitCurves,
  { rng, level = defaultLevel }: { readonly rng: Rng; readonly level?: number },
): readonly Rate[] {
  const of = clusterSums(units);
  const n = of.sums.length;
  const points = of.sums[0]!.length;
  if (n < leastForCurves) {
    const because = `a curve needs at least ${leastForCurves} independent prompts to have a band`;
    return Array.from({ length: points }, () => noEstimate(because, n));
  }
  const mean = meanCurve(of);
  const errors = standardErrors(of, mean);
  const scale = Math.max(...mean.map(Math.abs), ...errors);
  const varies = errors.map((error) => (error > 1e-12 * scale ? 1 : 0));
  const largest: number[] = [];
  for (const { off, errors: own } of resampled(of, rng, RESAMPLES)) {
    let most = 0;
    for (let p = 0; p < points; p++) {
      // A resample of equal clusters has no error of its own; it says nothing of how far off a mean can be.
      if (varies[p] && own[p]! > 1e-9 * errors[p]!) most = Math.max(most, Math.abs(off[p]!) / own[p]!);
    }
    largest.push(most);
  }
  largest.sort((a, b) => a - b);
  const factor = quantileOf(largest, level);
  return Array.from(mean, (point, p) =>
    varies[p]
      ? {
          kind: "rate",
          point,
          interval: intervalOf(point - factor * errors[p]!, point + factor * errors[p]!, level),
          n,
          observations: units.curves.length,
          method: `simultaneous (sup-t) band, bootstrap-t over prompts, ${RESAMPLES} resamples`,
        }
      : noEstimate("nothing varies between prompts at this point", n),
  );
}
