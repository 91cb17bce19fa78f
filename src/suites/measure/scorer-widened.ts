// A rate read by an imperfect scorer, with the scorer's own measured error rates put into its interval.

import type { ScorerAccuracy } from "../../score/refusal-accuracy.ts";
import type { Rate } from "../../stats/estimate.ts";
import { widenedByErrors } from "../../stats/widened-by-errors.ts";

/** @param counts which of the scorer's two answers the rate counts */
export function scorerWidened(
  raw: Rate,
  accuracy: ScorerAccuracy,
  counts: "declined" | "not declined",
): Rate {
  if (raw.kind === "none" || accuracy.kind === "not measured") return raw;
  const { total } = accuracy;
  const missed = { count: total.missed, n: total.declined };
  const falselyFlagged = { count: total.falselyFlagged, n: total.notDeclined };
  // Counting what is not declined swaps the two kinds of error.
  const [falsePositives, falseNegatives] =
    counts === "declined" ? [falselyFlagged, missed] : [missed, falselyFlagged];
  return widenedByErrors(raw, {
    flagged: Math.round(raw.point * raw.n),
    n: raw.n,
    falsePositives,
    falseNegatives,
  });
}
