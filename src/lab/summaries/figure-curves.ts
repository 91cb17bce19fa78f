// A panel of the figure: rating and truth gained against n, each seed thin, all texts thick with their band, and where the two part.

import { markup, type Html } from "../../report/markup.ts";
import { wrap } from "../../report/picture/wrap.ts";
import { linear, logarithmic, tenths, ticksWithin, written, type Scale } from "./figure-axis.ts";
import type { Panel } from "./figure-panel.ts";
import type { Ends, RaterRecord } from "./seeds-record.ts";

/** One pair of curves: the made-up candidates over seeds, or a model's own summaries. */
export type CurveSet = Pick<RaterRecord, "grid"> & {
  readonly title: string;
  /** Under the title: how much was measured. */
  readonly note: string;
  /** Each seed's own curves; none where there is but one sample. */
  readonly seeds: readonly { readonly rating: readonly number[]; readonly truth: readonly number[] }[];
  /** The band's points are those of the grid after its first, which is 1. */
  readonly together: Pick<RaterRecord["together"], "curve" | "peak">;
};

const [LEFT, RIGHT, TOP, BOTTOM, HEIGHT] = [30, 106, 50, 42, 340];
const LINE = 17;
/** A letter of small text is seldom wider, in pixels. */
const LETTER = 7;

/** @param ends of the vertical axis, so that panels can be compared: see `figureEnds` */
export function curvePanel(set: CurveSet, width: number, [low, high]: readonly [number, number]): Panel {
  const { title, note, together } = set;
  const { curve } = together;
  const head = markup`<text class="name" x="0" y="14">${title}</text>
<text class="small" x="0" y="33">${note}</text>`;
  if (curve.kind === "none") {
    const lines = wrap(`not drawn: ${curve.because}`, Math.floor(width / LETTER), 3);
    return {
      height: TOP + (lines.length + 1) * LINE,
      inside: markup`${head}
${lines.map((line, i) => markup`<text class="no-number" x="0" y="${TOP + (i + 1) * LINE}">${line}</text>\n`)}`,
      says: `${title}: not drawn, ${curve.because}.`,
    };
  }
  const most = set.grid.at(-1)!;
  const x = logarithmic(most, LEFT, width - RIGHT);
  const y = linear(low, high, HEIGHT - BOTTOM, TOP);
  const ns = powersOfTwo(most);
  const [rating, truth] = [curve.rating, curve.truth].map((band) => y(band.at(-1)!.point)) as [
    number,
    number,
  ];
  const labels = apart(rating, truth);
  return {
    height: HEIGHT,
    inside: markup`${head}
${parting(together.peak, most, x, width)}
${ticksWithin(low, high, 6).map((tick) => gridLine(tick, y, width))}
${ns.map((n) => markup`<text class="tick" x="${x(n)}" y="${HEIGHT - BOTTOM + 17}" text-anchor="middle">${n}</text>\n`)}
<text class="axis-label" x="${tenths((LEFT + width - RIGHT) / 2)}" y="${HEIGHT - 6}" text-anchor="middle">the best rated of n summaries</text>
${(["rating", "truth"] as const).map((of) => drawn(set, of, curve[of], { x, y, width, label: labels[of] }))}
`,
    says: `${title} (${note}). ${inWords(set, curve)}`,
  };
}

const CLASS = { rating: "proxy", truth: "gold" } as const;

function drawn(
  { grid, seeds }: CurveSet,
  of: "rating" | "truth",
  band: readonly Ends[],
  { x, y, width, label }: { x: Scale; y: Scale; width: number; label: number },
): Html {
  const path = (values: readonly number[]) => values.map((v, i) => `${x(grid[i]!)},${y(v)}`).join(" ");
  // At n = 1 nothing is gained by definition.
  const all = [{ point: 0, low: 0, high: 0 }, ...band];
  const outline = [
    path(all.map(({ low }) => low)),
    path(all.map(({ high }) => high))
      .split(" ")
      .toReversed()
      .join(" "),
  ].join(" ");
  const { point, low: least, high: greatest } = band.at(-1)!;
  const lines = [of, `${point > 0 ? "+" : ""}${written(point, 2)} SD`];
  return markup`${seeds.map((seed) => markup`<polyline class="curve ${CLASS[of]} one-seed" points="${path(seed[of])}" />\n`)}
<polygon class="curve-band ${CLASS[of]}" points="${outline}" />
<polyline class="curve ${CLASS[of]} all" points="${path(all.map(({ point: value }) => value))}" />
<g class="label ${CLASS[of]}">${lines.map((line, i) => markup`<text class="word" x="${width - RIGHT + 8}" y="${label + i * LINE}">${line}</text>\n`)}
<text class="tick" x="${width - RIGHT + 8}" y="${label + 2 * LINE}">[${written(least, 2)}, ${written(greatest, 2)}]</text></g>
`;
}

/** Where the labels of two ends begin, of three lines each: around the ends, or as far apart as they need. */
function apart(rating: number, truth: number): Readonly<Record<"rating" | "truth", number>> {
  const missing = Math.max(0, 3 * LINE + 4 - Math.abs(rating - truth)) / 2;
  const up = rating <= truth ? missing : -missing;
  return { rating: tenths(rating - up - LINE / 2), truth: tenths(truth + up - LINE / 2) };
}

function gridLine(tick: number, y: Scale, width: number): Html {
  return markup`<line class="${tick === 0 ? "true-line" : "grid-line"}" x1="${LEFT}" x2="${width - RIGHT}" y1="${y(tick)}" y2="${y(tick)}" />
<text class="tick" x="${LEFT - 7}" y="${y(tick) + 4}" text-anchor="end">${written(tick)}</text>
`;
}

/** The range in which the truth can have its peak, where that lies before the end: from there on the two part. */
function parting(
  peak: CurveSet["together"]["peak"],
  most: number,
  x: Scale,
  width: number,
): Html | undefined {
  if (peak.kind === "none" || peak.high >= most) return undefined;
  const from = tenths(x(peak.low) - 3);
  const right = x(peak.high) > (LEFT + width - RIGHT) / 2;
  return markup`<rect class="band" x="${from}" y="${TOP}" width="${tenths(x(peak.high) + 3 - from)}" height="${HEIGHT - TOP - BOTTOM}" />
<text class="small" x="${tenths(right ? from - 6 : x(peak.high) + 9)}" y="${TOP + 13}" text-anchor="${right ? "end" : "start"}">they part at ${rangeText(peak)}</text>`;
}

function rangeText({ low, high }: { readonly low: number; readonly high: number }): string {
  return low === high ? `n = ${low}` : `n = ${low} to ${high}`;
}

function powersOfTwo(most: number): readonly number[] {
  return Array.from({ length: Math.floor(Math.log2(most)) + 1 }, (_, i) => 2 ** i);
}

function inWords(
  { grid, together: { peak } }: CurveSet,
  curve: { readonly rating: readonly Ends[]; readonly truth: readonly Ends[] },
): string {
  const of = (name: "rating" | "truth", p: number) => {
    const { point, low, high } = curve[name][p - 1]!;
    return `${name} ${written(point, 2)} SD, from ${written(low, 2)} to ${written(high, 2)}`;
  };
  const shown = [...grid.keys()].filter((p) => p > 0 && Number.isInteger(Math.log2(grid[p]!)));
  const points = shown.map((p) => `Best of ${grid[p]!}: ${of("rating", p)}; ${of("truth", p)}.`).join(" ");
  return peak.kind === "none"
    ? `${points} Where the truth has its peak can't be said: ${peak.because}.`
    : `${points} The truth has its peak at ${rangeText(peak)}.`;
}
