// The first screen: the model's full title, three sentences made from the data, and one picture of all gaps.

import type { GapRecord, RunRecord } from "../core/run-record.ts";
import { points, share } from "./figures.ts";
import { markup, type Html } from "./markup.ts";
import { verdictHtml } from "./parts/estimate.ts";
import { GAP_TABLE_CAPTION, gapTable } from "./parts/gap-table.ts";
import { askedOf } from "./asked-of.ts";
import { curveFigure } from "./picture/curve-figure.ts";
import { gapFigure } from "./picture/gap-figure.ts";
import { notMeasured } from "./section.ts";
import { sentences } from "./sentences.ts";
import { subjectOf } from "./subject.ts";
import { viewOf } from "./sections/views.ts";
import { verdicts } from "./verdicts.ts";

export function opening(record: RunRecord): Html {
  const { gaps, manifest, timing } = record;
  return markup`<header>
<h1>${manifest.model.title}</h1>
<p class="what">
How far this ${subjectOf(record)} falls short of what is intended. Measured by Trueline ${manifest.trueline} on
${day(timing.startedAt)}.
</p>
<div class="abstract">${sentences(record).map((sentence) => markup`<p>${sentence}</p> `)}</div>
</header>
${gaps.length === 0 ? notMeasured("the run held no intention") : firstPicture(record)}`;
}

/** Of a model all gaps on one axis; of a specification its curves. */
function firstPicture(record: RunRecord): Html {
  const { gaps } = record;
  const [first] = gaps;
  if (first?.curve === undefined) return picture(record);
  return first.curve.length > 0
    ? markup`<p class="found">${verdictHtml(first.verdict)} ${first.says}</p>
${curveFigure(first, "curve-1")}`
    : notMeasured(first.gap.kind === "none" ? first.gap.because : "the record holds no curve");
}

function picture(record: RunRecord): Html {
  const { gaps } = record;
  const scaleOf = (gap: GapRecord) => viewOf(gap.suite).controlScale;
  const onAxis = (gap: GapRecord) => scaleOf(gap) === "percent";
  const options = {
    id: "all-gaps",
    title: "Each intention with its gap, its interval and its control",
    withIntentions: true,
    controlOnAxis: onAxis,
  };
  return markup`${gapFigure(gaps, options, caption(record))}
<details class="as-table">
<summary>The same picture as a table</summary>
${gapTable(gaps, {
  caption: GAP_TABLE_CAPTION,
  controlScale: scaleOf,
  measures: ({ suite }) => viewOf(suite).measures?.short,
  asked: askedOf(record, viewOf(gaps[0]?.suite ?? "").stored),
})}
</details>`;
}

function caption(record: RunRecord): Html {
  const { gaps, manifest } = record;
  const levels = [...new Set(gaps.flatMap(({ gap }) => (gap.kind === "none" ? [] : [gap.level])))];
  const [level] = levels;
  const interval =
    levels.length === 1 && level !== undefined
      ? markup`its <span class="plan">${share(level)}</span> interval`
      : markup`its interval`;
  const used = (Object.keys(verdicts) as (keyof typeof verdicts)[]).filter((verdict) =>
    gaps.some((gap) => gap.verdict === verdict),
  );
  const inSd = gaps.some(({ unit, gap }) => unit === "sd" && gap.kind !== "none");
  const apart = gaps.some(
    (gap) => viewOf(gap.suite).controlScale !== "percent" && gap.control.value.kind !== "none",
  );
  return markup`The vertical line at 0 is what is intended. Each mark is how far the ${subjectOf(record)} is from it, with ${interval}; the hollow ring below is the
control. ${measures(gaps)}${apart ? " A control on another scale stands in the table." : undefined}${inSd ? " Of a gap in standard deviations (SD) one SD is drawn as 100 %." : undefined} The shaded band is the margin of <span class="plan">${points(manifest.margin, false)}</span>, fixed beforehand.
${used.map((verdict) => markup`<span class="key">${verdictHtml(verdict)} ${verdicts[verdict].rule}.</span> `)}`;
}

/** In the words of the suites that have their own; else an excess is treatment minus control. */
function measures(gaps: readonly GapRecord[]): Html {
  const own = [...new Set(gaps.map(({ suite }) => viewOf(suite).measures?.says))];
  return markup`${own.map((says) => (says === undefined ? PLAIN : markup`${says} `))}`;
}

const PLAIN = markup`A share runs from <span class="plan">0 to 100 %</span>; an excess is treatment minus control, from <span class="plan">−100 to +100 percentage points</span>, so
that its control is taken away already. `;

function day(startedAt: string): string {
  return /^\d{4}-\d\d-\d\d/u.exec(startedAt)?.[0] ?? "a day that the record does not tell";
}
