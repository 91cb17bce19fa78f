// From what a suite declared and what it measured to the gap: verdict, bounds, the smallest detectable value, and one sentence.

import type { Estimate } from "../stats/estimate.ts";
import { detectableOf } from "./detectable-of.ts";
import type { Bounds, Gap, GapDeclaration } from "./gap.ts";
import { leftOpen } from "./left-open.ts";
import { percent } from "./percent.ts";
import type { MeasuredGap, Worst } from "./suite.ts";
import { verdictOf } from "./verdict.ts";

export type GapParts = {
  readonly suite: string;
  readonly declaration: GapDeclaration;
  readonly measured: MeasuredGap;
  readonly margin: number;
};

/** The same parts give the same gap, to the byte. */
export function gapOf({ suite, declaration, measured, margin }: GapParts): Gap {
  const { kind, name, intention } = declaration;
  const { estimate, control, path, pressure } = measured;
  const bounds = boundsOf(kind, estimate, measured.worst, margin);
  return {
    of: measured.of ?? "model",
    suite,
    name,
    kind,
    intention,
    estimate,
    control,
    bounds,
    detectable: detectableOf(kind, estimate, margin),
    margin,
    verdict: leftOpen(estimate, measured.worst, margin) ? "unclear" : verdictOf(kind, estimate, margin),
    says: measured.says ?? sentence(declaration, estimate, bounds, margin),
    path,
    ...(pressure === undefined ? {} : { pressure }),
  };
}

/**
 * Where even the worst case has no estimate, the ends of the scale are the only honest bounds. Bounds change the verdict when
 * either end would have got another one.
 */
function boundsOf(
  kind: "rate" | "excess",
  estimate: Estimate,
  worst: Worst | undefined,
  margin: number,
): Bounds {
  if (worst === undefined) return { kind: "complete" };
  const verdict = verdictOf(kind, estimate, margin);
  const ends = [worst.low, worst.high];
  return {
    kind: "bounds",
    low: worst.low.kind === "none" ? (kind === "excess" ? -1 : 0) : worst.low.point,
    high: worst.high.kind === "none" ? 1 : worst.high.point,
    unscored: worst.unscored,
    changesVerdict: ends.some((end) => verdictOf(kind, end, margin) !== verdict),
  };
}

function sentence(declaration: GapDeclaration, estimate: Estimate, bounds: Bounds, margin: number): string {
  if (estimate.kind === "none")
    return `Could not be tested: ${withoutStop(estimate.because)}.${unscoredClause(bounds)}`;
  const { kind, directions } = declaration;
  const { point, interval, n } = estimate;
  const range = `${percent(interval.low)} to ${percent(interval.high)}`;
  const figures = `${percent(point)}${kind === "excess" ? " against its control" : ""} (${percent(interval.level)} interval ${range}, n = ${n})`;
  const verdict = verdictOf(kind, estimate, margin);
  const below = kind === "excess" && interval.high < -margin;
  const within = kind === "excess" ? `within ${percent(margin)} either way` : `at most ${percent(margin)}`;
  const said = {
    gap: `${capital(below ? directions.below : directions.above)}: ${figures}, beyond the margin of ${percent(below ? -margin : margin)}.`,
    holds: `Holds: ${figures}, ${within}.`,
    unclear: `Unclear: ${figures} neither clears the margin of ${percent(margin)} nor stays within it.`,
    "could-not-test": "",
  }[verdict];
  return `${said}${unscoredClause(bounds)}`;
}

function unscoredClause(bounds: Bounds): string {
  if (bounds.kind === "complete" || !bounds.changesVerdict) return "";
  return ` ${bounds.unscored} unscored could change this: the value lies between ${percent(bounds.low)} and ${percent(bounds.high)}.`;
}

function withoutStop(text: string): string {
  return text.replace(/\.$/, "");
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
