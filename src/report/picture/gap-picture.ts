// The picture of gaps: each a verdict's shape with its interval, its control as a hollow ring, the margin as a band, zero as the true line.

import type { GapRecord } from "../../core/run-record.ts";
import { markup, type Html } from "../markup.ts";
import { drawRows, type Layout } from "./gap-rows.ts";
import { pictureInWords } from "./in-words.ts";

export type PictureOptions = {
  /** Begins the ids of this picture's title and description; unique in the page. */
  readonly id: string;
  readonly title: string;
  /** Whether a gap's control is a number on the same axis. */
  readonly controlOnAxis: (gap: GapRecord) => boolean;
};

/** Twice the same picture, for a wide and for a narrow page; the style sheet shows one of them. */
export function gapPicture(gaps: readonly GapRecord[], options: PictureOptions): Html {
  return markup`${drawing("wide", gaps, options)}${drawing("narrow", gaps, options)}`;
}

function drawing(
  layout: Layout,
  gaps: readonly GapRecord[],
  { id, title, controlOnAxis }: PictureOptions,
): Html {
  const { rows, height } = drawRows(layout, gaps, controlOnAxis);
  return markup`<svg class="picture ${layout}" width="100%" height="${height}" role="img" aria-labelledby="${id}-${layout}-title ${id}-${layout}-desc">
<title id="${id}-${layout}-title">${title}</title>
<desc id="${id}-${layout}-desc">${pictureInWords(gaps)}</desc>
${rows}
</svg> `;
}
