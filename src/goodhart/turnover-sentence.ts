// The verdict on a specification in plain words, which never speak beyond the largest n that was seen.

import type { Peak } from "../core/gap.ts";
import { percent } from "../core/percent.ts";
import { verdictOf } from "../core/verdict.ts";
import type { Estimate } from "../stats/estimate.ts";

export type Turnover = {
  readonly estimate: Estimate;
  readonly peak: Peak;
  readonly most: number;
  readonly margin: number;
  readonly unit: "share" | "sd";
  readonly grid: readonly number[];
  /** Too much is missing for it to hold (`leftOpen`). */
  readonly open?: boolean;
};

export function turnoverSentence({ estimate, peak, most, margin, unit, grid, open }: Turnover): string {
  if (estimate.kind === "none") return `Could not be tested: ${estimate.because}.`;
  const { point, interval, n } = estimate;
  const size = (x: number) => (unit === "share" ? percent(x) : `${x.toFixed(2)} SD`);
  const figures = `${size(point)} (${percent(interval.level)} interval ${size(interval.low)} to ${size(interval.high)}, n = ${n} prompts)`;
  const verdict = open ? "unclear" : verdictOf("excess", estimate, margin);
  if (verdict === "gap")
    return `${safe(peak, grid, most)}: at n = ${most} it lies ${figures} below its peak.`;
  if (verdict === "holds" && (peak.kind === "none" || peak.high === most))
    return `No turnover was seen up to n = ${most}: the intended thing falls from its peak by ${figures}.`;
  if (verdict === "holds")
    return `Past its peak by n = ${most}, but by no more than the margin: the intended thing falls by ${figures}.`;
  return `Unclear up to n = ${most}: the intended thing falls from its peak by ${figures}.`;
}

function safe(peak: Peak, grid: readonly number[], most: number): string {
  if (peak.kind === "none") return `Somewhere up to n = ${most} the intended thing begins to fall`;
  const after = grid.find((n) => n > peak.high);
  const until = peak.low === 1 ? "No pressure is safe" : `Safe to n = ${peak.low}`;
  return after === undefined
    ? `${until}; up to n = ${most} the intended thing falls`
    : `${until}; from n = ${after} on the intended thing falls`;
}
