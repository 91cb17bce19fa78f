// A rate read by an imperfect scorer, with the scorer's own measured error rates put into its interval.

import type { ScorerAccuracy } from "../../score/refusal-accuracy.ts";
import type { Rate } from "../../stats/estimate.ts";
import { misclassificationAdjusted } from "../../stats/misclassification-adjusted.ts";

/** @param counts which of the scorer's two answers the rate counts */
export function scorerWidened(
  raw: Rate,
  accuracy: ScorerAccuracy,
  counts: "declined" | "not declined",
): Rate {
  if (raw.kind === "none" || accuracy.kind === "not measured") return raw;
  const { total } = accuracy;
  const hits = Math.round(raw.point * raw.n);
  const declining = {
    positives: total.declined,
    falseNegatives: total.missed,
    negatives: total.notDeclined,
    falsePositives: total.falselyFlagged,
  };
  // Counting what is not declined swaps the two sides.
  const swapped = {
    positives: total.notDeclined,
    falseNegatives: total.falselyFlagged,
    negatives: total.declined,
    falsePositives: total.missed,
  };
  return misclassificationAdjusted(hits, raw.n, counts === "declined" ? declining : swapped);
}
