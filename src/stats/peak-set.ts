// Where does a curve have its peak? Not one point but all that could be it: a confidence set.

import { boundedMeanEnds } from "./bounded-mean.ts";
import { differing, leastDiffering } from "./differing.ts";
import { quantileOf } from "./bootstrap.ts";
import { defaultLevel } from "./critical-value.ts";
import { clusterSums, meanCurve, resampled, type UnitCurves } from "./curve-resamples.ts";
import type { Rng } from "./rng.ts";
import { leastForCurves } from "./sup-t-band.ts";

export type PeakSet =
  | {
      readonly kind: "set";
      /** Indices into the curve, increasing. */ readonly points: readonly number[];
      readonly n: number;
    }
  | { readonly kind: "none"; readonly because: string; readonly n: number };

const RESAMPLES = 2000;

/**
 * All points that are not shown to lie below another one. A point is left out where the largest studentised difference to any other exceeds what
 * the same maximum reaches in resamples of whole clusters around their mean; each point is tested at level `level`, so the true peak stays in with
 * that probability (inversion of tests; cf. Hansen, Lunde and Nason (2011), Econometrica 79:453-497).
 */
export function peakSet(
  units: UnitCurves,
  { rng, level = defaultLevel }: { readonly rng: Rng; readonly level?: number },
): PeakSet {
  const of = clusterSums(units);
  const n = of.sums.length;
  if (n < leastForCurves)
    return { kind: "none", because: `a peak needs at least ${leastForCurves} independent prompts`, n };
  const mean = meanCurve(of);
  const points = mean.length;
  const spread = Math.max(...mean) - Math.min(...mean);
  const values = (p: number) => of.sums.map((sum, c) => sum[p]! / of.sizes[c]!);
  const rare = Array.from(
    mean,
    (_, p) => differing(values(p), 1e-9 * Math.max(spread, 1e-300)) < leastDiffering,
  );
  const reach = units.curves
    .flat()
    .reduce(([low, high], value) => [Math.min(low, value), Math.max(high, value)] as [number, number], [
      Infinity,
      -Infinity,
    ] as [number, number]);
  const draws = Array.from(resampled(of, rng, RESAMPLES), ({ off }) => off.slice());
  const kept: number[] = [];
  for (let p = 0; p < points; p++) {
    const errors = Array.from({ length: points }, (_, other) =>
      Math.sqrt(draws.reduce((sum, d) => sum + (d[other]! - d[p]!) ** 2, 0) / RESAMPLES),
    );
    // A difference that hardly any cluster shows (rare failures) can't rule a point out, however alike the others are; nor can normal theory
    // where hardly any cluster differs at one of the two points: that none was seen to succeed, or to fail, is no certainty.
    const shown = Array.from({ length: points }, (_, other) => {
      const apart = of.sums.filter(
        (sum, c) => Math.abs(sum[other]! - sum[p]!) > 1e-9 * of.sizes[c]! * Math.max(spread, 1e-300),
      );
      return !rare[p] && !rare[other] && apart.length >= leastDiffering;
    });
    const varies = errors.map((error, other) => shown[other]! && error > 1e-9 * Math.max(spread, 1e-300));
    const found = largest((other) =>
      varies[other] ? (mean[other]! - mean[p]!) / errors[other]! : -Infinity,
    );
    const above = errors.some(
      (_, other) => shown[other]! && !varies[other] && mean[other]! - mean[p]! > 1e-9 * spread,
    );
    const reached = draws
      .map((d) => largest((other) => (varies[other] ? (d[other]! - d[p]!) / errors[other]! : -Infinity)))
      .sort((a, b) => a - b);
    // The highest of those that normal theory can't be asked about, with the error of all.
    const against = highest((other) => other !== p && (rare[p]! || rare[other]!));
    const bounded = against !== undefined && mean[against]! > mean[p]! && below(p, against);
    if (!above && !bounded && !(found > quantileOf(reached, level))) kept.push(p);
  }
  return kept.length === points && points > 1
    ? {
        kind: "none",
        because: "no point is shown to lie below another: the curve is flat for all that can be seen",
        n,
      }
    : { kind: "set", points: kept, n };

  function highest(among: (other: number) => boolean): number | undefined {
    return [...mean.keys()]
      .filter(among)
      .reduce<number | undefined>(
        (best, other) => (best === undefined || mean[other]! > mean[best]! ? other : best),
        undefined,
      );
  }

  /** By a bound that is valid at any n, over all other points. */
  function below(p: number, other: number): boolean {
    const far = reach[1] - reach[0];
    if (!(far > 0)) return false;
    const apart = of.sums.map((sum, c) => ({
      mean: (sum[other]! - sum[p]!) / of.sizes[c]!,
      size: of.sizes[c]!,
    }));
    return boundedMeanEnds(apart, [-far, far], 1 - (2 * (1 - level)) / Math.max(2, points - 1))[0] > 0;
  }

  function largest(of: (other: number) => number): number {
    let most = Number.NEGATIVE_INFINITY;
    for (let other = 0; other < points; other++) most = Math.max(most, of(other));
    return most;
  }
}
