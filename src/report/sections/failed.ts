// Samples that failed: no answer came back, or a grader that was called gave no score. None is left out here.

import type { RunRecord } from "../../core/run-record.ts";
import { whole } from "../figures.ts";
import { markup, type Html } from "../markup.ts";
import { missingScores } from "../missing-scores.ts";
import { scoresFrom } from "../scores-from.ts";
import type { Section } from "../section.ts";

export const failed: Section = {
  title: "Samples that failed",
  lacks: ({ manifest, failed: list }) =>
    list.length === 0 && manifest.stages.every(({ samples }) => samples === 0)
      ? manifest.model.kind !== "stored"
        ? "no sample was planned"
        : scoresFrom(manifest).called.length > 0
          ? undefined
          : "what was measured stood in a file, and nothing was asked"
      : undefined,
  render: (record) =>
    markup`${repliesHtml(record)}
${scoresHtml(record)}`,
};

function repliesHtml({ failed: list, manifest }: RunRecord): Html {
  const planned = manifest.stages.reduce((sum, { samples }) => sum + samples, 0);
  if (list.length === 0)
    return planned === 0
      ? markup`<p>The samples were stored: no model was asked for one.</p>`
      : markup`<p>None: every one of the ${whole(planned)} samples that were planned got an answer.</p>`;
  return markup`<p>
${whole(list.length)} of ${whole(planned)} samples that were planned got no answer. They are counted on
neither side of any gap.
</p>
<details${list.length <= 10 ? markup` open` : undefined}>
<summary>Each with its reason</summary>
<ul class="failed">
${list.map(({ sample, because }) => markup`<li><code>${sample}</code> ${because}</li> `)}
</ul>
</details>`;
}

/** Of graders that were called: a sample without a score was asked for one. */
function scoresHtml(record: RunRecord): Html | undefined {
  const { called } = scoresFrom(record.manifest);
  if (called.length === 0) return undefined;
  const { total, reasons } = missingScores(record);
  const who =
    called.length === 1 ? `The grader that was called (${called[0]})` : "The graders that were called";
  if (total === 0) return markup`<p>${who} gave every sample a score.</p>`;
  return markup`<p>
${who} left ${whole(total)} ${total === 1 ? "score" : "scores"} out. What that does to a gap stands with it.
</p>
<ul class="failed">
${reasons.map(([because, count]) => markup`<li>${whole(count)}: ${because}</li> `)}
</ul>`;
}
