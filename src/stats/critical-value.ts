// Two-sided critical values of the normal and Student's t distribution, at a confidence level.

import normalQuantile from "@stdlib/stats-base-dists-normal-quantile";
import tQuantile from "@stdlib/stats-base-dists-t-quantile";

/** The level of every interval unless the caller asks for another. */
export const defaultLevel = 0.95;

/** z with P(|Z| <= z) = level. @throws RangeError when the level is not inside (0, 1). */
export function zCritical(level: number): number {
  return normalQuantile(upperTail(level), 0, 1);
}

/** t with P(|T| <= t) = level at `df` degrees of freedom (df > 0, not necessarily whole). */
export function tCritical(level: number, df: number): number {
  if (!(df > 0)) throw new RangeError(`tCritical: degrees of freedom must be above 0, got ${df}`);
  return tQuantile(upperTail(level), df);
}

function upperTail(level: number): number {
  if (!(level > 0 && level < 1))
    throw new RangeError(`a confidence level must lie inside (0, 1), got ${level}`);
  return (1 + level) / 2;
}
