// How many independent values a clustered sample is worth: what a score interval is then given as its n.

import { evenClusters, leastEvenness } from "./clusters.ts";
import { tCritical, zCritical } from "./critical-value.ts";

export type EffectiveSize =
  /** Fewer even clusters than `leastEvenClusters`: no asymptotic interval may be made of this. */
  | { readonly kind: "too-few"; readonly evenClusters: number }
  /** From the design effect that was seen. */
  | { readonly kind: "estimated"; readonly n: number; readonly designEffect: number }
  /** As if all values of a cluster were copies of one: the largest design effect there is. */
  | { readonly kind: "dependent"; readonly n: number };

/** The fewest even clusters (see `evenClusters`) at which an effective n is given. */
export const leastEvenClusters = 20;

/**
 * n / DEFF, with DEFF = V / (s^2 / (N - 1)), at least 1, V the cluster-robust variance of the mean with G / (G
 * - 1), s^2 the variance of the values; shrunk by (z / t)^2 so that an interval made with z is as wide as with
 * t. Sources: Dean and Pagano (2015), J. Surv. Stat. Methodol. 3:484-503; Korn and Graubard (1998), Surv.
 * Methodol. 24:193-201 (the shrinking). Deviation: t takes min(G - 1, 2 G / (k - 1)) degrees of freedom, k the
 * kurtosis of the clusters' sums of residuals (Satterthwaite's matching of V's own variance): with G - 1, a
 * rare outcome that comes in whole clusters is covered in under 90 % of samples. Where V can't be trusted
 * (nothing varies, or a few large clusters rule it) the values of a cluster count as copies of one.
 */
export function effectiveSize(clusters: readonly (readonly number[])[], level: number): EffectiveSize {
  const groups = clusters.length;
  const total = clusters.reduce((n, cluster) => n + cluster.length, 0);
  const even = evenClusters(clusters);
  if (even < leastEvenClusters) return { kind: "too-few", evenClusters: even };

  const mean = clusters.reduce((sum, cluster) => cluster.reduce((s, value) => s + value, sum), 0) / total;
  const spread =
    clusters.reduce((sum, cluster) => cluster.reduce((s, value) => s + (value - mean) ** 2, sum), 0) / total;
  const residuals = clusters.map((cluster) => cluster.reduce((sum, value) => sum + (value - mean), 0));
  const second = residuals.reduce((sum, r) => sum + r ** 2, 0) / groups;
  const fourth = residuals.reduce((sum, r) => sum + r ** 4, 0) / groups;
  const z = zCritical(level);
  if (spread === 0 || second === 0 || even < leastEvenness * groups) {
    return { kind: "dependent", n: even * (z / tCritical(level, even - 1)) ** 2 };
  }
  const variance = ((groups / (groups - 1)) * groups * second) / total ** 2;
  const designEffect = Math.max(1, (variance * (total - 1)) / spread);
  const excess = fourth / second ** 2 - 1;
  const df = Math.min(groups - 1, excess > 0 ? (2 * groups) / excess : groups - 1);
  return { kind: "estimated", n: (total / designEffect) * (z / tCritical(level, df)) ** 2, designEffect };
}
