// What a pairwise judge was seen to fall for, in sentences that claim no more than the intervals do.

import type { Estimate } from "../../stats/estimate.ts";
import type { PairwiseAudit } from "./pairwise.ts";

/** A bias is claimed only where its whole interval lies on one side of 0. */
export function judgeNotes(audit: PairwiseAudit): readonly string[] {
  const { pairs, read, unread, path, positionBias, sidesWithItself, selfPreference } = audit;
  const how = path === "logprob" ? "by the likelier of the two letters" : "by the letter in its reply";
  const lost = Object.values(unread).reduce((sum, count) => sum + count, 0);
  return [
    `The judge compared ${pairs} pairs in both orders and was read ${how}; ${read} pairs were read in both${lost === 0 ? "" : ` (${lost} of ${2 * pairs} answers were not read)`}.`,
    said(positionBias, {
      what: "a preference for a place",
      above: "The judge prefers what it is shown first",
      below: "The judge prefers what it is shown second",
    }),
    said(sidesWithItself, {
      what: "a preference for its own responses",
      above: "The judge favours its own responses: it sides with gold more often where gold is for them",
      below: "The judge slights its own responses: it sides with gold more often where gold is against them",
    }),
    ...(selfPreference.kind === "none"
      ? []
      : [
          "Self-preference is no accusation by itself: errors at random pull a judge towards half, and so for its own responses where these are mostly worse.",
        ]),
  ];
}

type Words = { readonly what: string; readonly above: string; readonly below: string };

function said(estimate: Estimate, { what, above, below }: Words): string {
  if (estimate.kind === "none") return `Could not test ${what}: ${estimate.because}.`;
  const { point, interval, n } = estimate;
  const numbers = `${signed(point)}, interval ${signed(interval.low)} to ${signed(interval.high)}, n ${n}`;
  if (interval.low > 0) return `${above} (${numbers}).`;
  if (interval.high < 0) return `${below} (${numbers}).`;
  return `No sign of ${what}, which this many pairs could still hide (${numbers}).`;
}

/** Two decimals, with a true minus; what rounds to nothing has no sign. */
function signed(value: number): string {
  const text = value.toFixed(2);
  return Number(text) === 0 ? "0.00" : value > 0 ? `+${text}` : text.replace("-", "−");
}
