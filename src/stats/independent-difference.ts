// The difference of two estimates that were made apart, from their intervals alone.

import { noEstimate, type Difference } from "./estimate.ts";
import { intervalOf } from "./interval.ts";

/** An estimate as a record keeps it: a point inside its interval. `n` counts independent units. */
export type Ends = {
  readonly point: number;
  readonly low: number;
  readonly high: number;
  readonly level: number;
  readonly n: number;
  readonly observations: number;
};

export type IndependentDifferenceOptions = {
  /**
   * `nothing`: the two samples are independent. `units`: they may share units, and how the two go together is not known.
   */
  readonly shared: "nothing" | "units";
};

/**
 * `to` minus `from`. Where nothing is shared, each end is the difference less or plus the root of the summed squares of the
 * arms that reach that way (MOVER; for two Wilson intervals Newcombe's method 10). Source: Newcombe (1998), Stat. Med.
 * 17:873-890; Zou and Donner (2008), Stat. Med. 27:1693-1702. Where units may be shared the arms are added as they are: the
 * standard error of a difference is at most the sum of the two, whatever the correlation, so the interval is conservative;
 * at correlation 0 and equal arms it is 1.41 times as wide. `n` is the smaller of the two. `none` where the levels differ.
 * @throws RangeError when a point lies outside its interval, or an end is not finite.
 */
export function independentDifference(
  from: Ends,
  to: Ends,
  { shared }: IndependentDifferenceOptions,
): Difference {
  for (const { low, point, high } of [from, to]) {
    if (!(Number.isFinite(low) && low <= point && point <= high && Number.isFinite(high)))
      throw new RangeError(`independentDifference: ${point} is not inside [${low}, ${high}]`);
  }
  const n = Math.min(from.n, to.n);
  if (from.level !== to.level)
    return noEstimate(`the two intervals are at different levels (${from.level} and ${to.level})`, n);
  const joined = (one: number, other: number) =>
    shared === "nothing" ? Math.hypot(one, other) : one + other;
  const point = to.point - from.point;
  return {
    kind: "difference",
    point,
    interval: intervalOf(
      point - joined(to.point - to.low, from.high - from.point),
      point + joined(to.high - to.point, from.point - from.low),
      from.level,
    ),
    n,
    observations: from.observations + to.observations,
    method:
      shared === "nothing"
        ? "unpaired, from the two intervals (MOVER, taken as independent)"
        : "unpaired, from the two intervals (arms added, conservative for any dependence)",
  };
}
