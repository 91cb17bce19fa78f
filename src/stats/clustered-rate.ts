// A share where several observations belong to one independent unit: Wilson's interval at the n that the sample is
// worth.

import { boundedMeanEnds } from "./bounded-mean.ts";
import { byCluster } from "./clusters.ts";
import { defaultLevel, zCritical } from "./critical-value.ts";
import { effectiveSize, leastEvenClusters } from "./effective-size.ts";
import { noEstimate, type Rate } from "./estimate.ts";
import { intervalOf } from "./interval.ts";
import { wilson, wilsonEnds } from "./wilson.ts";

export type ClusteredOutcome = { readonly cluster: string; readonly value: 0 | 1 };

/**
 * The share of ones over all units, each unit weighing the same. With one unit a cluster it is `wilson`.
 * Asymptotic from 20 even clusters on (`leastEvenClusters`); below that a bound valid at every n
 * (`boundedMeanEnds`). `n` counts clusters.
 * @throws RangeError when a value is neither 0 nor 1.
 */
export function clusteredRate(units: readonly ClusteredOutcome[], options: { level?: number } = {}): Rate {
  for (const { value } of units) {
    if (value !== 0 && value !== 1)
      throw new RangeError(`clusteredRate: a value must be 0 or 1, got ${String(value)}`);
  }
  if (units.length === 0) return noEstimate("nothing was observed", 0);
  const level = options.level ?? defaultLevel;
  const clusters = byCluster(units);
  const ones = units.reduce((sum, { value }) => sum + value, 0);
  if (clusters.length === units.length) return wilson(ones, units.length, { level });

  const point = ones / units.length;
  const { low, high, method } = endsOf(clusters, point, level);
  return {
    kind: "rate",
    point,
    interval: intervalOf(low, high, level),
    n: clusters.length,
    observations: units.length,
    method,
  };
}

function endsOf(clusters: readonly (readonly number[])[], point: number, level: number) {
  const size = effectiveSize(clusters, level);
  if (size.kind === "too-few") {
    const units = clusters.map((values) => ({
      mean: values.reduce((sum, value) => sum + value, 0) / values.length,
      size: values.length,
    }));
    const [low, high] = boundedMeanEnds(units, [0, 1], level);
    return {
      low,
      high,
      method: `betting bound, valid at any n (fewer than ${leastEvenClusters} even clusters)`,
    };
  }
  const [low, high] = wilsonEnds(point, size.n, zCritical(level));
  const how =
    size.kind === "estimated"
      ? `design effect ${size.designEffect.toFixed(2)}`
      : "clusters taken as fully dependent";
  return { low, high, method: `Wilson score at the effective n (${how})` };
}
