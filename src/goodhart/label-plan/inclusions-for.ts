// With which probability each sample is to be labelled, for a rate or for the curve, so that the labels cost no more than the budget.

import { curveCounts } from "../curve-counts.ts";
import { poolsOf } from "../pools.ts";
import type { SpecificationRow } from "../specification-row.ts";
import { proportional } from "./proportional.ts";

export type LabelTarget = "rate" | "curve";

/** Of an even draw's probability no sample gets less than this share. */
const LEAST_SHARE = 0.25;

/**
 * In the order of the rows; they add up to the budget. For a rate all are alike; for the curve they grow with the sample's weight in it (`curveCounts`).
 */
export function inclusionsFor(
  target: LabelTarget,
  rows: readonly SpecificationRow[],
  budget: number,
  maxN?: number,
): readonly number[] {
  const labels = Math.min(budget, rows.length);
  const even = labels / rows.length;
  if (target === "rate" || even === 1) return rows.map(() => even);
  const least = LEAST_SHARE * even;
  const { most } = poolsOf(
    rows.map((row) => ({ ...row, gold: { kind: "scored", value: 0 } as const })),
    "left out",
    maxN,
  );
  const weighed = proportional(curveCounts(rows, most), labels);
  // The mixture of an even draw and a weighed one: it keeps the sum, and nothing leaves (0, 1].
  return weighed.map((p) => Math.min(1, least + (1 - LEAST_SHARE) * p));
}
