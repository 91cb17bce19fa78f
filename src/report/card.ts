// The model card: YAML for the hub, then what was measured, the gaps, the known failure modes, the limits and the way to make it again.

import type { RunRecord } from "../core/run-record.ts";
import { beside } from "./card/beside.ts";
import { failureModes } from "./card/failure-modes.ts";
import { gapRows } from "./card/gap-rows.ts";
import { fence, inline, table } from "./card/markdown.ts";
import { metadata } from "./card/metadata.ts";
import { auditCommand } from "./command.ts";
import { whole } from "./figures.ts";
import { marginText } from "./margin-text.ts";
import { missingScores } from "./missing-scores.ts";
import { scoresFrom } from "./scores-from.ts";
import { viewOf } from "./sections/views.ts";
import { withoutStop } from "./section.ts";
import { subjectOf } from "./subject.ts";
import { sentences } from "./sentences.ts";

/** Markdown with front matter. Pure: the same record gives the same bytes. */
export function renderCard(record: RunRecord): string {
  const { manifest: m, gaps, suites } = record;
  const parts = [
    metadata(record),
    `# ${inline(m.model.title)}`,
    `How far this ${subjectOf(record)} falls short of what is intended, measured by Trueline ${inline(m.trueline)}. Every number stands with its interval and its n.`,
    ...sentences(record).map(inline),
    "## What was measured",
    suites.length === 0
      ? "Not measured: no suite was part of the run."
      : suites
          .map(({ title, method }) => `- **${inline(title)}**: ${method.map(inline).join(" ")}`)
          .join("\n"),
    "## Gaps",
    gapRows(gaps),
    `A *gap* is called where the whole interval lies beyond the margin, *holds* where it lies within, *unclear* where it reaches across; the margin of ${marginText(gaps, m.margin)} was fixed beforehand. ${measures(gaps)}`,
    "## Beside the gaps",
    beside(record),
    "## Known failure modes",
    failureModes(record),
    "## What could not be tested",
    untested(record),
    `## What this means for someone who only uses the ${subjectOf(record)}`,
    meanings(record),
    "## Limits",
    limits(record),
    "## How to reproduce this",
    gaps.length === 0
      ? "Not measured: the run measured nothing that could be reproduced."
      : fence(auditCommand(record), "sh"),
    pins(record),
  ];
  return `${parts.join("\n\n")}\n`;
}

/** In the words of the suites that have their own. */
function measures(gaps: RunRecord["gaps"]): string {
  return [...new Set(gaps.map(({ suite }) => viewOf(suite).measures?.says ?? PLAIN))].map(inline).join(" ");
}

const PLAIN = "A share runs from 0 to 100 %; an excess is treatment minus control in percentage points (pp).";

function untested({ gaps }: RunRecord): string {
  if (gaps.length === 0) return "Not measured: the run held no intention.";
  const none = gaps.flatMap(({ name, suite, gap }) =>
    gap.kind === "none"
      ? [`- **${inline(name)}** (${inline(suite)}): ${inline(withoutStop(gap.because))}.`]
      : [],
  );
  return none.length === 0 ? "Every intention that was planned got a number." : none.join("\n");
}

function meanings({ suites, gaps }: RunRecord): string {
  if (suites.length === 0) return "Not measured: no suite was part of the run.";
  return suites
    .map(({ name, title, meaning }) => {
      const verdict = gaps.find(({ suite }) => suite === name)?.verdict ?? "could-not-test";
      return `- **${inline(title)}**: ${inline(meaning[verdict] ?? "This suite says nothing for this verdict.")}`;
    })
    .join("\n");
}

function limits(record: RunRecord): string {
  const { manifest, suites, failed } = record;
  const missing = missingScores(record).total;
  return [
    subjectOf(record) === "model"
      ? "- The numbers hold for the questions that were drawn, in the language in which they are put, with this file and these settings. They say nothing of other languages, long conversations, tools, or a model under attack."
      : `- The numbers hold for what was measured: this file as these options read it${manifest.stages.length > 0 ? ", and the replies that were drawn" : ""}. They say nothing of other prompts, other samples or other raters.`,
    "- *Holds* means within the margin, not without fault.",
    manifest.model.revision.kind === "unpinned"
      ? `- Nothing pins this model: ${inline(withoutStop(manifest.model.revision.because))}.`
      : "",
    failed.length === 0 ? "" : `- ${whole(failed.length)} samples got no answer and count on neither side.`,
    missing === 0 ? "" : `- Graders that were called left ${whole(missing)} scores out.`,
    ...suites.flatMap(({ notes }) => notes.map((note) => `- ${inline(note)}`)),
  ]
    .filter((line) => line !== "")
    .join("\n");
}

function pins(record: RunRecord): string {
  const { manifest: m, tokens, gaps } = record;
  const revision = m.model.revision;
  const subject = subjectOf(record);
  return table(
    ["What", "Value"],
    [
      [subject === "model" ? "Model" : "Specification", inline(m.model.title)],
      [subject === "model" ? "Named as" : "File", inline(m.model.id)],
      revision.kind === "sha256"
        ? [`sha256 of the ${subject === "model" ? "model" : "file"}`, inline(revision.value)]
        : ["Revision of the model", `not pinned: ${inline(revision.because)}`],
      ["Trueline", inline(m.trueline)],
      ...(subject === "model"
        ? []
        : [["Measured on", inline(scoresFrom(m, viewOf(gaps[0]?.suite ?? "").stored).says)]]),
      ["Engine", inline(m.engine)],
      ["Self-check", inline(m.selfCheck)],
      ["Seed", String(m.seed)],
      ...(m.n === undefined
        ? []
        : [
            [
              "Items an arm",
              `${whole(m.n.choose)} by log-probability, ${whole(m.n.write)} where the model writes`,
            ],
          ]),
      ...(m.world === undefined
        ? []
        : [["World", inline(`${m.world.name}, version ${m.world.version}, ${m.world.facts} facts`)]]),
      ...(subject === "specification" && m.stages.length === 0
        ? []
        : [["Tokens", `${whole(tokens.prefilled)} prefilled, ${whole(tokens.decoded)} decoded`]]),
      ...m.stages.map(({ suite, stage, samples, sha256 }) => [
        inline(`Plan of ${suite}: ${stage}`),
        inline(`${samples} samples, sha256 ${sha256}`),
      ]),
    ],
  );
}
