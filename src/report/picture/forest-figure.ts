// What a score goes with, as a forest plot: each attribute with its interval, and the same with the scores shuffled as a hollow ring.

import type { EstimateRecord, SuiteRecord } from "../../core/run-record.ts";
import { withInterval } from "../figures.ts";
import { markup, type Html } from "../markup.ts";
import { absentHtml, estimateHtml } from "../parts/estimate.ts";
import { tableHtml } from "../parts/table.ts";
import { at, type Axis } from "./axis.ts";
import { ring } from "./marker.ts";

type Rows = NonNullable<SuiteRecord["correlates"]>;

const [ROW, TOP] = [34, 8];

export function forestFigure(rows: Rows, id: string): Html {
  const drawn = rows.filter(({ plain }) => plain.kind !== "none");
  const absent = rows.filter(({ plain }) => plain.kind === "none");
  return markup`<figure class="forest">
${drawn.length === 0 ? undefined : picture(drawn, id)}
<figcaption>
How the score goes with each attribute among the samples of one prompt, from −1 to 1: correlates, not causes. Filled marks stand
out among all attributes tested. The hollow ring is the same with the scores shuffled: what chance alone shows here.
${absent.length === 0 ? undefined : markup`Not drawn: ${absent.map(({ name }) => name).join(", ")}; the table says why.`}
</figcaption>
</figure>
<details class="as-table">
<summary>The same as a table</summary>
${tableHtml({
  caption: "Correlates of the score within prompts",
  columns: [
    { head: "Attribute", width: 34 },
    { head: "Correlate", width: 22 },
    { head: "Length held fixed", width: 22 },
    { head: "Scores shuffled", width: 22 },
  ],
  rows: rows.map(({ name, says, plain, lengthFixed, shuffled, discovered }) => [
    markup`<b>${name}</b>${discovered ? " *" : ""} <span class="small">${says}</span>`,
    cell(plain),
    cell(lengthFixed),
    cell(shuffled),
  ]),
})}
</details>`;
}

/** By intervention: each attribute changed in the same texts and nothing else of substance; nulls show the grader's noise. */
export function rewardsFigure(rewards: NonNullable<SuiteRecord["rewards"]>, id: string): Html {
  const none: EstimateRecord = { kind: "none", because: "an edit is its own comparison", n: 0 };
  const rows = rewards.map(({ name, says, kind, difference, discovered }) => ({
    name: kind === "null" ? `${name} (null)` : name,
    says,
    plain: difference,
    lengthFixed: none,
    shuffled: none,
    discovered,
  }));
  const drawn = rows.filter(({ plain }) => plain.kind !== "none");
  return markup`<figure class="forest">
${drawn.length === 0 ? undefined : picture(drawn, id)}
<figcaption>
How far the score moves, in its own standard deviations, when a text is given more of one attribute and nothing else of substance.
Filled marks stand out among all attributes tested; the nulls change nothing that should count and show the noise.
</figcaption>
</figure>
<details class="as-table">
<summary>The same as a table</summary>
${tableHtml({
  caption: "Counterfactual pairs: edited minus control",
  columns: [
    { head: "Attribute", width: 55 },
    { head: "Moves the score by (SD)", width: 45 },
  ],
  rows: rows.map(({ name, says, plain, discovered }) => [
    markup`<b>${name}</b>${discovered ? " *" : ""} <span class="small">${says}</span>`,
    cell(plain),
  ]),
})}
</details>`;
}

function cell(estimate: EstimateRecord): Html {
  return estimate.kind === "none"
    ? absentHtml(estimate.because, estimate.n)
    : estimateHtml(estimate, "decimal");
}

function picture(rows: Rows, id: string): Html {
  const reach = rows.reduce(
    (most, { plain, shuffled }) => Math.max(most, endOf(plain), endOf(shuffled)),
    0.1,
  );
  const axis: Axis = { from: -reach, to: reach, left: 34, right: 94 };
  const bottom = TOP + rows.length * ROW;
  const ticks = [-reach, 0, reach].map((tick) => Math.trunc(tick * 100) / 100);
  return markup`<svg class="picture" width="100%" height="${bottom + 24}" role="img" aria-labelledby="${id}-title ${id}-desc">
<title id="${id}-title">What the score goes with</title>
<desc id="${id}-desc">${rows.map(inWords).join(" ")}</desc>
${ticks.map(
  (
    tick,
  ) => markup`<line class="${tick === 0 ? "true-line" : "grid-line"}" x1="${at(axis, tick)}" x2="${at(axis, tick)}" y1="0" y2="${bottom}" />
<text class="tick" x="${at(axis, tick)}" y="${bottom + 17}" text-anchor="middle">${String(tick).replace("-", "\u2212")}</text> `,
)}
${rows.map((row, i) => drawn(row, axis, TOP + i * ROW + 10))}
</svg>`;
}

function drawn({ name, plain, shuffled, discovered }: Rows[number], axis: Axis, y: number): Html {
  return markup`<text class="name" x="0" y="${y + 5}">${name}</text>
${whisker(plain, axis, y, "plain")}
${plain.kind === "none" ? undefined : markup`<circle class="${discovered ? "dot" : "ring"} plain" cx="${at(axis, plain.point)}" cy="${y}" r="4.5" fill="${discovered ? "currentColor" : "none"}" stroke="currentColor" />`}
${
  shuffled.kind === "none"
    ? undefined
    : markup`<g class="control">${whisker(shuffled, axis, y + 11, "control")}<svg class="at" x="${at(axis, shuffled.point)}" y="${y + 11}">${ring()}</svg></g>`
} `;
}

function whisker(estimate: EstimateRecord, axis: Axis, y: number, style: string): Html | undefined {
  return estimate.kind === "none"
    ? undefined
    : markup`<g class="${style}"><g class="whisker"><line x1="${at(axis, estimate.low)}" x2="${at(axis, estimate.high)}" y1="${y}" y2="${y}" /></g></g>`;
}

function endOf(estimate: EstimateRecord): number {
  return estimate.kind === "none" ? 0 : Math.max(Math.abs(estimate.low), Math.abs(estimate.high));
}

function inWords({ name, plain, discovered }: Rows[number]): string {
  return plain.kind === "none"
    ? `${name}: not measured.`
    : `${name}: ${withInterval(plain, "decimal")}${discovered ? ", stands out" : ""}.`;
}
