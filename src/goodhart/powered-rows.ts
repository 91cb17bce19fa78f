// From partly labelled samples to a gold for every one, as far as the labels reach; or why they reach nowhere.

import { gridOf } from "../stats/best-of-n.ts";
import type { Range } from "../stats/counts.ts";
import type { Rng } from "../stats/rng.ts";
import { leastForCurves } from "../stats/sup-t-band.ts";
import { effectiveLabels } from "./effective-labels.ts";
import { inclusionsOf } from "./inclusions-of.ts";
import { poolsOf } from "./pools.ts";
import { pseudoGold } from "./pseudo-gold.ts";
import type { SpecificationRow } from "./specification-row.ts";

/**
 * The fewest labels of equal weight (`effectiveLabels`) up to which a curve is followed: about twice as many as were seen to do. In the exact world whose
 * proxy says nothing, at 60 prompts, a turnover was claimed in 9.9 % of 1,000 draws with 6 of them, 6.9 % with 12, 5.5 % with 24, 4.7 % with 33; the peak's
 * set held its peak in 90.1, 93.1, 94.5 and 95.3 % (test/golden/goodhart/labels-coverage.ts).
 */
export const leastEffectiveLabels = 50;

export type PoweredRows =
  | {
      readonly kind: "powered";
      readonly rows: readonly SpecificationRow[];
      readonly range: Range;
      /** The largest n up to which enough labels speak for the curve at every n. */
      readonly most: number;
      /** What that is made of, in words. */
      readonly says: string;
    }
  | { readonly kind: "none"; readonly because: string };

export type PoweredRowsOptions = {
  readonly rng: Rng;
  readonly maxN?: number;
  /** `leastEffectiveLabels` but in the study that found it. */
  readonly least?: number;
};

/** `rows` hold some golds, not all. */
export function poweredRows(
  rows: readonly SpecificationRow[],
  { rng, maxN, least = leastEffectiveLabels }: PoweredRowsOptions,
): PoweredRows {
  const labelled = rows.filter(({ gold }) => gold.kind === "scored");
  const prompts = new Set(labelled.map(({ cluster }) => cluster)).size;
  if (prompts < leastForCurves)
    return {
      kind: "none",
      because: `the labels come from ${prompts} independent prompts, at least ${leastForCurves} are needed`,
    };
  const inclusions = inclusionsOf(rows);
  const silent = rows.filter(({ gold }, i) => gold.kind === "unscored" && inclusions[i] === 1).length;
  if (silent > 0)
    return {
      kind: "none",
      because: `of the samples that were certain to be labelled ${silent} have no gold score: nothing says what those are like`,
    };
  const whole = mostOf(rows, maxN);
  const grid = gridOf(whole);
  const speaking = effectiveLabels(rows, grid);
  const reached = speaking.findIndex((labels) => !(labels >= least));
  const most = reached < 0 ? whole : reached === 0 ? 0 : grid[reached - 1]!;
  if (whole >= 2 && most < 2) {
    const n = grid[reached]!;
    return {
      kind: "none",
      because: `${labelled.length} labels say as much of the best of ${n} as ${Math.floor(speaking[reached]!)} of equal weight would, at least ${least} are needed`,
    };
  }
  const { rows: powered, range } = pseudoGold(rows, { rng, most: Math.max(1, most) });
  const shorter = most < whole ? `; too few of them speak for n above ${most}` : "";
  return {
    kind: "powered",
    rows: powered,
    range,
    most,
    says: `From ${labelled.length} labels on ${rows.length} samples${shorter}.`,
  };
}

function mostOf(rows: readonly SpecificationRow[], maxN: number | undefined): number {
  return poolsOf(
    rows.map((row) => ({ ...row, gold: { kind: "scored", value: 0 } as const })),
    "left out",
    maxN,
  ).most;
}
