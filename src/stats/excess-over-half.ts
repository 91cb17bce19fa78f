// A share of two outcomes as a lean: 0 where both are as frequent, 1 where it is always the one, -1 where it is always the other.

import type { Difference, Rate } from "./estimate.ts";
import { intervalOf } from "./interval.ts";

/** 2 p - 1, with the interval moved along: P(one) - P(other) among those that are one or the other. */
export function excessOverHalf(rate: Rate): Difference {
  if (rate.kind === "none") return rate;
  const { point, interval, method } = rate;
  return {
    ...rate,
    kind: "difference",
    point: 2 * point - 1,
    interval: intervalOf(2 * interval.low - 1, 2 * interval.high - 1, interval.level),
    method: `${method} of the share, as a lean`,
  };
}
