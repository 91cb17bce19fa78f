// The reliability diagram with its caption and its table.

import { share } from "../figures.ts";
import { markup, type Html } from "../markup.ts";
import { estimateTable } from "../parts/estimate-table.ts";
import { reliabilityPicture, type Reliability } from "./reliability-picture.ts";

export function reliabilityFigure(bins: Reliability, id: string): Html {
  const undrawn = bins.filter(({ accuracy }) => accuracy.kind === "none").length;
  return markup`<figure class="reliability">
${reliabilityPicture(bins, id)}
<figcaption>
Answers in groups of like confidence: how often each group was right, with its interval. A model whose
confidence can be taken at its word lies on the
diagonal.${undrawn === 0 ? undefined : markup` Groups without a number are not drawn: ${undrawn}.`}
</figcaption>
</figure>
<details class="as-table">
<summary>The same diagram as a table</summary>
${estimateTable(
  "Share of right answers by confidence",
  "Mean confidence",
  bins.map(({ confidence, accuracy }) => ({
    label: markup`<span class="plan">${share(confidence)}</span>`,
    value: accuracy,
  })),
  "percent",
)}
</details>`;
}
