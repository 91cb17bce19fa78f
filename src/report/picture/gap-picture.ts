// The picture of gaps: each a verdict's shape with its interval, its control as a hollow ring, the margin as a band, zero as the true line.

import type { GapRecord } from "../../core/run-record.ts";
import { markup, type Html } from "../markup.ts";
import { drawRows, type Layout, type RowOptions } from "./gap-rows.ts";
import { pictureInWords } from "./in-words.ts";

export type PictureOptions = RowOptions & {
  /** Begins the ids of this picture's title and description; unique in the page. */
  readonly id: string;
  readonly title: string;
};

/** Twice the same picture, for a wide and for a narrow page; the style sheet shows one of them. */
export function gapPicture(gaps: readonly GapRecord[], options: PictureOptions): Html {
  return markup`${drawing("wide", gaps, options)}${drawing("narrow", gaps, options)}`;
}

function drawing(layout: Layout, gaps: readonly GapRecord[], options: PictureOptions): Html {
  const { id, title } = options;
  const { rows, height } = drawRows(layout, gaps, options);
  return markup`<svg class="picture ${layout}" width="100%" height="${height}" role="img" aria-labelledby="${id}-${layout}-title ${id}-${layout}-desc">
<title id="${id}-${layout}-title">${title}</title>
<desc id="${id}-${layout}-desc">${pictureInWords(gaps)}</desc>
${rows}
</svg> `;
}
