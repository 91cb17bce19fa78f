// What a plan of n independent items can find: the smallest true rate whose interval would mostly lie above the
// margin.

import betaQuantile from "@stdlib/stats-base-dists-beta-quantile";

import { clopperPearsonEnds } from "./clopper-pearson.ts";
import { defaultLevel, zCritical } from "./critical-value.ts";
import { defaultPower, type Detectable } from "./detectable.ts";
import { wilsonEnds } from "./wilson.ts";

export type DetectableRateOptions = {
  readonly method?: "wilson" | "clopper-pearson";
  readonly level?: number;
  readonly power?: number;
};

/**
 * Smallest p with P(lower end > margin) >= power (.8) when the count is Binomial(n, p). Exact: the lower end
 * grows with the count, so it lies above the margin from some least count k on, and P(count >= k) = power has
 * the solution p = the `power` quantile of Beta(k, n - k + 1). `none` when not even n of n would do.
 * @throws RangeError when n is not a whole number of at least 0, or the margin lies outside [0, 1).
 */
export function detectableRate(
  n: number,
  margin: number,
  { method = "wilson", level = defaultLevel, power = defaultPower }: DetectableRateOptions = {},
): Detectable {
  if (!Number.isInteger(n) || n < 0)
    throw new RangeError(`detectableRate: n must be a whole number of at least 0, got ${n}`);
  if (!(margin >= 0 && margin < 1))
    throw new RangeError(`detectableRate: the margin must lie in [0, 1), got ${margin}`);
  if (n === 0) return { kind: "none", because: "nothing was observed" };
  const lowOf = (count: number) =>
    method === "wilson"
      ? wilsonEnds(count / n, n, zCritical(level))[0]
      : clopperPearsonEnds(count, n, level)[0];
  if (!(lowOf(n) > margin))
    return { kind: "none", because: `with n = ${n} not even a rate of 1 would lie clearly above ${margin}` };
  let low = 0;
  let high = n;
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (lowOf(middle) > margin) high = middle;
    else low = middle;
  }
  return { kind: "detectable", value: betaQuantile(power, high, n - high + 1) };
}
