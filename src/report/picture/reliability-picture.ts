// The reliability diagram: how often answers were right, by how confident the model was; on the diagonal a model is calibrated.

import type { SuiteRecord } from "../../core/run-record.ts";
import { count, share, withInterval } from "../figures.ts";
import { markup, type Html } from "../markup.ts";

export type Reliability = NonNullable<SuiteRecord["reliability"]>;

const WIDTH = 360;
const HEIGHT = 330;
const LEFT = 64;
const RIGHT = 22;
const TOP = 12;
const BOTTOM = 48;
const TICKS = [0, 0.25, 0.5, 0.75, 1];

export function reliabilityPicture(bins: Reliability, id: string): Html {
  return markup`<svg class="picture square" viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-labelledby="${id}-title ${id}-desc">
<title id="${id}-title">How often answers were right, by how confident the model was</title>
<desc id="${id}-desc">${inWords(bins)}</desc>
${TICKS.map(tickLines)}
<line class="true-line" x1="${x(0)}" y1="${y(0)}" x2="${x(1)}" y2="${y(1)}" />
<text class="tick" x="${x(0.06)}" y="${y(0.93)}">less sure than right</text>
<text class="tick" x="${x(0.97)}" y="${y(0.04)}" text-anchor="end">surer than right</text>
<text class="axis-label" x="${x(0.5)}" y="${HEIGHT - 8}" text-anchor="middle">confidence</text>
<text class="axis-label" transform="translate(13 ${y(0.5)}) rotate(-90)" text-anchor="middle">
share of right answers
</text>
${bins.map(point)}
</svg>`;
}

function x(confidence: number): number {
  return round(LEFT + confidence * (WIDTH - LEFT - RIGHT));
}

function y(accuracy: number): number {
  return round(HEIGHT - BOTTOM - accuracy * (HEIGHT - TOP - BOTTOM));
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}

function tickLines(tick: number): Html {
  return markup`<line class="grid-line" x1="${x(tick)}" x2="${x(tick)}" y1="${y(0)}" y2="${y(1)}" />
<line class="grid-line" x1="${x(0)}" x2="${x(1)}" y1="${y(tick)}" y2="${y(tick)}" />
<text class="tick" x="${x(tick)}" y="${y(0) + 16}" text-anchor="middle">${share(tick)}</text>
<text class="tick" x="${x(0) - 6}" y="${y(tick) + 4}" text-anchor="end">${share(tick)}</text> `;
}

/** A bin without an estimate has no place in the picture; the table names it with its reason. */
function point({ confidence, accuracy }: Reliability[number]): Html {
  if (accuracy.kind === "none") return markup``;
  const [cx, low, high] = [x(confidence), y(accuracy.low), y(accuracy.high)];
  const cap = (at: number) => markup`<line x1="${cx - 4}" x2="${cx + 4}" y1="${at}" y2="${at}" />`;
  return markup`<g class="plain"><g class="whisker"><line x1="${cx}" x2="${cx}" y1="${low}" y2="${high}" />${cap(low)}${cap(high)}</g><circle class="dot" cx="${cx}" cy="${y(accuracy.point)}" r="4.5" /></g> `;
}

function inWords(bins: Reliability): string {
  return bins
    .map(({ confidence, accuracy }) => {
      const right =
        accuracy.kind === "none" ? `not measured, ${accuracy.because}` : `right ${withInterval(accuracy)}`;
      return `At a confidence of ${share(confidence)}: ${right}, ${count(accuracy)}.`;
    })
    .join(" ");
}
