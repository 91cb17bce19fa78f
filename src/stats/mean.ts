// The mean of bounded values of independent items.

import { requireInRange, type Range } from "./counts.ts";
import { defaultLevel } from "./critical-value.ts";
import { noEstimate, type Rate } from "./estimate.ts";
import { intervalOf } from "./interval.ts";
import { methodOf, robustMean } from "./robust-mean.ts";

/**
 * The mean with its t interval (n - 1 degrees of freedom, clipped to the range) from n = 28 + 25 g^2 on, g the
 * skewness of the values; below it, or when all values are equal, a bound that is valid at every n and never of
 * width 0 (`boundedMeanEnds`). For 0/1 values use `wilson`.
 * @throws RangeError when the range is not in order or a value lies outside it.
 */
export function mean(
  values: readonly number[],
  { range, level = defaultLevel }: { range: Range; level?: number },
): Rate {
  requireInRange("mean", values, range);
  if (values.length === 0) return noEstimate("nothing was observed", 0);
  const found = robustMean(
    values.map((value) => [value]),
    range,
    level,
  );
  const interval = intervalOf(found.low, found.high, level);
  return {
    kind: "rate",
    point: found.point,
    interval,
    n: values.length,
    observations: values.length,
    method: methodOf(found, "values"),
  };
}
