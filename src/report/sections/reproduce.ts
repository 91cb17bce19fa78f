// How to make this run again, and what must come out the same.

import type { RunRecord } from "../../core/run-record.ts";
import { auditCommand } from "../command.ts";
import { markup, type Html } from "../markup.ts";
import { subjectOf } from "../subject.ts";
import { withoutStop, type Section } from "../section.ts";
import { specification } from "./specification.ts";
import { scoresFrom } from "../scores-from.ts";

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
    ? specificationHtml(record)
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
Every figure of this page comes from <code>run.json</code> in the run's folder${filesHtml(record)}.
</li>
</ul>`,
};

/** What was asked of a model or a grader is the same again only where it is stored. */
function specificationHtml(record: RunRecord): Html {
  const { drawn, called } = scoresFrom(record.manifest);
  if (!drawn && called.length === 0)
    return markup`<li>The same file, columns, seed and version give the same figures to the last digit.</li>`;
  const stored = drawn ? (called.length > 0 ? "replies and scores" : "replies") : "scores";
  return markup`<li>
Given again on this run's folder (<code>--out</code>), the command asks nothing that is stored: the same file, options and version
give the same figures to the last digit.
</li>
<li>
In a new folder the ${stored} are asked for anew, and the figures are the same only where whoever gives them gives the same again.
${
  drawn
    ? markup`The model that wrote the replies: ${withoutStop(String(record.manifest.model.details["its revision"] ?? "nothing is known of it"))}. A pinned model on the same machine
writes the same; one that a server runs may not.`
    : undefined
}${
    called.length > 0
      ? markup` A grader that calls a model, a judge above all, may give other scores; one that only computes gives the same.`
      : undefined
  }
</li>`;
}

function filesHtml(record: RunRecord): Html | undefined {
  if (subjectOf(record) === "model")
    return markup`;
<code>samples.jsonl</code> beside it holds each question and each answer`;
  const { drawn, called } = scoresFrom(record.manifest);
  const files = [
    ...(drawn ? [markup`<code>samples.jsonl</code> holds each prompt and each reply`] : []),
    ...(called.length > 0 ? [markup`<code>scores.jsonl</code> holds each score that was given`] : []),
    ...(record.suites.some(({ name }) => name === specification.suite)
      ? [
          markup`<code>prompts.jsonl</code> holds each prompt's own curves, by which <code>trueline diff</code> pairs two runs`,
        ]
      : []),
  ];
  return files.length === 0
    ? undefined
    : markup`; there ${files.map((file, i) => markup`${i === 0 ? "" : ", "}${file}`)}`;
}
