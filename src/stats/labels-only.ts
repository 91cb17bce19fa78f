// The mean of gold labels by themselves: what prediction-powered inference is compared with, and falls back on.

import { boundedMeanEnds } from "./bounded-mean.ts";
import { clusterSums, evenUnits, type LabelledRow } from "./cluster-sums.ts";
import { clusteredRate } from "./clustered-rate.ts";
import { byCluster } from "./clusters.ts";
import type { Range } from "./counts.ts";
import { tCritical, zCritical } from "./critical-value.ts";
import { leastEvenClusters } from "./effective-size.ts";
import type { Rate } from "./estimate.ts";
import { intervalOf } from "./interval.ts";
import { methodOf, robustMean } from "./robust-mean.ts";
import { wilsonEnds } from "./wilson.ts";

export type WeightedLabel = Omit<LabelledRow, "proxy">;

/**
 * Labels that weigh the same: `clusteredRate` for a share, else `robustMean`. Unequal weights (1 / inclusion probability): Hajek's
 * mean; a share with Wilson's interval at the lesser of Kish's effective n of the clusters' weights and of p (1 - p) / V, V
 * the cluster-robust variance, shrunk by (z / t)^2, from 20 effective units on; all else the betting bound, the clusters
 * weighing as their labels. Source: Hajek (1971), comment on Basu; Kish (1965), Survey Sampling. `labels` must not be empty.
 */
export function labelsOnly(
  labels: readonly WeightedLabel[],
  { range, share, weighted, level }: { range: Range; share: boolean; weighted: boolean; level: number },
): Rate {
  if (!weighted && share)
    return clusteredRate(
      labels.map(({ cluster, gold }) => ({ cluster, value: gold === 1 ? 1 : 0 })),
      { level },
    );
  const clusters = byCluster(labels.map(({ cluster, gold }) => ({ cluster, value: gold })));
  const { point, low, high, method } = weighted
    ? hajek(labels, range, share, level)
    : plain(clusters, range, level);
  return {
    kind: "rate",
    point,
    interval: intervalOf(Math.min(low, point), Math.max(high, point), level),
    n: clusters.length,
    observations: labels.length,
    method,
  };
}

function plain(clusters: readonly (readonly number[])[], range: Range, level: number) {
  const mean = robustMean(clusters, range, level);
  const oneEach = clusters.every(({ length }) => length === 1);
  return { ...mean, method: methodOf(mean, oneEach ? "labels" : "clusters") };
}

function hajek(labels: readonly WeightedLabel[], range: Range, share: boolean, level: number) {
  const point = labels.reduce((sum, { gold, weight }) => sum + weight * gold, 0);
  const sizes = clusterSums(labels, ({ weight }) => weight);
  const sums = clusterSums(labels, ({ gold, weight }) => weight * gold);
  const units = [...sizes].map(([name, size]) => ({ size, sum: sums.get(name) as number }));
  const even = evenUnits(labels);
  if (!share || even < leastEvenClusters) {
    const [low, high] = boundedMeanEnds(
      units.map(({ size, sum }) => ({ mean: sum / size, size })),
      range,
      level,
    );
    return { point, low, high, method: "betting bound on Hajek's mean" };
  }
  const squares = units.reduce((total, { size, sum }) => total + (sum - size * point) ** 2, 0);
  const variance = (squares * units.length) / (units.length - 1);
  const n = variance > 0 ? Math.min(even, (point * (1 - point)) / variance) : even;
  const z = zCritical(level);
  const [low, high] = wilsonEnds(point, n * (z / tCritical(level, even - 1)) ** 2, z);
  return { point, low, high, method: "Hajek's share, Wilson score at the effective n" };
}
