// Resampled mean curves: whole clusters of units are drawn together, so that all points of a curve move as they belong together.

import type { Rng } from "./rng.ts";

/** A curve for each unit, [units][points], and the independent cluster that each unit belongs to. */
export type UnitCurves = {
  readonly curves: readonly (readonly number[])[];
  readonly clusters: readonly string[];
};

/** Sums over the units of each cluster, with how many there are. */
export type ClusterSums = { readonly sums: readonly Float64Array[]; readonly sizes: readonly number[] };

/** @throws RangeError when curves are of different lengths, or there are none. */
export function clusterSums({ curves, clusters }: UnitCurves): ClusterSums {
  const points = curves[0]?.length ?? 0;
  if (points === 0 || curves.length !== clusters.length || curves.some((c) => c.length !== points))
    throw new RangeError("clusterSums: one cluster for each curve, and curves of one length above 0");
  const found = new Map<string, { sum: Float64Array; size: number }>();
  curves.forEach((curve, u) => {
    const name = clusters[u]!;
    const cluster = found.get(name) ?? { sum: new Float64Array(points), size: 0 };
    found.set(name, cluster);
    cluster.size++;
    curve.forEach((value, p) => {
      cluster.sum[p]! += value;
    });
  });
  const all = [...found.values()];
  return { sums: all.map(({ sum }) => sum), sizes: all.map(({ size }) => size) };
}

/** The mean over all units, each weighing the same. */
export function meanCurve({ sums, sizes }: ClusterSums): Float64Array {
  const out = new Float64Array(sums[0]!.length);
  const total = sizes.reduce((a, b) => a + b, 0);
  for (const sum of sums) sum.forEach((value, p) => (out[p]! += value / total));
  return out;
}

/** Cluster-robust standard errors of the mean curve, as in `robustMean`. Zero where nothing varies. */
export function standardErrors({ sums, sizes }: ClusterSums, mean: Float64Array): Float64Array {
  const groups = sums.length;
  const total = sizes.reduce((a, b) => a + b, 0);
  const out = new Float64Array(mean.length);
  sums.forEach((sum, c) => sum.forEach((value, p) => (out[p]! += (value - sizes[c]! * mean[p]!) ** 2)));
  return out.map((square) => Math.sqrt((groups / (groups - 1)) * square) / total);
}

/** How far a resample's mean curve lies from the mean curve, and its own standard errors. The arrays are used again for the next. */
export type Resample = { readonly off: Float64Array; readonly errors: Float64Array };

/** Clusters drawn with replacement, as many as there are, `resamples` times over. */
export function* resampled(of: ClusterSums, rng: Rng, resamples: number): Generator<Resample> {
  const mean = meanCurve(of);
  const [groups, points] = [of.sums.length, mean.length];
  // Around the mean, so that squares of large means do not swallow small errors.
  const residuals = of.sums.map((sum, c) => sum.map((value, p) => value - of.sizes[c]! * mean[p]!));
  const [off, errors] = [new Float64Array(points), new Float64Array(points)];
  const [sum, square, weighed] = [0, 1, 2].map(() => new Float64Array(points)) as [
    Float64Array,
    Float64Array,
    Float64Array,
  ];
  const counts = new Int32Array(groups);
  for (let b = 0; b < resamples; b++) {
    counts.fill(0);
    for (let i = 0; i < groups; i++) counts[rng.int(groups)]!++;
    for (const array of [sum, square, weighed]) array.fill(0);
    let [total, squaredSizes] = [0, 0];
    for (let c = 0; c < groups; c++) {
      const times = counts[c]!;
      if (times === 0) continue;
      const [size, residual] = [of.sizes[c]!, residuals[c]!];
      total += times * size;
      squaredSizes += times * size * size;
      for (let p = 0; p < points; p++) {
        const r = residual[p]!;
        sum[p]! += times * r;
        square[p]! += times * r * r;
        weighed[p]! += times * size * r;
      }
    }
    for (let p = 0; p < points; p++) {
      const shift = sum[p]! / total;
      off[p] = shift;
      const spread = square[p]! - 2 * shift * weighed[p]! + shift * shift * squaredSizes;
      errors[p] = Math.sqrt((groups / (groups - 1)) * Math.max(0, spread)) / total;
    }
    yield { off, errors };
  }
}
