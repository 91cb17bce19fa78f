// How to make this run again, and what must come out the same.

import { auditCommand } from "../command.ts";
import { markup } from "../markup.ts";
import { subjectOf } from "../subject.ts";
import type { Section } from "../section.ts";

export const reproduce: Section = {
  title: "How to reproduce this",
  lacks: ({ gaps, suites }) =>
    gaps.length === 0 && suites.length === 0
      ? "the run measured nothing that could be reproduced"
      : undefined,
  render: (record) =>
    markup`<p class="commands"><code class="command">${auditCommand(record)}</code></p>
<ul>
${
  subjectOf(record) === "specification"
    ? markup`<li>The same file, columns, seed and version give the same figures to the last digit.</li>`
    : record.manifest.model.revision.kind === "sha256"
      ? markup`<li>
The same file, seed and version plan the same samples: the hashes of the plan above must be
equal. On the same machine the gaps are equal to the last digit; on another, rounding in the
matmuls may move a number in its last digits.
</li>`
      : markup`<li>
The same seed and version plan the same samples: the hashes of the plan above must be equal.
Nothing pins the model itself, so its answers may differ.
</li>`
}
<li>
Every figure of this page comes from <code>run.json</code> in the run's folder${
      subjectOf(record) === "model"
        ? markup`;
<code>samples.jsonl</code> beside it holds each question and each answer`
        : undefined
    }.
</li>
</ul>`,
};
