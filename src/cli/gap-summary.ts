// The end of `trueline gap` on the terminal: the verdict in words, the curve at a few values of n, and where the report lies.

import { join } from "node:path";
import type { EstimateRecord, GapRecord, RunRecord } from "../core/run-record.ts";
import { withoutVerdict } from "../core/without-verdict.ts";
import { visible } from "../core/visible.ts";
import { textTable } from "./text-table.ts";

/** How the note begins that tells whether a called grader gives a sample the same score twice. */
const STEADY = /^(?:the grader (?:changes its mind|gave each of)|whether the grader changes its mind)/u;

/** Rows of the curve that are shown. */
const SHOWN = 8;

export function gapSummary(record: RunRecord, folder: string): string {
  const [first] = record.gaps;
  return [
    visible(record.manifest.model.title),
    "",
    ...record.gaps.map(({ name, verdict, says }) => visible(`${name}: ${verdict}. ${withoutVerdict(says)}`)),
    "",
    ...(first?.curve?.length ? [curveTable(first.curve), ""] : []),
    ...record.suites.flatMap(({ goodhart, forms }) => [
      ...(goodhart === undefined
        ? []
        : [
            visible(
              `Goodhart's kind: ${goodhart.kind}. ${goodhart.says}${goodhart.wouldSettle === undefined ? "" : ` What would settle more: ${goodhart.wouldSettle}.`}`,
            ),
          ]),
      ...(forms === undefined ? [] : [visible(forms.says)]),
      ...(goodhart === undefined && forms === undefined ? [] : [""]),
    ]),
    ...record.suites.flatMap(({ descriptors }) =>
      descriptors.map(({ label, value }) => visible(`${label}: ${number(value)}`)),
    ),
    ...record.suites.flatMap(({ tallies }) => tallies.map(tallyLine)),
    ...record.suites.flatMap(({ notes }) =>
      notes.filter((note) => STEADY.test(note)).map((note) => visible(note)),
    ),
    ...unscoredHint(record),
    "",
    `margin ${record.manifest.margin}, seed ${record.manifest.seed}, ${record.timing.seconds.toFixed(1)} s`,
    `report: ${join(folder, "report.html")}`,
    `card:   ${join(folder, "card.md")}`,
    `record: ${join(folder, "run.json")}`,
  ].join("\n");
}

function curveTable(curve: NonNullable<GapRecord["curve"]>): string {
  const step = (curve.length - 1) / (SHOWN - 1);
  const at = new Set(
    Array.from({ length: SHOWN }, (_, i) => Math.round(curve.length ** (i / (SHOWN - 1))) - 1),
  );
  const rows = curve.filter((_, i) => (step < 1 ? true : at.has(i)));
  return textTable(
    ["best of", "KL", "proxy [95 %]", "gold [95 %]", "prompts"],
    rows.map(({ n, kl, proxy, gold }) => [
      String(n),
      `${kl.kind === "bound" ? "≤ " : ""}${kl.value.toFixed(2)}`,
      range(proxy),
      range(gold),
      String(gold.n),
    ]),
    [0, 1, 4],
  );
}

function tallyLine({ label, counts }: RunRecord["suites"][number]["tallies"][number]): string {
  return visible(
    `${label}: ${Object.entries(counts)
      .map(([what, count]) => `${count} ${what}`)
      .join("; ")}`,
  );
}

/** Only a grader that was called can be asked again. */
function unscoredHint({ suites, manifest: { command } }: RunRecord): readonly string[] {
  const unscored = suites.some(({ tallies }) =>
    tallies.some(({ counts }) =>
      Object.keys(counts).some((what) => /^no (?:proxy|gold): the (?:grader|judge)/u.test(what)),
    ),
  );
  return unscored && command !== undefined
    ? ["The same command with --retry-unscored asks again what a grader left without a score."]
    : [];
}

function number(estimate: EstimateRecord): string {
  return estimate.kind === "none"
    ? `not measured (${estimate.because})`
    : `${range(estimate)}, n = ${estimate.n}${estimate.observations === estimate.n ? "" : ` (${estimate.observations} cases)`}`;
}

function range({
  point,
  low,
  high,
}: {
  readonly point: number;
  readonly low: number;
  readonly high: number;
}): string {
  const write = (x: number) => x.toFixed(2).replace("-", "−");
  return `${write(point)} [${write(low)}, ${write(high)}]`;
}
