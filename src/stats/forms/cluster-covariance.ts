// How the points of a mean curve vary together between clusters, as found and drawn towards no correlation.

import { meanCurve, type ClusterSums } from "../curve-resamples.ts";
import type { Matrix } from "./positive-definite.ts";

export type ClusterCovariance = {
  /** Of the mean curve, [points][points]. */
  readonly found: Matrix;
  /** The same variances with all correlations drawn towards 0. */
  readonly shrunk: Matrix;
  /** How far: 0 not at all, 1 all the way. */
  readonly shrinkage: number;
};

/**
 * Found: G/(G-1) sum of r_c r_c' / N^2 with r_c a cluster's summed distance from the mean, which is what the covariance over resamples of
 * whole clusters tends to as they grow in number. Shrunk: correlations times 1 - lambda, lambda = sum of Var(r_ij) / sum of r_ij^2 over pairs
 * of points, the variances left alone (Schafer and Strimmer 2005, Stat. Appl. Genet. Mol. Biol. 4:32, target D; lambda at least 1/G here, so that
 * the inverse exists). With few clusters the inverse of the covariance as found gives far too much weight to directions that vary by chance little.
 * @throws RangeError when a point does not vary between clusters, or there are fewer than two
 */
export function clusterCovariance(of: ClusterSums): ClusterCovariance {
  const groups = of.sums.length;
  if (groups < 2) throw new RangeError("clusterCovariance: at least two clusters are needed");
  const mean = meanCurve(of);
  const total = of.sizes.reduce((a, b) => a + b, 0);
  const residuals = of.sums.map((sum, c) => Array.from(sum, (value, p) => value - of.sizes[c]! * mean[p]!));
  const points = [...mean.keys()];
  const scales = points.map((p) => Math.sqrt(residuals.reduce((sum, r) => sum + r[p]! ** 2, 0) / groups));
  const flat = scales.findIndex((scale) => !(scale > 0));
  if (flat !== -1) throw new RangeError(`clusterCovariance: point ${flat} does not vary between clusters`);
  const standard = residuals.map((r) => r.map((value, p) => value / scales[p]!));
  let [uncertain, correlated] = [0, 0];
  const correlation = points.map((i) =>
    points.map((j) => {
      if (i === j) return 1;
      const r = standard.reduce((sum, z) => sum + z[i]! * z[j]!, 0) / groups;
      const square = standard.reduce((sum, z) => sum + (z[i]! * z[j]! - r) ** 2, 0);
      uncertain += (groups / (groups - 1) ** 3) * square;
      correlated += r * r;
      return r;
    }),
  );
  const shrinkage = Math.min(1, Math.max(1 / groups, correlated > 0 ? uncertain / correlated : 1));
  const factor = (groups / (groups - 1)) * (groups / total ** 2);
  const scaled = (by: number) =>
    correlation.map((row, i) => row.map((r, j) => factor * scales[i]! * scales[j]! * (i === j ? 1 : by * r)));
  return { found: scaled(1), shrunk: scaled(1 - shrinkage), shrinkage };
}
