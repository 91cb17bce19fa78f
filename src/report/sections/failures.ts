// Known failures: each that the record holds, with the command that asks for it again.

import { markup, type Html } from "../markup.ts";
import { commandsHtml } from "../parts/finding.ts";
import { subjectOf } from "../subject.ts";
import type { Section } from "../section.ts";
import type { RunRecord } from "../../core/run-record.ts";

export const failures: Section = {
  title: "Known failures",
  lacks: ({ gaps, findings }) =>
    gaps.length === 0 && findings.length === 0 ? "nothing was asked, so no failure could be seen" : undefined,
  render: (record) => {
    const { findings } = record;
    if (findings.length === 0) return markup`<p>The record holds no failure.</p>`;
    const groups = Map.groupBy(findings, ({ suite, gap }) => JSON.stringify([suite, gap]));
    const how =
      subjectOf(record) === "model"
        ? "Each command asks the same sample again, with the same words, the same settings and the same place in its batch, and shows the stored answer beside the new one."
        : "What the score likes best beside what is best in truth, where they part most; each with its place in the file.";
    return markup`<p>${how}</p>
${[...groups.values()].map(groupHtml)}`;
  },
};

/** The first of a group is in sight, the others are folded away. */
function groupHtml(findings: RunRecord["findings"]): Html {
  const [first, ...others] = findings;
  if (first === undefined) return markup``;
  return markup`<div class="failures">
<h3>${first.gap} <span class="small">${first.suite}, ${findings.length} in the record</span></h3>
<p>${first.says}</p>
${commandsHtml(first)}
${
  others.length === 0
    ? undefined
    : markup`<details><summary>${others.length} more of this kind</summary>
<ol start="2">${others.map(listed)}</ol>
</details>`
}
</div>
`;
}

function listed(finding: RunRecord["findings"][number]): Html {
  return markup`<li><p>${finding.says}</p>
${commandsHtml(finding)}</li>
`;
}
