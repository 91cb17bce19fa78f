// The difference of two shares on the same items, pair by pair.

import { clopperPearsonEnds } from "./clopper-pearson.ts";
import { defaultLevel, zCritical } from "./critical-value.ts";
import { noEstimate, type Difference } from "./estimate.ts";
import { intervalOf } from "./interval.ts";
import { tangoEnds } from "./tango.ts";

export type Pair = { readonly treatment: 0 | 1; readonly control: 0 | 1 };

/** The fewest pairs at which the asymptotic score interval is used. */
const leastPairs = 20;

/**
 * Share under treatment minus share under control. From 20 pairs on Tango's score interval, whose width is
 * above 0 even when no pair is discordant. Below 20, an exact one: Clopper-Pearson for the share of pairs that
 * went up and of those that went down, each at half of 1 - level (Bonferroni), subtracted end from end; its
 * coverage is at least the level at every n.
 * @throws RangeError when a member of a pair is neither 0 nor 1.
 */
export function pairedProportions(pairs: readonly Pair[], options: { level?: number } = {}): Difference {
  const level = options.level ?? defaultLevel;
  const n = pairs.length;
  let up = 0;
  let down = 0;
  for (const { treatment, control } of pairs) {
    for (const value of [treatment, control]) {
      if (value !== 0 && value !== 1)
        throw new RangeError(`pairedProportions: a value must be 0 or 1, got ${String(value)}`);
    }
    if (treatment > control) up++;
    if (treatment < control) down++;
  }
  if (n === 0) return noEstimate("no pair was observed", 0);

  const point = (up - down) / n;
  const asymptotic = n >= leastPairs;
  const [low, high] = asymptotic
    ? tangoEnds({ up, down, n }, zCritical(level))
    : exactEnds(up, down, n, level);
  const method = asymptotic
    ? "Tango score, paired"
    : `exact, Bonferroni over two Clopper-Pearson (fewer than ${leastPairs} pairs)`;
  return { kind: "difference", point, interval: intervalOf(low, high, level), n, observations: n, method };
}

/** Valid at every n: both shares lie in their intervals at once with probability at least `level`. */
function exactEnds(up: number, down: number, n: number, level: number): readonly [low: number, high: number] {
  const each = 1 - (1 - level) / 2;
  const [upLow, upHigh] = clopperPearsonEnds(up, n, each);
  const [downLow, downHigh] = clopperPearsonEnds(down, n, each);
  return [Math.max(-1, upLow - downHigh), Math.min(1, upHigh - downLow)];
}
