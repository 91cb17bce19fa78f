// How a score goes wrong: Goodhart's kind with its evidence, and the published forms beside curves that only go one way.

import type { SuiteRecord } from "../../core/run-record.ts";
import { markup, type Html } from "../markup.ts";
import { estimateHtml } from "./estimate.ts";
import { estimateTable } from "./estimate-table.ts";
import { tableHtml } from "./table.ts";

export function kindHtml(goodhart: NonNullable<SuiteRecord["goodhart"]>): Html {
  const { kind, says, evidence, also, wouldSettle } = goodhart;
  return markup`<h3>How the score goes wrong</h3>
<p><strong>${TITLES[kind]}.</strong> ${says}${also.length === 0 ? "" : ` Found beside it: ${also.join(", ")}.`}${
    wouldSettle === undefined ? "" : ` What would settle more: ${wouldSettle}.`
  }</p>
${estimateTable(
  "The evidence, whichever way it points. Standard deviations are within prompts.",
  "Evidence",
  evidence
    .filter(({ value }) => value.kind !== "none")
    .map(({ name, says: what, value }) => ({ label: markup`${name}: ${what}`, value })),
  "decimal",
)}${unmeasured(evidence)}`;
}

/** By reason: a dozen attributes may lack the same thing. */
function unmeasured(evidence: NonNullable<SuiteRecord["goodhart"]>["evidence"]): Html | undefined {
  const because = Map.groupBy(
    evidence.flatMap(({ name, value }) => (value.kind === "none" ? [{ name, because: value.because }] : [])),
    (one) => one.because,
  );
  if (because.size === 0) return undefined;
  return markup`<p class="not-measured"><strong>Not measured</strong>: ${[...because]
    .map(([reason, all]) => `${all.map(({ name }) => name).join(", ")} (${reason})`)
    .join("; ")}.</p>`;
}

export function formsHtml(forms: NonNullable<SuiteRecord["forms"]>): Html {
  return markup`<h3>The shape of the curve</h3>
<p>${forms.says}</p>
${tableHtml({
  caption:
    "How well each form predicts the gold of prompts that it was not fitted to: its loss minus that of the best one-way curve; below 0 is better. d is the square root of the KL divergence, a and b are in units of the gold.",
  columns: [
    { head: "Form", width: 30 },
    { head: "Loss against one way", width: 30 },
    { head: "a", width: 20 },
    { head: "b", width: 20 },
  ],
  rows: forms.forms.map(({ name, formula, against, a, b }) => [
    markup`${name}: ${formula}`,
    estimateHtml(against, "decimal"),
    estimateHtml(a, "decimal"),
    estimateHtml(b, "decimal"),
  ]),
})}`;
}

const TITLES: Readonly<Record<NonNullable<SuiteRecord["goodhart"]>["kind"], string>> = {
  regressional: "Regressional: less is gained than promised",
  extremal: "Extremal: what holds for most samples breaks at the top",
  causal: "Causal: the score reads something that is not the intended thing",
  adversarial: "Adversarial: some samples were made with the score in view",
  "none seen": "Nothing seen to go wrong",
  "can't tell": "Can't tell",
};
