// Two runs side by side on the terminal: what differs, then gap by gap both estimates, both verdicts and the difference.

import type { EstimateRecord } from "../core/run-record.ts";
import { visible } from "../core/visible.ts";
import type { Found, GapDiff, RunDiff } from "../run/diff/run-diff.ts";
import type { Difference } from "../stats/estimate.ts";
import { textTable } from "./text-table.ts";

/** Longest value that is shown of what differs; `--json` has it whole. */
const WIDEST = 60;

/** @param names what A and B are: folder and title */
export function diffText(diff: RunDiff, names: { readonly a: string; readonly b: string }): string {
  const cut = (text: string) => {
    const signs = Array.from(visible(text));
    return signs.length <= WIDEST ? signs.join("") : `${signs.slice(0, WIDEST - 1).join("")}…`;
  };
  const differing =
    diff.differing.length === 0
      ? "Nothing that was set differs."
      : textTable(
          ["what differs", "A", "B"],
          diff.differing.map(({ what, a, b }) => [what, a, b].map(cut)),
        );
  // Gaps of which the same is to be said share a line.
  const said = Map.groupBy(diff.gaps, (gap) => notesOf(gap).join("; "));
  const notes = [...said].flatMap(([about, gaps]) =>
    about === ""
      ? []
      : [visible(`${gaps.map(({ suite, name }) => `${suite}: ${name}`).join(", ")}: ${about}.`)],
  );
  return [
    `A  ${visible(names.a)}`,
    `B  ${visible(names.b)}`,
    "",
    differing,
    "",
    textTable(
      ["gap", "A [95 %]", "n", "B [95 %]", "n", "verdict", "B − A [95 %]", "n", "how"],
      diff.gaps.map((gap) => rowOf(gap).map((cell) => visible(cell))),
      [2, 4, 7],
    ),
    ...diff.gaps.flatMap(pressedLines),
    ...(notes.length === 0 ? [] : ["", ...notes]),
  ].join("\n");
}

function rowOf(gap: GapDiff): readonly string[] {
  const name = `${gap.suite}: ${gap.name}`;
  if (gap.kind === "only") {
    const there = [estimateText(gap.found.estimate), String(gap.found.estimate.n)];
    const absent = (letter: string) => [`not measured in ${letter}`, "–"];
    const cells = gap.in === "a" ? [...there, ...absent("B")] : [...absent("A"), ...there];
    return [name, ...cells, gap.found.verdict, "not measured", "–", "–"];
  }
  const { a, b, difference, how } = gap;
  return [
    name,
    estimateText(a.estimate),
    String(a.estimate.n),
    estimateText(b.estimate),
    String(b.estimate.n),
    verdictText(a, b),
    how === "the same" ? "none" : differenceText(difference),
    String(difference.n),
    how,
  ];
}

/** What the same pressure did under each of two specifications: the verdict in a sentence, then its numbers. */
function pressedLines(gap: GapDiff): readonly string[] {
  if (gap.kind === "only" || gap.pressed === undefined) return [];
  const { n, scale, fall, gold, gain, says } = gap.pressed;
  const row = (what: string, difference: Difference) => [
    what,
    differenceText(difference),
    difference.kind === "none" ? String(difference.n) : countText(difference),
  ];
  return [
    "",
    visible(says),
    textTable(
      [`${gap.name} on the same prompts, ${scale}`, "B − A [95 %]", "n"].map((cell) => visible(cell)),
      [
        row(`fall from the peak to n = ${n}`, fall),
        row(`the intended thing at n = ${n}`, gold),
        row(`its gain from n = 1 to n = ${n}`, gain),
      ],
    ),
  ];
}

function countText({ n, observations }: Extract<Difference, { kind: "difference" }>): string {
  return n === observations ? `${n} prompts` : `${observations} prompts in ${n} clusters`;
}

function verdictText({ verdict: a }: Found, { verdict: b }: Found): string {
  return a === b ? `${a} in both` : `${a} → ${b}`;
}

function notesOf(gap: GapDiff): readonly string[] {
  if (gap.kind === "only") {
    const { estimate } = gap.found;
    return [
      `not measured in ${gap.in === "a" ? "B" : "A"}`,
      ...(estimate.kind === "none" ? [becauseText(gap.in, estimate)] : []),
    ];
  }
  return [
    ...(gap.worse.length === 0 ? [] : [`worse in B: ${gap.worse.join(", and ")}`]),
    ...(["a", "b"] as const)
      .map((side) => becauseText(side, gap[side].estimate))
      .filter((because) => because !== ""),
    ...gap.notes,
  ];
}

function becauseText(side: "a" | "b", estimate: EstimateRecord): string {
  return estimate.kind === "none"
    ? `${side.toUpperCase()} could not be tested: ${estimate.because.replace(/\.$/u, "")}`
    : "";
}

function estimateText(estimate: EstimateRecord): string {
  return estimate.kind === "none" ? "not measured" : rangeText(estimate, estimate.kind === "excess");
}

function differenceText(difference: Difference): string {
  return difference.kind === "none"
    ? "not measured"
    : rangeText({ ...difference.interval, point: difference.point }, true);
}

type Range = {
  readonly point: number;
  readonly low: number;
  readonly high: number;
  readonly level: number;
};

/** The level is said where it is not the one in the heading. */
function rangeText({ point, low, high, level }: Range, signed: boolean): string {
  const write = (x: number) => {
    const text = Math.abs(x).toFixed(2);
    return `${x < 0 && text !== "0.00" ? "−" : signed ? "+" : ""}${text}`;
  };
  const at = level === 0.95 ? "" : ` at ${Number((level * 100).toPrecision(4))} %`;
  return `${write(point)} [${write(low)}, ${write(high)}]${at}`;
}
