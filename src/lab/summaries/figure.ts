// The summaries figure as one SVG file: panels in two columns or, for a phone, in one, light and dark as the reader's system is.

import { markup } from "../../report/markup.ts";
import { pictures } from "../../report/style/pictures.ts";
import { theme } from "../../report/style/theme.ts";
import { curvePanel, type CurveSet } from "./figure-curves.ts";
import { figureEnds } from "./figure-ends.ts";
import { fallPanel, type FallSet } from "./figure-falls.ts";
import type { Panel } from "./figure-panel.ts";

export type FigureParts = {
  readonly title: string;
  readonly curves: readonly CurveSet[];
  readonly falls: readonly FallSet[];
};

/** In pixels; the narrow one is made for a screen of 390. */
const layouts = {
  wide: { columns: 2, panel: 400, between: 36, edge: 22 },
  narrow: { columns: 1, panel: 346, between: 0, edge: 14 },
} as const;
const BELOW = 30;

/** Text keeps the size that it is given: the picture is meant to be shown at about the width that it states. */
export function summariesFigure({ title, curves, falls }: FigureParts, layout: keyof typeof layouts): string {
  const { columns, panel, between, edge } = layouts[layout];
  const ends = figureEnds(curves);
  const panels = [
    ...curves.map((set) => curvePanel(set, panel, ends)),
    ...falls.map((set) => fallPanel(set, panel)),
  ];
  const placed = placesOf(panels, columns);
  const height = 2 * edge + placed.reduce((most, { y, of }) => Math.max(most, y + of.height), 0);
  const width = 2 * edge + columns * panel + (columns - 1) * between;
  const { text } =
    markup`<svg xmlns="http://www.w3.org/2000/svg" class="picture" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-labelledby="title desc">
<title id="title">${title}</title>
<desc id="desc">${panels.map(({ says }) => says).join(" ")}</desc>
<style>
${theme}${pictures}${own}</style>
<rect class="paper" width="${width}" height="${height}" rx="6" />
${placed.map(
  ({ of, column, y }) => markup`<g transform="translate(${edge + column * (panel + between)} ${edge + y})">
${of.inside}</g>
`,
)}</svg>
`;
  return text;
}

type Placed = { readonly of: Panel; readonly column: number; readonly y: number };

/** Each panel goes where it can stand highest, of equals to the left. */
function placesOf(panels: readonly Panel[], columns: number): readonly Placed[] {
  const filled = Array.from({ length: columns }, () => 0);
  return panels.map((of) => {
    const y = Math.min(...filled);
    const column = filled.indexOf(y);
    filled[column] = y + of.height + BELOW;
    return { of, column, y };
  });
}

/** What the report's pictures do not have. */
const own = markup`.paper { fill: var(--paper); }
.curve.one-seed { stroke-width: .75; stroke-opacity: .4; }
.curve.all { stroke-width: 2.5; }
.curve-band.gold { fill: var(--gap); fill-opacity: .3; }
.label.proxy { color: var(--ink); }
.label.gold { color: var(--gap); }
.tally { font: 12.5px var(--sans); font-variant-numeric: tabular-nums; }
.picture .tally tspan { fill: currentColor; }
.one { fill: currentColor; fill-opacity: .65; }
`;
