// The card's known failure modes: one row for each gap that shows itself, and below it one piece of evidence for each.

import type { FindingRecord, RunRecord } from "../../core/run-record.ts";
import { cutShort } from "../cut.ts";
import { count, scaleOf, whole, withInterval } from "../figures.ts";
import { viewOf } from "../sections/views.ts";
import { verdicts } from "../verdicts.ts";
import { code, fence, inline, table } from "./markdown.ts";

/** Characters of a turn; the record holds more. */
const TURN = 600;

export function failureModes({ gaps, findings }: RunRecord): string {
  if (gaps.length === 0) return "Not measured: the run held no intention.";
  const groups = [...Map.groupBy(findings, ({ suite, gap }) => JSON.stringify([suite, gap])).values()];
  if (groups.length === 0) return "The record holds no failure. That is no proof that there are none.";
  const rows = groups.flatMap((group) => {
    const [first] = group;
    if (first === undefined) return [];
    const gap = gaps.find(({ suite, name }) => suite === first.suite && name === first.gap);
    const size =
      gap === undefined || gap.gap.kind === "none"
        ? "not measured"
        : `${withInterval(gap.gap, scaleOf(gap), gap.margin)}, ${count(gap.gap)}`;
    const verdict = gap === undefined ? "not measured" : verdicts[gap.verdict].word;
    return [
      [
        inline(first.gap),
        inline(first.says),
        verdict,
        size,
        `${whole(group.length)} in the record`,
        inline(first.evidence[0]?.sample ?? "none"),
      ],
    ];
  });
  return [
    "Single failures stand here even where the intention holds within its margin.",
    table(["Failure mode", "What happens", "Verdict", "Gap", "Evidence", "First sample"], rows),
    ...groups.flatMap((group) => group.slice(0, 1)).map(evidence),
  ].join("\n\n");
}

function evidence(finding: FindingRecord): string {
  const limit = viewOf(finding.suite).replyLimit ?? TURN;
  return [
    `### ${inline(finding.gap)}`,
    `${inline(finding.says)}`,
    ...finding.evidence.flatMap((shown) => [
      `${inline(shown.arm)}, sample ${code(shown.sample)}:`,
      fence(
        [
          ...shown.messages.map(({ role, content }) => `${role}: ${cut(content, TURN)}`),
          ...(shown.opening === "" ? [] : [`reply begins (given): ${cut(shown.opening, TURN)}`]),
          `reply: ${shown.reply === "" ? "(nothing: the reply is empty)" : cut(shown.reply, limit)}`,
        ].join("\n"),
      ),
    ]),
    ...(finding.replay.length === 0 ? [] : ["Ask again:", fence(finding.replay.join("\n"), "sh")]),
  ].join("\n\n");
}

function cut(text: string, keep: number): string {
  const cutText = cutShort(text, keep);
  return cutText.kind === "whole"
    ? text
    : `${cutText.shown} … [cut: ${whole(cutText.kept)} of ${whole(cutText.of)} characters shown]`;
}
