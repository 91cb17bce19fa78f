// Wilson's score interval for one proportion: the default for a share of independent items.

import { requireCount } from "./counts.ts";
import { defaultLevel, zCritical } from "./critical-value.ts";
import { noEstimate, type Rate } from "./estimate.ts";
import { intervalOf } from "./interval.ts";

/**
 * The share `successes / n` with Wilson's score interval. Never of width 0, never outside [0, 1].
 * Source: Wilson (1927), J. Am. Stat. Assoc. 22:209-212; Brown, Cai and DasGupta (2001), Stat. Sci. 16:101-133.
 * Coverage is 95 % in the mean over p, not at every p: see docs/stats.md.
 * @throws RangeError when the counts are not whole or not in order.
 */
export function wilson(successes: number, n: number, options: { level?: number } = {}): Rate {
  requireCount("wilson", successes, n);
  if (n === 0) return noEstimate("nothing was observed", 0);
  const level = options.level ?? defaultLevel;
  const point = successes / n;
  const [low, high] = wilsonEnds(point, n, zCritical(level));
  return {
    kind: "rate",
    point,
    interval: intervalOf(low, high, level),
    n,
    observations: n,
    method: "Wilson score",
  };
}

/** The two ends for a share at an n that need not be whole (an effective n), at critical value z. */
export function wilsonEnds(share: number, n: number, z: number): readonly [low: number, high: number] {
  const zz = z * z;
  const centre = (share + zz / (2 * n)) / (1 + zz / n);
  const half = (z / (1 + zz / n)) * Math.sqrt((share * (1 - share)) / n + zz / (4 * n * n));
  // At a share of 0 or 1 the end is that share exactly; rounding would put it a hair inside.
  return [share === 0 ? 0 : Math.max(0, centre - half), share === 1 ? 1 : Math.min(1, centre + half)];
}
