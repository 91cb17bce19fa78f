// How many texts an audit has summarised, and how often each: about a minute on two cores, no curve with fewer than its band needs.

import type { PlanContext } from "../../core/suite.ts";
import { leastForCurves } from "../../stats/sup-t-band.ts";

/** Written items from which an audit is a thorough one. */
const THOROUGH = 300;

export function auditSize({ write }: PlanContext["n"]): {
  readonly texts: number;
  readonly candidates: number;
} {
  if (write < leastForCurves) return { texts: 0, candidates: 0 };
  return write < THOROUGH ? { texts: leastForCurves, candidates: 5 } : { texts: 50, candidates: 16 };
}
