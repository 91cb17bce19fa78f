// The smallest true value that a plan would have called *gap* with probability .8: what the printed verdict could have seen.

import { tCritical, zCritical } from "../stats/critical-value.ts";
import type { Estimate } from "../stats/estimate.ts";
import type { Detectable } from "./gap.ts";

export function detectableOf(_kind: "rate" | "excess", estimate: Estimate, margin: number): Detectable {
  if (estimate.kind === "none") return { kind: "none", because: estimate.because };
  const { interval, n } = estimate;
  if (n < 2) return { kind: "none", because: "one unit has no spread" };
  const critical = tCritical(interval.level, n - 1);
  const error = (interval.high - interval.low) / 2 / critical;
  const value = margin + (critical + zCritical(0.6)) * error;
  return value <= 1
    ? { kind: "detectable", value }
    : { kind: "none", because: "no value on the scale would have been called with so few units" };
}
