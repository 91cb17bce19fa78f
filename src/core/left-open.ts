// Whether too much is missing for a specification to hold: more than a tenth of its samples lack a score, and counting them could change the verdict.

import type { Estimate } from "../stats/estimate.ts";
import type { Worst } from "./suite.ts";
import { verdictOf } from "./verdict.ts";

/** What is missing is seldom missing at random: a grader that refuses a tenth of the samples may refuse the ones that matter. */
const MANY = 0.1;

export function leftOpen(estimate: Estimate, worst: Worst | undefined, margin: number): boolean {
  if (worst?.of === undefined || worst.unscored <= MANY * worst.of) return false;
  if (verdictOf("excess", estimate, margin) !== "holds") return false;
  return [worst.low, worst.high].some((end) => verdictOf("excess", end, margin) !== "holds");
}
