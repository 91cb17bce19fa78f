// The smallest true value that a plan would have called *gap* with probability .8: what the printed verdict could have seen.

import { tCritical } from "../stats/critical-value.ts";
import { detectableDifference } from "../stats/detectable-difference.ts";
import { detectableRate } from "../stats/detectable-rate.ts";
import type { Estimate } from "../stats/estimate.ts";
import type { Detectable } from "./gap.ts";

/**
 * Exact for a share of independent items with Wilson's interval. Else from the standard error that the interval implies
 * (its half width over the critical value), taken to stay the same at the value that is looked for.
 */
export function detectableOf(kind: "rate" | "excess", estimate: Estimate, margin: number): Detectable {
  if (estimate.kind === "none") return { kind: "none", because: estimate.because };
  const { interval, n, observations, method } = estimate;
  if (kind === "rate" && method === "Wilson score" && n === observations) return detectableRate(n, margin, { level: interval.level });
  if (n < 2) return { kind: "none", because: "one unit has no spread" };
  const standardError = (interval.high - interval.low) / 2 / tCritical(interval.level, n - 1);
  return detectableDifference(standardError, margin, n - 1, { level: interval.level });
}
