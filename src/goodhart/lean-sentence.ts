// What raters lean towards, in words: the lean that is judged with its interval and n, then the share that it is made of.

import { percent } from "../core/percent.ts";
import { verdictOf } from "../core/verdict.ts";
import type { Rate } from "../stats/estimate.ts";
import { excessOverHalf } from "../stats/excess-over-half.ts";

/** What the share is of: of which pairs, and what was chosen in it. */
export type Counted = {
  readonly pairs: string;
  readonly above: string;
  readonly below: string;
  readonly chosen: string;
};

/** What is judged, the lean, then the share that it is made of, each with its interval: a lean of 0.2 is a share of 60 %. */
export function leanSentence(rate: Rate, margin: number, { pairs, above, below, chosen }: Counted): string {
  const lean = excessOverHalf(rate);
  if (rate.kind === "none" || lean.kind === "none")
    return `Could not be tested: ${rate.kind === "none" ? rate.because : "there is no lean"}.`;
  const { point, interval, n, observations } = rate;
  const size = points(margin).replace("+", "");
  const [begins, judged] = {
    gap: [point > 0.5 ? above : below, `beyond the margin of ${size}`],
    holds: ["Holds", `within ${size} either way`],
    unclear: ["Unclear", `which neither clears the margin of ${size} nor stays within it`],
    "could-not-test": ["Could not be tested", "which could not be judged"],
  }[verdictOf("excess", lean, margin)];
  const clusters = n === observations ? "pairs" : "clusters of pairs that belong together";
  return [
    `${begins}: a lean of ${points(lean.point)} (${percent(interval.level)} interval ${points(lean.interval.low)} to ${points(lean.interval.high)}, n = ${n} ${clusters}), ${judged}.`,
    `Of ${observations} ${pairs}, ${chosen} in ${percent(point)} (${percent(interval.level)} interval ${percent(interval.low)} to ${percent(interval.high)}) and the other in ${percent(1 - point)}; the lean is the difference.`,
  ].join(" ");
}

/** A difference of two shares: -0.124 -> "−12.4 pp". */
function points(difference: number): string {
  const tenths = Math.round(difference * 1000) / 10;
  return `${tenths < 0 ? "−" : tenths > 0 ? "+" : ""}${Math.abs(tenths)}\u00a0pp`;
}
