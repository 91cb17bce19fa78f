// From an interval and a margin to a verdict: the one place where the rule is written.

import type { Estimate } from "../stats/estimate.ts";
import type { Verdict } from "./gap.ts";

/**
 * *gap* when the interval lies above the margin, or, for an excess, below its negative; *holds* when it lies within
 * (at most the margin, and for an excess at least its negative); else *unclear*; *could-not-test* without an estimate.
 */
export function verdictOf(kind: "rate" | "excess", estimate: Estimate, margin: number): Verdict {
  if (estimate.kind === "none") return "could-not-test";
  const { low, high } = estimate.interval;
  if (low > margin) return "gap";
  if (kind === "excess" && high < -margin) return "gap";
  if (high <= margin && (kind === "rate" || low >= -margin)) return "holds";
  return "unclear";
}
