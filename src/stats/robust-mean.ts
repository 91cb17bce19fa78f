// The mean of bounded values that come in independent clusters: t interval where it may be trusted, else a bound
// valid at every n.

import { boundedMeanEnds } from "./bounded-mean.ts";
import { evenClusters, leastEvenness } from "./clusters.ts";
import type { Range } from "./counts.ts";
import { tCritical } from "./critical-value.ts";

export type RobustMean = {
  readonly point: number;
  readonly low: number;
  readonly high: number;
  /** Whether the ends are those of the t interval, or of the fallback, and then why. */
  readonly by:
    | { readonly kind: "t"; readonly standardError: number }
    | { readonly kind: "bounded"; readonly because: string };
};

/**
 * The mean over all values with the cluster-robust t interval: V = G / (G - 1) * sum over clusters of (sum of
 * residuals)^2 / N^2, t at G - 1 degrees of freedom. With one value a cluster this is the ordinary t interval.
 * Source: Liang and Zeger (1986), Biometrika 73:13-22; the factor and G - 1: Cameron and Miller (2015), J. Hum.
 * Resour. 50:317-372.
 *
 * The t interval is left for `boundedMeanEnds` when G < 28 + 25 g^2, g the skewness of the clusters' sums of
 * residuals (Cochran's rule as extended by Sugden, Smith and Jones (2000), J. R. Stat. Soc. B 62:787-793), when
 * a few large clusters rule the variance, and when nothing varies. The ends are clipped to the range.
 * `clusters` must not be empty, nor any cluster.
 */
export function robustMean(
  clusters: readonly (readonly number[])[],
  range: Range,
  level: number,
): RobustMean {
  const groups = clusters.length;
  const total = clusters.reduce((n, cluster) => n + cluster.length, 0);
  const point = clusters.reduce((sum, cluster) => sum + sumOf(cluster), 0) / total;
  const residuals = clusters.map((cluster) => sumOf(cluster.map((value) => value - point)));
  const second = sumOf(residuals.map((r) => r * r)) / groups;
  const third = sumOf(residuals.map((r) => r ** 3)) / groups;
  // Sums of the same decimals differ in their last bits: what lies that close together does not vary.
  const varies = spreadOf(clusters) > 1e-9 * (range[1] - range[0]);

  const even = evenClusters(clusters);
  const because = whyNotT(groups, even, varies && second > 0 ? third / second ** 1.5 : undefined);
  if (because !== undefined) {
    const units = clusters.map((cluster) => ({
      mean: sumOf(cluster) / cluster.length,
      size: cluster.length,
    }));
    const [low, high] = boundedMeanEnds(units, range, level);
    return {
      point,
      low: Math.min(low, point),
      high: Math.max(high, point),
      by: { kind: "bounded", because },
    };
  }
  const standardError = Math.sqrt((groups / (groups - 1)) * groups * second) / total;
  const half = tCritical(level, groups - 1) * standardError;
  const [min, max] = range;
  return {
    point,
    low: Math.max(min, point - half),
    high: Math.min(max, point + half),
    by: { kind: "t", standardError },
  };
}

/** The fewest clusters at which the t interval is used, at skewness 0. */
const leastForT = 28;

/** What is printed beside the number; `units` is what n counts ("pairs", "clusters"). */
export function methodOf({ by }: RobustMean, units: string): string {
  if (by.kind === "bounded") return `betting bound, valid at any n (${by.because} ${units})`;
  return units === "clusters" ? "cluster-robust t" : "t";
}

function whyNotT(groups: number, even: number, skewness: number | undefined): string | undefined {
  if (groups < leastForT) return `fewer than ${leastForT}`;
  if (even < leastEvenness * groups) return "a few large ones among the";
  if (skewness === undefined) return "nothing varies between the";
  const least = leastForT + 25 * skewness * skewness;
  return groups < least ? `skewed: t needs ${Math.ceil(least)}` : undefined;
}

function sumOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0);
}

function spreadOf(clusters: readonly (readonly number[])[]): number {
  let [least, most] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const cluster of clusters) {
    for (const value of cluster) {
      least = Math.min(least, value);
      most = Math.max(most, value);
    }
  }
  return most - least;
}
