// One measured number as the page shows it: never without its interval and its n, and "not measured" with its reason where there is none.

import type { EstimateRecord, GapRecord } from "../../core/run-record.ts";
import { count, figures, share, type Scale } from "../figures.ts";
import { markup, type Html } from "../markup.ts";
import { withoutStop } from "../section.ts";
import { verdicts } from "../verdicts.ts";
import { inlineMarker } from "../picture/marker.ts";

export function estimateHtml(estimate: EstimateRecord, scale: Scale = "percent", margin?: number): Html {
  if (estimate.kind === "none") return absentHtml(estimate.because, estimate.n);
  const { point, low, high } = figures(estimate, scale, margin);
  return markup`<span class="estimate"><span class="ends"><b>${point}</b> [${low},\u00a0${high}]</span>
<span class="n">${count(estimate)}</span></span>`;
}

/** How the interval was made: its level and its method. */
export function methodHtml(estimate: EstimateRecord): Html | undefined {
  if (estimate.kind === "none") return undefined;
  return markup`<span class="how"><span class="plan">${share(estimate.level)}</span> interval, ${estimate.method}</span>`;
}

export function absentHtml(because: string, n?: number): Html {
  const counted =
    n === undefined || n === 0 ? undefined : markup` <span class="n">(n\u00a0=\u00a0${n})</span>`;
  return markup`<span class="absent"><b>not measured</b>: ${withoutStop(because)}${counted}</span>`;
}

export function verdictHtml(verdict: GapRecord["verdict"]): Html {
  const { word, shape } = verdicts[verdict];
  return markup`<span class="verdict v-${verdict}">${inlineMarker(shape)}${word}</span>`;
}
