// A picture of gaps with its caption: what each sign of it stands for.

import type { GapRecord } from "../../core/run-record.ts";
import { points } from "../figures.ts";
import { markup, type Html } from "../markup.ts";
import { gapPicture, type PictureOptions } from "./gap-picture.ts";

export function gapFigure(gaps: readonly GapRecord[], options: PictureOptions, caption: Html): Html {
  return markup`<figure class="gaps">
${gapPicture(gaps, options)}
<figcaption>${caption}</figcaption>
</figure>`;
}

/** For a suite's own picture; the signs are explained under the first picture of the page. */
export function suiteGapFigure(gaps: readonly GapRecord[], id: string, controlOnAxis = true): Html {
  const margin = gaps[0]?.margin;
  const band =
    margin === undefined
      ? undefined
      : markup`The band is the margin of <span class="plan">${points(margin, false)}</span>. `;
  const control = controlOnAxis
    ? markup`The hollow ring is the control, with its own interval.`
    : markup`The control is a number on another scale and stands in the table.`;
  return gapFigure(
    gaps,
    {
      id,
      title: "Each gap with its interval and its control",
      withIntentions: false,
      controlOnAxis: () => controlOnAxis,
    },
    markup`${band}${control}`,
  );
}
