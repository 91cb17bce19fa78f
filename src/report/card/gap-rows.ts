// The card's table of gaps: each with interval, n, control, verdict, and what its plan could have seen.

import type { EstimateRecord, GapRecord } from "../../core/run-record.ts";
import { count, inUnitOf, scaleOf, share, withInterval, type Scale, whole } from "../figures.ts";
import { marginText } from "../parts/gap-table.ts";
import { viewOf } from "../sections/views.ts";
import { withoutStop } from "../section.ts";
import { verdicts } from "../verdicts.ts";
import { inline, table } from "./markdown.ts";

export function gapRows(gaps: readonly GapRecord[]): string {
  if (gaps.length === 0) return "Not measured: the run held no intention.";
  return table(
    [
      "Gap",
      "Intention",
      "Measured [interval]",
      "n",
      "How",
      "Control",
      "Margin",
      "Verdict",
      "Smallest gap this plan could see",
    ],
    gaps.map((gap) => [
      inline(gap.name),
      inline(gap.intention),
      `${measured(gap.gap, scaleOf(gap), gap.margin)}${boundsText(gap)}`,
      count(gap.gap),
      gap.gap.kind === "none"
        ? "no interval, since there is no number"
        : inline(`${share(gap.gap.level)} interval, ${gap.gap.method}`),
      `${inline(gap.control.says)}: ${controlText(gap)}`,
      marginText(gap),
      `${verdicts[gap.verdict].sign} ${verdicts[gap.verdict].word}`,
      gap.detectable.kind === "none"
        ? notMeasured(gap.detectable.because)
        : inUnitOf(gap, gap.detectable.value),
    ]),
  );
}

function measured(estimate: EstimateRecord, scale: Scale = "percent", margin?: number): string {
  return estimate.kind === "none" ? notMeasured(estimate.because) : withInterval(estimate, scale, margin);
}

function controlText(gap: GapRecord): string {
  const { value } = gap.control;
  const text = measured(value, viewOf(gap.suite).controlScale === "percent" ? scaleOf(gap) : "decimal");
  return value.kind === "none" ? text : `${text}, ${count(value)}`;
}

/** A specification's ends stand there always: its sentence, which tells them too, is not in the card. */
function boundsText(gap: GapRecord): string {
  const { bounds } = gap;
  if (bounds.kind === "complete" || (gap.of === "model" && !bounds.changesVerdict)) return "";
  return `; ${whole(bounds.unscored)} unscored could make it ${inUnitOf(gap, bounds.low)} to ${inUnitOf(gap, bounds.high)}, which ${bounds.changesVerdict ? "could change" : "does not change"} the verdict`;
}

function notMeasured(because: string): string {
  return `not measured: ${inline(withoutStop(because))}`;
}
