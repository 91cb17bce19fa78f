// Clopper and Pearson's exact interval for one proportion: never below its level, at the price of width.

import betaQuantile from "@stdlib/stats-base-dists-beta-quantile";

import { requireCount } from "./counts.ts";
import { defaultLevel } from "./critical-value.ts";
import { noEstimate, type Rate } from "./estimate.ts";
import { intervalOf } from "./interval.ts";

/**
 * The share `successes / n` with the exact (equal-tailed) interval. Source: Clopper and Pearson (1934),
 * Biometrika 26:404-413; in Beta quantiles as in Brown, Cai and DasGupta (2001), Stat. Sci. 16:101-133.
 * @throws RangeError when the counts are not whole or not in order.
 */
export function clopperPearson(successes: number, n: number, options: { level?: number } = {}): Rate {
  requireCount("clopperPearson", successes, n);
  if (n === 0) return noEstimate("nothing was observed", 0);
  const level = options.level ?? defaultLevel;
  const [low, high] = clopperPearsonEnds(successes, n, level);
  const interval = intervalOf(low, high, level);
  return {
    kind: "rate",
    point: successes / n,
    interval,
    n,
    observations: n,
    method: "Clopper-Pearson exact",
  };
}

/** The two ends alone, for intervals that are built from several exact ones. */
export function clopperPearsonEnds(
  successes: number,
  n: number,
  level: number,
): readonly [low: number, high: number] {
  const tail = (1 - level) / 2;
  const low = successes === 0 ? 0 : betaQuantile(tail, successes, n - successes + 1);
  const high = successes === n ? 1 : betaQuantile(1 - tail, successes + 1, n - successes);
  return [low, high];
}
