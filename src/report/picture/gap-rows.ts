// The rows of a picture of gaps, in two layouts: words beside the axis on a wide page, above it on a narrow one.

import type { GapRecord } from "../../core/run-record.ts";
import { type Measured, scaleOf, whole, withInterval } from "../figures.ts";
import { markup, type Html } from "../markup.ts";
import { verdicts } from "../verdicts.ts";
import { at, span, type Axis } from "./axis.ts";
import { marker, ring } from "./marker.ts";
import { wrap } from "./wrap.ts";

export type Layout = "wide" | "narrow";

export type RowOptions = {
  /** The intentions as sentences below the names; left out where they stand beside the picture. */
  readonly withIntentions: boolean;
  /** Whether a gap's control is a number on the same axis. */
  readonly controlOnAxis: (gap: GapRecord) => boolean;
};

type Row = {
  readonly gap: GapRecord;
  readonly top: number;
  readonly height: number;
  /** Where the gap's whisker lies; the control's lies a little below. */
  readonly middle: number;
  readonly intention: readonly string[];
};

const LINE = 16;
/** Height of the strip that holds whisker and control on a narrow page; it begins this far above the middle. */
const STRIP = { above: 13, height: 36 };
const BELOW = 11;
const AXIS_HEIGHT = 26;
const PLOT = { wide: { left: 38, right: 78 }, narrow: { left: 2, right: 98 } } as const;
/** Characters of an intention in a line, by what the narrowest page of the layout can hold. */
const WIDTH = { wide: 48, narrow: 50 } as const;

export function drawRows(
  layout: Layout,
  gaps: readonly GapRecord[],
  { controlOnAxis, withIntentions }: RowOptions,
) {
  const axis: Axis = { from: gaps.some(({ kind }) => kind === "excess") ? -1 : 0, to: 1, ...PLOT[layout] };
  const rows = placed(layout, gaps, withIntentions);
  const last = rows.at(-1);
  const bottom = last === undefined ? 0 : last.top + last.height;
  const pieces = rows.map(
    (row) => markup`<g>
${track(axis, row)}
${mainLine(axis, row)}
${controlOnAxis(row.gap) ? controlLine(axis, row) : undefined}
${layout === "wide" ? wideWords(row) : narrowWords(row)}</g>
`,
  );
  const bands = rows.map((row) => band(axis, layout, row));
  return { rows: markup`${bands}${grid(axis, layout, rows, bottom)}${pieces}`, height: bottom + AXIS_HEIGHT };
}

function placed(layout: Layout, gaps: readonly GapRecord[], withIntentions: boolean): readonly Row[] {
  let top = 0;
  return gaps.map((gap) => {
    const intention = withIntentions ? wrap(gap.intention, WIDTH[layout], 3) : [];
    const words = LINE * (1 + intention.length);
    const height = layout === "wide" ? Math.max(words, 2 * LINE) + 10 : words + 72;
    const middle = layout === "wide" ? top + height / 2 - 5 : top + words + 24;
    const row = { gap, top, height, middle, intention };
    top += height;
    return row;
  });
}

/** The margin. On a wide page the bands of all rows meet; on a narrow one each keeps to its strip below the words. */
function band(axis: Axis, layout: Layout, { gap, top, height, middle }: Row): Html {
  const strip = layout === "wide" ? { y: top, height } : { y: middle - STRIP.above, height: STRIP.height };
  const low = gap.kind === "excess" ? -gap.margin : 0;
  return markup`<rect class="band" x="${at(axis, low)}" y="${strip.y}" width="${span(axis, low, gap.margin)}" height="${strip.height}" />`;
}

/** How far the gap's scale goes: from -1 for an excess, from 0 for a rate. */
function track(axis: Axis, { gap, middle }: Row): Html | undefined {
  if (gap.gap.kind === "none") return undefined;
  return markup`<line class="track" x1="${at(axis, gap.kind === "excess" ? -1 : 0)}" x2="${at(axis, 1)}" y1="${middle}" y2="${middle}" />`;
}

function grid(axis: Axis, layout: Layout, rows: readonly Row[], bottom: number): Html {
  const ticks = axis.from < 0 ? [-1, -0.5, 0, 0.5, 1] : [0, 0.25, 0.5, 0.75, 1];
  const strips =
    layout === "wide"
      ? [{ from: 0, to: bottom }]
      : rows.map(({ middle }) => ({ from: middle - STRIP.above, to: middle - STRIP.above + STRIP.height }));
  const lines = ticks.flatMap((tick) =>
    strips.map(
      ({ from, to }) =>
        markup`<line class="${tick === 0 ? "true-line" : "grid-line"}" x1="${at(axis, tick)}" x2="${at(axis, tick)}" y1="${from}" y2="${to}" />`,
    ),
  );
  const rules = rows
    .slice(1)
    .map(({ top }) => markup`<line class="rule" x1="0" x2="100%" y1="${top}" y2="${top}" />`);
  const labels = ticks.map(
    (tick, i) =>
      markup`<text class="tick" x="${at(axis, tick)}" y="${bottom + 17}" text-anchor="${anchorOf(layout, i, ticks.length)}">${tickLabel(tick, axis.from < 0, i === ticks.length - 1)}</text>`,
  );
  return markup`${rules}${lines}${labels}`;
}

function anchorOf(layout: Layout, i: number, of: number): string {
  if (layout === "wide" || (i > 0 && i < of - 1)) return "middle";
  return i === 0 ? "start" : "end";
}

function tickLabel(tick: number, signed: boolean, last: boolean): string {
  const sign = tick < 0 ? "\u2212" : tick > 0 && signed ? "+" : "";
  return `${sign}${Math.abs(tick) * 100}${last ? "\u00a0%" : ""}`;
}

function mainLine(axis: Axis, { gap, middle }: Row): Html {
  const { shape } = verdicts[gap.verdict];
  if (gap.gap.kind === "none")
    return markup`<text class="no-number" x="${at(axis, 0.5)}" y="${middle + 4}" text-anchor="middle">no number</text>`;
  return markup`<g class="v-${gap.verdict}">${whisker(axis, gap.gap, middle, 5)}<svg class="at" x="${at(axis, gap.gap.point)}" y="${middle}">
${marker(shape)}
</svg></g>`;
}

function controlLine(axis: Axis, { gap, middle }: Row): Html | undefined {
  const { value } = gap.control;
  if (value.kind === "none") return undefined;
  return markup`<g class="control">${whisker(axis, value, middle + BELOW, 3)}<svg class="at" x="${at(axis, value.point)}" y="${middle + BELOW}">
${ring()}
</svg></g>`;
}

function whisker(axis: Axis, { low, high }: Measured, y: number, cap: number): Html {
  const end = (x: number) =>
    markup`<line x1="${at(axis, x)}" x2="${at(axis, x)}" y1="${y - cap}" y2="${y + cap}" />`;
  return markup`<g class="whisker"><line x1="${at(axis, low)}" x2="${at(axis, high)}" y1="${y}" y2="${y}" />${end(low)}${end(high)}</g>`;
}

function wideWords({ gap, top, height, intention }: Row): Html {
  const first = top + (height - LINE * (1 + intention.length)) / 2 + 12;
  const right = top + (height - 2 * LINE) / 2 + 12;
  return markup`${nameAndIntention(gap, intention, first)}
${verdictWord(gap, "80.5%", right, "start")}
${gap.gap.kind === "none" ? undefined : markup`<text class="small" x="100%" y="${right}" text-anchor="end">${unitsText(gap)}</text>`}
<text class="value" x="80.5%" y="${right + LINE}">${valueText(gap)}</text>`;
}

function narrowWords({ gap, top, intention }: Row): Html {
  const first = top + 17;
  return markup`${nameAndIntention(gap, intention, first)}
${verdictWord(gap, "100%", first, "end")}
<text class="value" x="0" y="${first + LINE * (1 + intention.length) + 44}">${valueText(gap)}<tspan class="small" dx="8">${unitsText(gap)}</tspan></text>`;
}

function nameAndIntention(gap: GapRecord, intention: readonly string[], first: number): Html {
  return markup`<text class="name" x="0" y="${first}">${wrap(gap.name, 28, 1)[0]}</text>
<text class="small" y="${first}">${intention.map((line) => markup`<tspan x="0" dy="${LINE}">${line}</tspan>`)}</text>`;
}

function verdictWord(gap: GapRecord, x: string, y: number, anchor: "start" | "end"): Html {
  const { word, shape } = verdicts[gap.verdict];
  // The shape stands at the edge, since how long the word is drawn can't be known here.
  const [offset, dx] = anchor === "start" ? [7, 19] : [-7, -19];
  return markup`<g class="v-${gap.verdict}"><svg class="at" x="${x}" y="${y - 5}"><g transform="translate(${offset} 0)">${marker(shape)}</g></svg><text class="word" x="${x}" dx="${dx}" y="${y}" text-anchor="${anchor}">${word}</text></g>`;
}

/** Units only: the answers behind them stand in the table. */
function unitsText({ gap }: GapRecord): string {
  return `n\u00a0=\u00a0${whole(gap.n)}`;
}

function valueText(gap: GapRecord): string {
  return gap.gap.kind === "none" ? "not measured" : withInterval(gap.gap, scaleOf(gap), gap.margin);
}
