// The smallest true value that a plan would have called *gap* with probability .8, from the interval that it reached.

import { bisect } from "../stats/bisect.ts";
import { tCritical, zCritical } from "../stats/critical-value.ts";
import { detectableDifference } from "../stats/detectable-difference.ts";
import { detectableRate } from "../stats/detectable-rate.ts";
import type { Estimate } from "../stats/estimate.ts";
import type { Interval } from "../stats/interval.ts";
import { wilsonEnds } from "../stats/wilson.ts";
import type { Detectable } from "./gap.ts";

/**
 * For a rate: by the exact binomial at the n that the interval is worth, which is n itself where the units are independent
 * and fewer where they are clustered or the scorer errs. For an excess: by the standard error that the interval's half
 * width stands for, half / t at n - 1 degrees of freedom.
 */
export function detectableOf(kind: "rate" | "excess", estimate: Estimate, margin: number): Detectable {
  if (estimate.kind === "none") return { kind: "none", because: estimate.because };
  const { point, interval, n } = estimate;
  const { low, high, level } = interval;
  if (kind === "rate") {
    const worth = worthOf(point, interval);
    return worth < 1
      ? { kind: "none", because: "the interval spans nearly the whole scale" }
      : detectableRate(worth, margin, { level });
  }
  if (n < 2) return { kind: "none", because: "one unit has no spread" };
  return detectableDifference((high - low) / 2 / tCritical(level, n - 1), margin, n - 1, { level });
}

/** The whole number of independent units whose Wilson interval around this point is as wide as this one. */
function worthOf(point: number, { low, high, level }: Interval): number {
  const z = zCritical(level);
  const share = Math.min(1, Math.max(0, point));
  const excessWidth = (n: number) => {
    const [from, to] = wilsonEnds(share, n, z);
    return to - from - (high - low);
  };
  if (excessWidth(1) <= 0) return 0;
  let most = 2;
  while (excessWidth(most) > 0 && most < 1e9) most *= 2;
  // Rounding of the search must not take a whole unit away.
  return Math.floor(bisect(excessWidth, 1, most) + 1e-6);
}
