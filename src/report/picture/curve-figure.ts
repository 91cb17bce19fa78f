// Proxy and gold under best-of-n, side by side, with the caption that says what is seen, and their table.

import type { GapRecord } from "../../core/run-record.ts";
import { whole } from "../figures.ts";
import { markup, type Html } from "../markup.ts";
import { tableHtml } from "../parts/table.ts";
import { curvePicture } from "./curve-picture.ts";

export function curveFigure({ curve = [], peak }: GapRecord, id: string): Html {
  const bound = curve.some(({ kl }) => kl.kind === "bound");
  return markup`<figure class="curves">
<div class="curve-pair">${curvePicture(curve, "proxy", peak, `${id}-proxy`)}${curvePicture(curve, "gold", peak, `${id}-gold`)}</div>
<figcaption>
Left what was specified, right what was intended, of the sample that the proxy likes best among n. The shaded
curve's band holds the whole curve at once.
${
  peak?.kind === "range"
    ? markup`The upright band marks every n that could be the peak of what was intended: <span class="plan">${rangeText(peak)}</span>.`
    : markup`Where the peak of what was intended lies can't be said: ${peak?.because ?? "the record holds none"}.`
}
</figcaption>
</figure>
<details class="as-table">
<summary>The same curves as a table</summary>
${tableHtml({
  caption: `Best of n${bound ? "; KL is an upper bound, since proxy scores tie" : ""}`,
  columns: [
    { head: "Best of", width: 12 },
    { head: "KL, nats", width: 14 },
    { head: "Proxy", width: 30 },
    { head: "Gold", width: 30 },
    { head: "Prompts", width: 14 },
  ],
  rows: curve.map(({ n, kl, proxy, gold }) => [
    markup`${whole(n)}`,
    markup`<span class="plan">${kl.value.toFixed(2)}</span>`,
    markup`<span class="estimate">${rangeOf(proxy)}</span>`,
    markup`<span class="estimate">${rangeOf(gold)}</span>`,
    markup`${whole(gold.n)}`,
  ]),
})}
</details>`;
}

function rangeText({ low, high }: { readonly low: number; readonly high: number }): string {
  return low === high ? `n = ${low}` : `n = ${low} to ${high}`;
}

function rangeOf({ point, low, high }: { point: number; low: number; high: number }): string {
  const write = (x: number) => x.toFixed(2).replace("-", "\u2212");
  return `${write(point)} [${write(low)},\u00a0${write(high)}]`;
}
