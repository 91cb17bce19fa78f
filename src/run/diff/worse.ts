// Whether a gap is worse in the second run: further from the intention, beyond the margin.

import type { EstimateRecord, GapRecord } from "../../core/run-record.ts";
import type { Difference } from "../../stats/estimate.ts";
import { independentDifference } from "../../stats/independent-difference.ts";
import type { Sides } from "./run-diff.ts";

/**
 * Reasons why B is worse; empty where it is not. Its verdict became gap; or the distance from the intention grew, shown by the whole interval,
 * and B's estimate lies beyond its margin. The distance is the size of an excess of a model, whichever way it points; else the value itself
 * (a rate; a specification's fall, of which less is never worse).
 * @param difference B minus A
 */
export function worseOf({ a, b }: Sides<GapRecord>, difference: Difference): readonly string[] {
  const became = b.verdict === "gap" && a.verdict !== "gap" ? ["its verdict became gap"] : [];
  if (difference.kind === "none" || a.gap.kind === "none" || b.gap.kind === "none") return became;
  const signed = b.of === "model" && b.kind === "excess";
  const beyond = (signed ? Math.abs(b.gap.point) : b.gap.point) > b.margin;
  const grew = signed ? grewInSize(a.gap, b.gap, difference) : difference.interval.low > 0;
  return beyond && grew
    ? [...became, "the whole interval of its difference leads away from the intention, beyond the margin"]
    : became;
}

type Measured = Exclude<EstimateRecord, { kind: "none" }>;

/** |B| > |A| where B - A and B + A are of one sign: a move from far below to a little above is no growth. */
function grewInSize(a: Measured, b: Measured, difference: Extract<Difference, { kind: "difference" }>) {
  const sound = [a, b].every(({ low, point, high }) => low <= point && point <= high);
  if (!sound) return false;
  const mirrored = { ...a, point: -a.point, low: -a.high, high: -a.low };
  const sum = independentDifference(mirrored, b, { shared: "units" });
  if (sum.kind === "none") return false;
  return (
    (difference.interval.low > 0 && sum.interval.low > 0) ||
    (difference.interval.high < 0 && sum.interval.high < 0)
  );
}
