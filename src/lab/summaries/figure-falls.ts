// A panel of the figure: how far the truth falls from its peak, a row for each rater, a dot for each seed and a sign for all texts.

import { markup, type Html } from "../../report/markup.ts";
import { marker } from "../../report/picture/marker.ts";
import { wrap } from "../../report/picture/wrap.ts";
import { verdicts } from "../../report/verdicts.ts";
import { linear, ticksWithin, written, type Scale } from "./figure-axis.ts";
import type { Panel } from "./figure-panel.ts";
import type { FallRecord, RaterRecord } from "./seeds-record.ts";

type Outcome = Pick<RaterRecord["together"], "fall" | "verdict">;

export type FallSet = {
  readonly title: string;
  readonly note: string;
  readonly rows: readonly {
    readonly name: string;
    readonly seeds: readonly Outcome[];
    readonly together: Outcome;
  }[];
  /** In standard deviations of the truth. */
  readonly margin: number;
  /** Where the axis ends, so that panels can be compared. */
  readonly reach: number;
  /** Whether seeds get dots and are counted; else the verdict is that of all texts. */
  readonly severalSeeds: boolean;
};

const [LEFT, TOP, ROW, AXIS] = [172, 50, 36, 26];
/** As many letters of a reason as fit into a line of the narrow picture. */
const LETTERS = 25;

export function fallPanel({ title, note, rows, margin, reach, severalSeeds }: FallSet, width: number): Panel {
  const x = linear(0, reach, LEFT, width - 10);
  const bottom = TOP + rows.length * ROW;
  return {
    height: bottom + AXIS,
    inside: markup`<text class="name" x="0" y="14">${title}</text>
<text class="small" x="0" y="33">${note}</text>
<rect class="band" x="${LEFT}" y="${TOP - 6}" width="${x(margin) - LEFT}" height="${bottom - TOP + 6}" />
${ticksWithin(0, reach, 4).map(
  (
    tick,
  ) => markup`<line class="${tick === 0 ? "true-line" : "grid-line"}" x1="${x(tick)}" x2="${x(tick)}" y1="${TOP - 6}" y2="${bottom}" />
<text class="tick" x="${x(tick)}" y="${bottom + 17}" text-anchor="middle">${written(tick)}${tick === 0 ? "" : "\u00a0SD"}</text>
`,
)}
${rows.map((row, i) => drawn(row, severalSeeds, x, TOP + i * ROW))}
`,
    says: `${title} (${note}). ${rows.map((row) => inWords(row)).join(" ")}`,
  };
}

function drawn(
  { name, seeds, together }: FallSet["rows"][number],
  severalSeeds: boolean,
  x: Scale,
  y: number,
): Html {
  return markup`<text class="row" x="0" y="${y + 11}">${name}</text>
<text class="tally" x="0" y="${y + 26}">${tallyOf(seeds).map(
    ([verdict, count], i) =>
      markup`<tspan class="v-${verdict}" dx="${i === 0 ? 0 : 7}">${verdicts[verdict].sign} ${verdicts[verdict].word}${severalSeeds ? ` ${count}` : ""}</tspan>`,
  )}</text>
${(severalSeeds ? seeds : []).flatMap(({ fall, verdict }, i) => dot(fall, verdict, x, y + 6 + scattered(i)))}
${sign(together, x, y + 21)}
`;
}

function dot(fall: FallRecord, verdict: Outcome["verdict"], x: Scale, y: number): readonly Html[] {
  return fall.kind === "none"
    ? []
    : [markup`<circle class="v-${verdict} one" cx="${x(fall.point)}" cy="${y}" r="2.6" />\n`];
}

function sign({ fall, verdict }: Outcome, x: Scale, y: number): Html {
  if (fall.kind === "none")
    return markup`${wrap(fall.because, LETTERS, 2).map(
      (line, i) => markup`<text class="no-number" x="${LEFT + 8}" y="${y - 11 + i * 15}">${line}</text>\n`,
    )}`;
  return markup`<g class="v-${verdict}"><g class="whisker"><line x1="${x(fall.low)}" x2="${x(fall.high)}" y1="${y}" y2="${y}" /></g>
<g transform="translate(${x(fall.point)} ${y})">${marker(verdicts[verdict].shape)}</g></g>`;
}

/** Up or down by at most 6 pixels, so that equal dots are seen apart. */
function scattered(i: number): number {
  return ((i * 7) % 13) - 6;
}

function tallyOf(seeds: readonly Outcome[]): readonly (readonly [Outcome["verdict"], number])[] {
  return (["gap", "unclear", "holds", "could-not-test"] as const).flatMap((verdict) => {
    const count = seeds.filter((seed) => seed.verdict === verdict).length;
    return count === 0 ? [] : [[verdict, count] as const];
  });
}

function inWords({ name, seeds, together: { fall } }: FallSet["rows"][number]): string {
  const tally = tallyOf(seeds)
    .map(([verdict, count]) => `${verdicts[verdict].word} on ${count}`)
    .join(", ");
  return fall.kind === "none"
    ? `${name}: not measured, ${fall.because}.`
    : `${name}: falls by ${written(fall.point, 2)} SD, from ${written(fall.low, 2)} to ${written(fall.high, 2)}, n = ${fall.n} texts; of ${seeds.length} seeds ${tally}.`;
}
