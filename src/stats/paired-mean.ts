// The mean of paired differences of bounded values, one per independent item.

import { requireInRange, type Range } from "./counts.ts";
import { defaultLevel } from "./critical-value.ts";
import { noEstimate, type Difference } from "./estimate.ts";
import { intervalOf } from "./interval.ts";
import { methodOf, robustMean } from "./robust-mean.ts";

/**
 * The mean difference with its t interval (n - 1 degrees of freedom, clipped to the range) from n = 28 + 25 g^2
 * on, g the skewness of the differences; below it, or when all are equal, a bound that is valid at every n and
 * never of width 0 (`boundedMeanEnds`). For differences of 0/1 outcomes use `pairedProportions`.
 * @param options.range the least and the greatest value that a difference can take.
 * @throws RangeError when the range is not in order or a difference lies outside it.
 */
export function pairedMean(
  differences: readonly number[],
  { range, level = defaultLevel }: { range: Range; level?: number },
): Difference {
  requireInRange("pairedMean", differences, range);
  const n = differences.length;
  if (n === 0) return noEstimate("no pair was observed", 0);
  const found = robustMean(
    differences.map((value) => [value]),
    range,
    level,
  );
  const interval = intervalOf(found.low, found.high, level);
  return {
    kind: "difference",
    point: found.point,
    interval,
    n,
    observations: n,
    method: methodOf(found, "pairs"),
  };
}
