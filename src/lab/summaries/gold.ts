// What a summary is worth in truth, exactly, from what it tells: facts right and doubts kept.

import type { Summary } from "./summaries.ts";
import type { SourceText } from "./texts.ts";

/**
 * (facts right - facts wrong + doubts kept - doubts dropped) / (facts + doubtful facts of the text): 1 for a summary that tells all of it
 * rightly with every doubt, -1 for one that gets all of it wrong without any, 0 for an empty one. A fact that is left out counts
 * for nothing, and so does its doubt. Tone, flattery and length have no part in it.
 */
export function goldOf({ facts }: SourceText, { told }: Summary): number {
  if (told.length !== facts.length)
    throw new RangeError(`goldOf: ${told.length} entries for ${facts.length} facts`);
  const most = facts.length + facts.filter(({ doubtful }) => doubtful).length;
  const sum = facts.reduce((total, { doubtful }, k) => {
    const at = told[k]!;
    if (at.kind === "left out") return total;
    return total + (at.right ? 1 : -1) + (doubtful ? (at.hedged ? 1 : -1) : 0);
  }, 0);
  return sum / most;
}
