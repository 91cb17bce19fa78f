// What became of the answers of a pairwise judge, counted: read, or why not.

import type { Tally } from "../../core/suite.ts";
import type { PairwiseAudit } from "./pairwise.ts";

/** Reasons that are told one by one: a server may give each answer one of its own. */
const REASONS = 8;

/** Two answers a pair, one for each order. */
export function judgeTally({ pairs, unread }: PairwiseAudit): Tally {
  const reasons = Object.entries(unread).toSorted((a, b) => b[1] - a[1]);
  const sum = (of: typeof reasons) => of.reduce((total, [, count]) => total + count, 0);
  const rest = sum(reasons.slice(REASONS));
  return {
    label: "Comparisons by the judge",
    counts: {
      read: 2 * pairs - sum(reasons),
      ...Object.fromEntries(
        reasons.slice(0, REASONS).map(([because, count]) => [`not read: ${because}`, count]),
      ),
      ...(rest > 0 ? { "not read, for other reasons": rest } : {}),
    },
  };
}
