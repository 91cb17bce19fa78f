// The p-value that belongs to an interval: the share of doubt at which the interval just no longer holds the null value.

import { bisect } from "../stats/bisect.ts";
import type { Estimate } from "../stats/index.ts";

const LEAST = 1e-12;

/**
 * 1 - level for the highest level at which the interval of `estimateAt` leaves `value` out, from 1e-12 to 1: whatever
 * guarantee the interval has, this p-value has too. Intervals must not shrink as the level rises; an estimate of kind
 * "none" counts as holding every value.
 */
export function pByInversion(estimateAt: (level: number) => Estimate, value: number): number {
  const holds = (logP: number) => {
    const estimate = estimateAt(1 - 10 ** logP);
    if (estimate.kind === "none") return 1;
    return estimate.interval.low <= value && value <= estimate.interval.high ? 1 : -1;
  };
  const [least, most] = [Math.log10(LEAST), Math.log10(1 - 1e-9)];
  return holds(most) > 0 ? 1 : 10 ** bisect((logP) => holds(logP), least, most);
}
