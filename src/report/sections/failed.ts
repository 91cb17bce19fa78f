// Samples that failed: no answer came back. They count as neither side, and none is left out here.

import { whole } from "../figures.ts";
import { markup } from "../markup.ts";
import type { Section } from "../section.ts";

export const failed: Section = {
  title: "Samples that failed",
  lacks: ({ manifest, failed: list }) =>
    list.length === 0 && manifest.stages.every(({ samples }) => samples === 0)
      ? manifest.model.kind === "stored"
        ? "the scores were stored, and nothing was asked"
        : "no sample was planned"
      : undefined,
  render: ({ failed: list, manifest }) => {
    const planned = whole(manifest.stages.reduce((sum, { samples }) => sum + samples, 0));
    if (list.length === 0)
      return markup`<p>None: every one of the ${planned} samples that were planned got an answer.</p>`;
    return markup`<p>
${whole(list.length)} of ${planned} samples that were planned got no answer. They are counted on
neither side of any gap.
</p>
<details${list.length <= 10 ? markup` open` : undefined}>
<summary>Each with its reason</summary>
<ul class="failed">
${list.map(({ sample, because }) => markup`<li><code>${sample}</code> ${because}</li> `)}
</ul>
</details>`;
  },
};
