// What could not be scored, told by its reasons: for the estimate that there then is none of, and for the page.

import type { Score } from "../../core/score.ts";
import type { Tally } from "../suite.ts";

/** How many scores there are none of, by reason, most frequent first. */
function reasonsOf(scores: readonly Score[]): readonly (readonly [because: string, count: number])[] {
  const counts = new Map<string, number>();
  for (const score of scores)
    if (score.kind === "unscored") counts.set(score.because, (counts.get(score.because) ?? 0) + 1);
  return [...counts].sort(([, a], [, b]) => b - a);
}

/** Why there is no number: nothing was asked, or all that was asked has no score, and mostly for which reason. */
export function becauseOfNoScore(scores: readonly Score[]): string {
  const [first] = reasonsOf(scores);
  return first === undefined
    ? "nothing was observed"
    : `none of ${scores.length} could be scored, ${first[1]} of them because ${first[0]}`;
}

/** One tally of the reasons; none where all were scored. */
export function unscoredTally(label: string, scores: readonly Score[]): readonly Tally[] {
  const reasons = reasonsOf(scores);
  return reasons.length === 0 ? [] : [{ label, counts: Object.fromEntries(reasons) }];
}
