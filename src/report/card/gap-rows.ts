// The card's table of gaps: each with interval, n, control, verdict, and what its plan could have seen.

import type { EstimateRecord, GapRecord } from "../../core/run-record.ts";
import { count, onScale, share, withInterval, type Scale, whole } from "../figures.ts";
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
      `${measured(gap.gap, "percent", gap.margin)}${boundsText(gap)}`,
      count(gap.gap),
      gap.gap.kind === "none"
        ? "no interval, since there is no number"
        : inline(`${share(gap.gap.level)} interval, ${gap.gap.method}`),
      `${inline(gap.control.says)}: ${controlText(gap)}`,
      marginText(gap),
      `${verdicts[gap.verdict].sign} ${verdicts[gap.verdict].word}`,
      gap.detectable.kind === "none"
        ? notMeasured(gap.detectable.because)
        : onScale(gap.kind, gap.detectable.value),
    ]),
  );
}

function measured(estimate: EstimateRecord, scale: Scale = "percent", margin?: number): string {
  return estimate.kind === "none" ? notMeasured(estimate.because) : withInterval(estimate, scale, margin);
}

function controlText({ suite, control: { value } }: GapRecord): string {
  const text = measured(value, viewOf(suite).controlScale);
  return value.kind === "none" ? text : `${text}, ${count(value)}`;
}

function boundsText({ kind, bounds }: GapRecord): string {
  if (bounds.kind === "complete" || !bounds.changesVerdict) return "";
  return `; ${whole(bounds.unscored)} unscored could make it ${onScale(kind, bounds.low)} to ${onScale(kind, bounds.high)}, which could change the verdict`;
}

function notMeasured(because: string): string {
  return `not measured: ${inline(withoutStop(because))}`;
}
