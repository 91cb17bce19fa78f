// A band that holds the whole curve at once: every point's interval widened by one factor, found by the bootstrap over clusters.

import { boundedMeanEnds } from "./bounded-mean.ts";
import type { Range } from "./counts.ts";
import { differing, leastDiffering } from "./differing.ts";
import { quantileOf } from "./bootstrap.ts";
import { defaultLevel } from "./critical-value.ts";
import { clusterSums, meanCurve, resampled, standardErrors, type UnitCurves } from "./curve-resamples.ts";
import { noEstimate, type Rate } from "./estimate.ts";
import { intervalOf } from "./interval.ts";
import type { Rng } from "./rng.ts";

/** The fewest clusters for which the simulated coverage of band and peak set is what they claim (docs/stats.md). */
export const leastForCurves = 30;

const RESAMPLES = 2000;

export type BandOptions = {
  readonly rng: Rng;
  readonly level?: number;
  /** What a value can be. With it a point at which hardly any cluster differs gets a bound, and no interval leaves it. */
  readonly range?: Range;
};

/**
 * The mean curve with simultaneous intervals: mean +- c * standard error, c the quantile of max over points of |t| in resamples of whole
 * clusters, each studentised by its own standard error (the sup-t band of Montiel Olea and Plagborg-Moller (2019), J. Appl. Econom.
 * 34:1-17, with a bootstrap-t). A point at which nothing varies between clusters keeps width 0 out of the band: it has no interval.
 * Where fewer than ten clusters differ from the commonest value (rare failures), resamples that miss them would have next to no error and |t| no end: with a
 * `range` such points get betting bounds (`boundedMeanEnds`), the error split evenly between them and the rest; without, none.
 * One reason instead of a curve where there are fewer than `leastForCurves` clusters.
 */
export function supTBand(
  units: UnitCurves,
  { rng, level = defaultLevel, range }: BandOptions,
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
  const means = (p: number) => of.sums.map((sum, c) => sum[p]! / of.sizes[c]!);
  const varies = Array.from(
    errors,
    (error, p) => error > 1e-12 * scale && differing(means(p), 1e-9 * scale) >= leastDiffering,
  );
  const rare = varies.filter((does) => !does).length;
  const open = range !== undefined && range[1] > range[0];
  // Without a range nothing is said of the rare points, so that the others may have the whole error.
  const share = rare === 0 || !open ? 1 - level : (1 - level) / (rare === points ? 1 : 2);
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
  const factor = quantileOf(largest, rare === points ? level : 1 - share);
  const within = (x: number) => (range === undefined ? x : Math.min(range[1], Math.max(range[0], x)));
  return Array.from(mean, (point, p) =>
    varies[p]
      ? {
          kind: "rate",
          point,
          interval: intervalOf(
            Math.min(point, within(point - factor * errors[p]!)),
            Math.max(point, within(point + factor * errors[p]!)),
            level,
          ),
          n,
          observations: units.curves.length,
          method: `simultaneous (sup-t) band, bootstrap-t over prompts, ${RESAMPLES} resamples`,
        }
      : open
        ? bounded(p, point)
        : noEstimate("nothing varies between prompts at this point", n),
  );

  function bounded(p: number, point: number): Rate {
    const unitsAt = means(p).map((mean, c) => ({ mean, size: of.sizes[c]! }));
    const [low, high] = boundedMeanEnds(unitsAt, range!, 1 - share / rare);
    return {
      kind: "rate",
      point,
      interval: intervalOf(Math.min(low, point), Math.max(high, point), level),
      n,
      observations: units.curves.length,
      method: `simultaneous, betting bound (hardly any prompt differs at this point)`,
    };
  }
}
