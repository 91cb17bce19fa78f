// The cluster bootstrap: an interval for a statistic that has no formula of its own.

import normalCdf from "@stdlib/stats-base-dists-normal-cdf";
import normalQuantile from "@stdlib/stats-base-dists-normal-quantile";

import { defaultLevel, tCritical } from "./critical-value.ts";
import { noEstimate, type Estimate } from "./estimate.ts";
import { intervalOf } from "./interval.ts";
import type { Rng } from "./rng.ts";

export type BootstrapPlan<Item> = {
  /** Observations by independent unit; whole units are drawn, with replacement. */
  readonly clusters: readonly (readonly Item[])[];
  /**
   * The statistic, or undefined where the items do not determine it (a class is missing). Must not depend on
   * their order.
   */
  readonly statistic: (items: readonly Item[]) => number | undefined;
  /** `percentile`: the resamples' own quantiles. `bca`: corrected for bias and acceleration. */
  readonly method: "percentile" | "bca";
  /** Whether the statistic is a value on its own scale or treatment minus control. */
  readonly kind: "rate" | "difference";
  readonly rng: Rng;
  readonly resamples?: number;
  readonly level?: number;
};

/** The fewest clusters that are resampled; below it there is no estimate. */
const leastForBootstrap = 100;

/**
 * Sources: Efron (1987), J. Am. Stat. Assoc. 82:171-185 (BCa, acceleration by the jackknife over clusters);
 * Field and Welsh (2007), J. R. Stat. Soc. B 69:369-390 (drawing whole clusters); Hesterberg (2015), Am. Stat.
 * 69:371-386 (wider tails, in both). An end is moved to the point where the point would lie outside. No
 * estimate below 100 clusters, where more than 1 % of resamples leave the statistic undefined, or where all
 * give one value (the interval would have width 0).
 */
export function bootstrap<Item>(plan: BootstrapPlan<Item>): Estimate {
  const { clusters, statistic, method, kind, rng, resamples = 2000, level = defaultLevel } = plan;
  const n = clusters.length;
  if (n < leastForBootstrap)
    return noEstimate(`the bootstrap needs at least ${leastForBootstrap} independent units`, n);
  const point = statistic(clusters.flat());
  if (point === undefined) return noEstimate("the statistic is not defined on these observations", n);

  const draws: number[] = [];
  for (let i = 0; i < resamples; i++) {
    const drawn = statistic(clusters.flatMap(() => rng.pick(clusters)));
    if (drawn !== undefined) draws.push(drawn);
  }
  if (draws.length < 0.99 * resamples)
    return noEstimate("more than 1 % of resamples leave the statistic undefined", n);
  draws.sort((a, b) => a - b);
  if (draws[0] === draws.at(-1)) return noEstimate("every resample gives the same value", n);

  const tails = method === "bca" ? bcaTails(plan, draws, point, level) : widened(n, level);
  if (tails === undefined) return noEstimate("the resamples all lie on one side of the statistic", n);
  const low = Math.min(point, quantileOf(draws, tails[0]));
  const high = Math.max(point, quantileOf(draws, tails[1]));
  const observations = clusters.reduce((sum, cluster) => sum + cluster.length, 0);
  const name = `${method === "bca" ? "BCa" : "percentile"} bootstrap, ${resamples} resamples`;
  return { kind, point, interval: intervalOf(low, high, level), n, observations, method: name };
}

function bcaTails<Item>(
  { clusters, statistic }: BootstrapPlan<Item>,
  draws: readonly number[],
  point: number,
  level: number,
) {
  const below =
    draws.filter((draw) => draw < point).length + draws.filter((draw) => draw === point).length / 2;
  if (below === 0 || below === draws.length) return undefined;
  const bias = normalQuantile(below / draws.length, 0, 1);
  const left = clusters.map((_, out) =>
    statistic(clusters.flatMap((cluster, i) => (i === out ? [] : cluster))),
  );
  const known = left.filter((value) => value !== undefined);
  const centre = known.reduce((sum, value) => sum + value, 0) / known.length;
  const square = known.reduce((sum, value) => sum + (centre - value) ** 2, 0);
  const cube = known.reduce((sum, value) => sum + (centre - value) ** 3, 0);
  const acceleration = square > 0 ? cube / (6 * square ** 1.5) : 0;
  const tail = (p: number) => {
    const z = bias + normalQuantile(p, 0, 1);
    return normalCdf(bias + z / (1 - acceleration * z), 0, 1);
  };
  const [low, high] = widened(clusters.length, level);
  return [tail(low), tail(high)] as const;
}

/**
 * Resamples vary less than samples by (n - 1) / n and know no t: the tails that make up for both in the mean
 * of n units.
 */
function widened(n: number, level: number): readonly [low: number, high: number] {
  const low = normalCdf(-Math.sqrt(n / (n - 1)) * tCritical(level, n - 1), 0, 1);
  return [low, 1 - low];
}

/** Linear between order statistics (type 7 of Hyndman and Fan 1996). `sorted` must not be empty. */
export function quantileOf(sorted: readonly number[], p: number): number {
  const at = p * (sorted.length - 1);
  const under = sorted[Math.floor(at)] as number;
  const over = sorted[Math.ceil(at)] as number;
  return under + (at - Math.floor(at)) * (over - under);
}
