// The table of gaps: everything that the record knows of each, in words and figures; what a picture shows can be read here too.

import type { GapRecord } from "../../core/run-record.ts";
import type { Asked } from "../asked-of.ts";
import { inUnitOf, scaleOf, type Scale, whole } from "../figures.ts";
import { markup, type Html } from "../markup.ts";
import { absentHtml, estimateHtml, methodHtml, verdictHtml } from "./estimate.ts";
import { tableHtml } from "./table.ts";

export type GapTableOptions = {
  readonly caption: string;
  readonly controlScale: (gap: GapRecord) => Scale;
  /** What the gap is made of, where its suite has words of its own for that. */
  readonly measures: (gap: GapRecord) => string | undefined;
  readonly asked: Asked;
};

export const GAP_TABLE_CAPTION =
  "Smallest detectable is the true value that this plan would have called a gap with probability 0.8.";

export function gapTable(gaps: readonly GapRecord[], options: GapTableOptions): Html {
  const { caption, controlScale, measures, asked } = options;
  return tableHtml({
    caption,
    columns: [
      { head: "Gap", width: 14 },
      { head: "Measured", width: 22 },
      { head: "Control", width: 25 },
      { head: "Verdict", width: 16 },
      { head: "Smallest detectable", width: 11 },
      { head: asked.head, width: 12 },
    ],
    rows: gaps.map((gap) => [
      markup`${gap.name}<span class="kind">${measures(gap) ?? (gap.kind === "excess" ? "treatment minus control" : "share")}</span>`,
      markup`${estimateHtml(gap.gap, scaleOf(gap), gap.margin)}${methodHtml(gap.gap)}${boundsHtml(gap)}`,
      markup`<span class="says">${gap.control.says}</span>
${estimateHtml(gap.control.value, controlScale(gap) === "percent" ? scaleOf(gap) : controlScale(gap))}`,
      markup`${verdictHtml(gap.verdict)}<span class="how">margin <span class="plan">${marginText(gap)}</span></span>`,
      detectableHtml(gap),
      markup`${asked.says(gap)}`,
    ]),
  });
}

export function marginText(gap: GapRecord): string {
  const size = inUnitOf(gap, gap.margin, false);
  return gap.kind === "excess" ? `±${size}` : size;
}

/** Unscored answers are told wherever there are any; their ends are printed where they could change the verdict. */
function boundsHtml(gap: GapRecord): Html | undefined {
  const { bounds } = gap;
  if (bounds.kind === "complete") return undefined;
  const unscored = `${whole(bounds.unscored)} unscored`;
  if (!bounds.changesVerdict)
    return markup`<span class="how">${unscored}; counted as badly and as well as was tried, they do not change the verdict</span>`;
  const ends = `${inUnitOf(gap, bounds.low)} to ${inUnitOf(gap, bounds.high)}`;
  return markup`<span class="how warn">${unscored}: counted one way or the other, the value is <span class="plan">${ends}</span>, which could
change the verdict</span>`;
}

function detectableHtml(row: GapRecord): Html {
  const { detectable, gap } = row;
  // The reason why there is no number stands in the row already.
  if (gap.kind === "none") return absentHtml("there is no number to judge by");
  return detectable.kind === "none"
    ? absentHtml(detectable.because)
    : markup`<span class="plan">${inUnitOf(row, detectable.value)}</span>`;
}
