// The mean of paired differences where several of them belong to one independent unit.

import { byCluster } from "./clusters.ts";
import { requireInRange, type Range } from "./counts.ts";
import { defaultLevel, zCritical } from "./critical-value.ts";
import { effectiveSize } from "./effective-size.ts";
import { noEstimate, type Difference } from "./estimate.ts";
import { intervalOf } from "./interval.ts";
import { pairedProportions } from "./paired-proportions.ts";
import { methodOf, robustMean } from "./robust-mean.ts";
import { tangoEnds } from "./tango.ts";

export type ClusteredValue = { readonly cluster: string; readonly value: number };

/**
 * The mean difference over all units, each unit weighing the same. `n` counts clusters; never of width 0.
 *
 * Differences of two 0/1 outcomes (all in {-1, 0, 1}, range [-1, 1]): with one unit a cluster,
 * `pairedProportions`; else Tango's score interval with its counts divided by the design effect
 * (`effectiveSize`), from 20 even clusters on. All else: the cluster-robust t interval of `robustMean`, or its
 * fallback.
 * @throws RangeError when the range is not in order or a value lies outside it.
 */
export function clusteredDifference(
  units: readonly ClusteredValue[],
  { range, level = defaultLevel }: { range: Range; level?: number },
): Difference {
  requireInRange(
    "clusteredDifference",
    units.map(({ value }) => value),
    range,
  );
  if (units.length === 0) return noEstimate("no pair was observed", 0);
  const clusters = byCluster(units);
  const signs =
    range[0] === -1 &&
    range[1] === 1 &&
    units.every(({ value }) => value === -1 || value === 0 || value === 1);
  if (signs && clusters.length === units.length) {
    return pairedProportions(
      units.map(({ value }) => ({ treatment: value > 0 ? 1 : 0, control: value < 0 ? 1 : 0 })),
      { level },
    );
  }
  const { point, low, high, method } =
    (signs ? scoreOf(clusters, level) : undefined) ?? meanOf(clusters, range, level);
  return {
    kind: "difference",
    point,
    interval: intervalOf(low, high, level),
    n: clusters.length,
    observations: units.length,
    method,
  };
}

function meanOf(clusters: readonly (readonly number[])[], range: Range, level: number) {
  const mean = robustMean(clusters, range, level);
  return { ...mean, method: methodOf(mean, "clusters") };
}

function scoreOf(clusters: readonly (readonly number[])[], level: number) {
  const size = effectiveSize(clusters, level);
  if (size.kind === "too-few") return undefined;
  const values = clusters.flat();
  const share = (of: number) => (values.filter((value) => value === of).length / values.length) * size.n;
  const counts = { up: share(1), down: share(-1), n: size.n };
  const [low, high] = tangoEnds(counts, zCritical(level));
  const how =
    size.kind === "estimated"
      ? `design effect ${size.designEffect.toFixed(2)}`
      : "clusters taken as fully dependent";
  const point = values.reduce((sum, value) => sum + value, 0) / values.length;
  return {
    point,
    low: Math.min(low, point),
    high: Math.max(high, point),
    method: `Tango score at the effective n (${how})`,
  };
}
