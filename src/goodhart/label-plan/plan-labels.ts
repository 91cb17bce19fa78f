// Which samples to label, so that a budget of labels says most: drawn at random, with the probability of each sample recorded.

import type { Rng } from "../../stats/rng.ts";
import type { SpecificationRow } from "../specification-row.ts";
import { inclusionsFor, type LabelTarget } from "./inclusions-for.ts";
import { systematicDraw } from "./systematic-draw.ts";

export type LabelPlanOptions = {
  readonly rows: readonly SpecificationRow[];
  /** How many labels can be paid for; all samples where there are no more. */
  readonly budget: number;
  readonly rng: Rng;
  readonly for: LabelTarget;
  /** The largest n that will be looked at. */
  readonly maxN?: number;
};

export type PlannedRow = {
  readonly row: SpecificationRow;
  /** The probability with which it was to be drawn, in (0, 1]. */
  readonly inclusion: number;
  readonly drawn: boolean;
};

/**
 * One entry for each row, in order. For a rate every sample has the same chance. For the curve a sample's chance grows with its
 * weight in it (`curveCounts`): what the proxy likes best decides at large n and is labelled most.
 * Labels that are there already are not looked at: a row that has one is drawn like any other.
 * @throws RangeError for no rows, or a budget that is no whole number above 0.
 */
export function planLabels({
  rows,
  budget,
  rng,
  for: target,
  maxN,
}: LabelPlanOptions): readonly PlannedRow[] {
  if (rows.length === 0) throw new RangeError("planLabels: there are no rows");
  if (!Number.isInteger(budget) || budget < 1)
    throw new RangeError(`planLabels: the budget must be a whole number above 0, got ${budget}`);
  const inclusions = inclusionsFor(target, rows, budget, maxN);
  // Samples of a prompt lie side by side, in random order: so every prompt gets its due of the labels.
  const pools = [...Map.groupBy(rows.keys(), (i) => rows[i]!.prompt).values()];
  const order =
    target === "rate"
      ? rng.split("order").shuffled([...rows.keys()])
      : rng
          .split("prompts")
          .shuffled(pools)
          .flatMap((pool) => rng.split("samples").split(rows[pool[0]!]!.prompt).shuffled(pool));
  const drawn = systematicDraw(inclusions, order, rng.split("draw"));
  return rows.map((row, i) => ({ row, inclusion: inclusions[i]!, drawn: drawn[i]! }));
}
