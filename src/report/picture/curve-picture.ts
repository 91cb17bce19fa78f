// One curve over n, on a logarithmic axis, with its simultaneous band and the range of the gold's peak.

import type { GapRecord } from "../../core/run-record.ts";
import { markup, type Html } from "../markup.ts";

type Curve = NonNullable<GapRecord["curve"]>;

const [WIDTH, HEIGHT, LEFT, RIGHT, TOP, BOTTOM] = [360, 260, 52, 14, 26, 44];
const TITLES = { proxy: "specified: the proxy", gold: "intended: the gold" } as const;

export function curvePicture(
  curve: Curve,
  which: "proxy" | "gold",
  peak: GapRecord["peak"],
  id: string,
): Html {
  const most = curve.at(-1)?.n ?? 1;
  const [least, greatest] = endsOf(curve, which);
  const x = (n: number) =>
    round(LEFT + (Math.log(n) / Math.max(Math.log(most), 1e-9)) * (WIDTH - LEFT - RIGHT));
  const y = (value: number) =>
    round(HEIGHT - BOTTOM - ((value - least) / (greatest - least)) * (HEIGHT - TOP - BOTTOM));
  const path = (of: "point" | "low" | "high") => curve.map((p) => `${x(p.n)},${y(p[which][of])}`);
  return markup`<svg class="picture square" viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-labelledby="${id}-title ${id}-desc">
<title id="${id}-title">${TITLES[which]} against n</title>
<desc id="${id}-desc">${inWords(curve, which)}</desc>
<text class="name" x="${LEFT}" y="14">${TITLES[which]}</text>
${peak?.kind === "range" ? markup`<rect class="band" x="${Math.max(LEFT, x(peak.low) - 3)}" y="${TOP}" width="${round(x(peak.high) - x(peak.low) + 6)}" height="${HEIGHT - TOP - BOTTOM}" />` : undefined}
${ticksBetween(least, greatest).map(
  (
    tick,
  ) => markup`<line class="grid-line" x1="${LEFT}" x2="${WIDTH - RIGHT}" y1="${y(tick)}" y2="${y(tick)}" />
<text class="tick" x="${LEFT - 6}" y="${y(tick) + 4}" text-anchor="end">${label(tick)}</text> `,
)}
${nTicks(most).map(
  (n) => markup`<text class="tick" x="${x(n)}" y="${HEIGHT - BOTTOM + 16}" text-anchor="middle">${n}</text> `,
)}
<text class="axis-label" x="${round((LEFT + WIDTH - RIGHT) / 2)}" y="${HEIGHT - 8}" text-anchor="middle">best of n</text>
<polygon class="curve-band ${which}" points="${[...path("low"), ...path("high").toReversed()].join(" ")}" />
<polyline class="curve ${which}" points="${path("point").join(" ")}" />
</svg>`;
}

function endsOf(curve: Curve, which: "proxy" | "gold"): readonly [number, number] {
  const low = curve.reduce((least, p) => Math.min(least, p[which].low), Number.POSITIVE_INFINITY);
  const high = curve.reduce((most, p) => Math.max(most, p[which].high), Number.NEGATIVE_INFINITY);
  if (!(low < high)) return [(curve[0]?.[which].point ?? 0) - 1, (curve[0]?.[which].point ?? 0) + 1];
  const room = 0.05 * (high - low);
  return [low - room, high + room];
}

/** Round values, three to six of them. */
function ticksBetween(low: number, high: number): readonly number[] {
  const rough = (high - low) / 6;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = power * ([1, 2, 5, 10].find((factor) => factor * power >= rough) ?? 10);
  const first = Math.ceil(low / step);
  return Array.from({ length: Math.floor(high / step) - first + 1 }, (_, i) => (first + i) * step);
}

function nTicks(most: number): readonly number[] {
  const powers = Array.from({ length: Math.floor(Math.log2(most)) + 1 }, (_, i) => 2 ** i);
  const every = Math.ceil(powers.length / 7);
  return powers.filter((_, i) => i % every === 0);
}

function label(tick: number): string {
  return String(Number(tick.toPrecision(6))).replace("-", "\u2212");
}

function inWords(curve: Curve, which: "proxy" | "gold"): string {
  const shown = curve.filter(({ n }, i) => Number.isInteger(Math.log2(n)) || i === curve.length - 1);
  return shown
    .map((p) => {
      const { point, low, high } = p[which];
      return `Best of ${p.n}: ${point.toFixed(2)}, from ${low.toFixed(2)} to ${high.toFixed(2)}.`;
    })
    .join(" ");
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
