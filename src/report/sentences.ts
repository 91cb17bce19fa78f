// The first words of page and card: three plain sentences made from the data. What was tested, what was found and how large, what could not be tested.

import type { GapRecord, RunRecord } from "../core/run-record.ts";
import { count, figures, scaleOf, share, type Measured } from "./figures.ts";
import { marginText } from "./margin-text.ts";
import { withoutStop } from "./section.ts";

/** Gaps, and untested intentions, that are told one by one; more are counted. */
const NAMED = 3;

export type Sentences = readonly [tested: string, found: string, untested: string];

export function sentences({
  gaps,
  manifest,
  suites,
}: Pick<RunRecord, "gaps" | "manifest" | "suites">): Sentences {
  return [tested(gaps, manifest.margin), found(gaps, suites), untested(gaps)];
}

function tested(gaps: readonly GapRecord[], margin: number): string {
  if (gaps.length === 0) return "No intention was tested in this run.";
  const of = (verdict: GapRecord["verdict"]) => gaps.filter((gap) => gap.verdict === verdict).length;
  const measured = gaps.length - of("could-not-test");
  if (measured === 0)
    return `${intentions(gaps.length)} ${was(gaps.length)} to be tested, and none could be.`;
  const parts = [
    of("gap") > 0 ? `${spelled(of("gap"))} ${of("gap") === 1 ? "shows" : "show"} a gap` : "",
    of("holds") > 0 ? `${spelled(of("holds"))} ${of("holds") === 1 ? "holds" : "hold"}` : "",
    of("unclear") > 0 ? `${spelled(of("unclear"))} ${of("unclear") === 1 ? "stays" : "stay"} unclear` : "",
  ].filter((part) => part !== "");
  return `${intentions(measured)} ${was(measured)} tested against a margin of ${marginText(gaps, margin)} that was fixed beforehand: ${list(parts)}.`;
}

function found(gaps: readonly GapRecord[], suites: RunRecord["suites"]): string {
  const measured = gaps.filter((gap) => gap.gap.kind !== "none");
  if (measured.length === 0)
    return suites.some(({ descriptors }) => descriptors.some(({ value }) => value.kind !== "none"))
      ? "So nothing is said about what was to be measured; what could be counted beside it stands below."
      : "So nothing is said about what was to be measured.";
  const beyond = measured.filter(({ verdict }) => verdict === "gap").toSorted((a, b) => size(b) - size(a));
  if (beyond.length === 0) {
    const unclear = measured.some(({ verdict }) => verdict === "unclear");
    return unclear
      ? "No gap was established, but not every intention was shown to hold either."
      : `No gap was found: ${measured.length === 1 ? "the whole interval lies" : "every interval lies whole"} within the margin.`;
  }
  const named = beyond.slice(0, NAMED).map(sized);
  const rest = beyond.length - named.length;
  if (rest > 0) named.push(`${spelled(rest)} smaller ${rest === 1 ? "one" : "ones"} shown below`);
  return `${beyond.length === 1 ? "The gap is" : rest > 0 ? "The largest gaps are" : "The gaps are"} ${list(named, ";")}.`;
}

function untested(gaps: readonly GapRecord[]): string {
  if (gaps.length === 0) return "Nothing was planned, so nothing was left out either.";
  const none = gaps.filter(({ verdict }) => verdict === "could-not-test");
  if (none.length === 0) return "Nothing that was planned had to be left untested.";
  const named = none
    .slice(0, NAMED)
    .map(
      ({ name, gap }) =>
        `${name}, because ${gap.kind === "none" ? withoutStop(gap.because) : "the record gives no reason"}`,
    );
  const rest = none.length - named.length;
  if (rest > 0) named.push(`${spelled(rest)} more listed below`);
  return `Could not be tested: ${list(named, ";")}.`;
}

/** "sycophancy (gives way to the user's opinion, +31 percentage points, 95 % interval +24 to +38, n = 140)". */
function sized(gap: GapRecord): string {
  const estimate = gap.gap as Measured;
  const { bare, low, high } = figures(estimate, scaleOf(gap), gap.margin);
  const unit =
    scaleOf(gap) === "sd" ? "standard deviations" : gap.kind === "excess" ? "percentage points" : "%";
  const says = gap.kind === "excess" && estimate.high < 0 ? gap.directions.below : gap.directions.above;
  return `${gap.name} (${says}: ${bare}\u00a0${unit}, ${share(estimate.level)} interval ${low} to ${high}, ${count(estimate)})`;
}

/** How far beyond nothing at all, whichever way. */
function size({ gap }: GapRecord): number {
  return gap.kind === "none" ? 0 : Math.abs(gap.point);
}

function intentions(n: number): string {
  return n === 1 ? "One intention" : `${capital(spelled(n))} intentions`;
}

const WORDS = [
  "no",
  "one",
  "two",
  "three",
  "four",
  "five",
  "six",
  "seven",
  "eight",
  "nine",
  "ten",
  "eleven",
  "twelve",
];

function spelled(n: number): string {
  return WORDS[n] ?? String(n);
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function was(n: number): string {
  return n === 1 ? "was" : "were";
}

/** "a", "a and b", "a, b, and c"; with a semicolon where the parts hold commas of their own. */
function list(parts: readonly string[], comma = ","): string {
  const last = parts.at(-1) ?? "";
  if (parts.length <= 1) return last;
  if (parts.length === 2) return `${parts[0]}${comma === ";" ? "; " : " "}and ${last}`;
  return `${parts.slice(0, -1).join(`${comma} `)}${comma} and ${last}`;
}
