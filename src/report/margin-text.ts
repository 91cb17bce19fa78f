// The margin in the unit of the gaps that it is held against: a share, standard deviations, or both.

import type { GapRecord } from "../core/run-record.ts";
import { inUnitOf, scaleOf, share } from "./figures.ts";

export function marginText(gaps: readonly GapRecord[], margin: number): string {
  const inSd = gaps.find((gap) => scaleOf(gap) === "sd");
  if (inSd === undefined) return share(margin);
  const ofSd = inUnitOf(inSd, margin, false);
  return gaps.every((gap) => scaleOf(gap) === "sd")
    ? ofSd
    : `${share(margin)} (${ofSd} where standard deviations are counted)`;
}
