// What labels buy: for so many of them, how wide the interval will be and how far the curve will reach.

import { gridOf } from "../../stats/best-of-n.ts";
import { tCritical } from "../../stats/critical-value.ts";
import { clusterSums, meanCurve, standardErrors } from "../../stats/curve-resamples.ts";
import type { Rng } from "../../stats/rng.ts";
import { leastForCurves } from "../../stats/sup-t-band.ts";
import { goldScale } from "../gold-scale.ts";
import { goldsOf } from "../golds-of.ts";
import { inclusionsOf } from "../inclusions-of.ts";
import { leastEffectiveLabels } from "../powered-rows.ts";
import { pseudoGold } from "../pseudo-gold.ts";
import type { SpecificationRow } from "../specification-row.ts";
import { curvePools, type CurvePool } from "./curve-pools.ts";
import { inclusionsFor, type LabelTarget } from "./inclusions-for.ts";

export type LabelsNeededOptions = {
  /** Where at least 30 of them have a gold, drawn evenly or with their `inclusion`, those are a pilot. */
  readonly rows: readonly SpecificationRow[];
  readonly rng: Rng;
  readonly for: LabelTarget;
  readonly budgets?: readonly number[];
  readonly maxN?: number;
};

export type LabelsNeeded = {
  /** Of the half-widths: as of the gap. */
  readonly unit: "share" | "sd";
  /** What they are worked out from, in words. */
  readonly basis: string;
  readonly steps: readonly LabelStep[];
};

export type LabelStep =
  | {
      readonly kind: "half-width";
      readonly labels: number;
      /** The largest n up to which so many labels reach; 1 for a rate. */
      readonly n: number;
      /** Half the interval's expected width there, and at n = 1. */
      readonly value: number;
      readonly atOne: number;
    }
  | { readonly kind: "none"; readonly labels: number; readonly because: string };

const BUDGETS = [25, 50, 100, 200, 400, 800, 1600];
const PILOT = 30;
const LEVEL = 0.95;

/**
 * The variance of the mean curve at n is B + sum of w^2 (1 - pi) / pi r^2 over samples, over prompts squared: B that of the prompts, which no label
 * lessens; w a sample's best-of-n weight, pi its chance of a label under the plan, r what the proxy leaves untold of its gold. From a pilot B and r^2
 * (alike for all samples) are estimated; without one they are the worst there is: all samples of a prompt alike, and a proxy that tells
 * nothing. The band of a curve is taken as wide as t at Bonferroni's level over log2(n) + 1 points.
 * These are forecasts and carry no interval: the interval comes with the labels.
 */
export function labelsNeeded({
  rows,
  rng,
  for: target,
  budgets = BUDGETS,
  maxN,
}: LabelsNeededOptions): LabelsNeeded {
  const { pools, most } = curvePools(rows, target === "rate" ? 1 : maxN);
  const clusters = new Set(pools.map(({ cluster }) => cluster)).size;
  const grid = gridOf(Math.max(1, most));
  const known = pilotOf(rows, pools, grid, rng) ?? worst(clusters, grid);
  const steps = [...new Set(budgets.map((budget) => Math.min(budget, rows.length)))].map(
    (labels): LabelStep => {
      if (clusters < leastForCurves)
        return { kind: "none", labels, because: `at least ${leastForCurves} independent prompts are needed` };
      const inclusions = inclusionsFor(target, rows, labels, maxN);
      const points = grid.map((_, p) => pointOf(pools, inclusions, p, known));
      const all = labels === rows.length;
      const short = all ? -1 : points.findIndex(({ effective }) => effective < leastEffectiveLabels);
      const last = short < 0 ? grid.length - 1 : short - 1;
      if (last < 0 || (target === "curve" && grid[last]! < 2))
        return {
          kind: "none",
          labels,
          because: `they say as much as ${Math.floor(points[Math.max(0, short)]!.effective)} of equal weight, at least ${leastEffectiveLabels} are needed`,
        };
      const n = grid[last]!;
      const level = target === "rate" ? LEVEL : 1 - (1 - LEVEL) / (Math.log2(n) + 1);
      const t = tCritical(level, clusters - 1);
      return {
        kind: "half-width",
        labels,
        n,
        value: t * Math.sqrt(points[last]!.variance),
        atOne: t * Math.sqrt(points[0]!.variance),
      };
    },
  );
  return { unit: known.unit, basis: known.basis, steps };
}

type Known = {
  readonly unit: "share" | "sd";
  readonly basis: string;
  /** Variance between prompts of the mean at each n, and of what the proxy leaves untold of one sample; in the unit squared. */
  readonly between: readonly number[];
  readonly untold: number;
};

function worst(clusters: number, grid: readonly number[]): Known {
  return {
    unit: "share",
    basis:
      "no pilot: the worst there is for a gold of 0 and 1 (half of it 1, samples of a prompt alike, a proxy that tells nothing)",
    between: grid.map(() => 0.25 / clusters),
    untold: 0.25,
  };
}

function pilotOf(
  rows: readonly SpecificationRow[],
  pools: readonly CurvePool[],
  grid: readonly number[],
  rng: Rng,
): Known | undefined {
  const labelled = rows.flatMap(({ gold }, i) => (gold.kind === "scored" ? [i] : []));
  if (labelled.length < PILOT || new Set(labelled.map((i) => rows[i]!.cluster)).size < PILOT)
    return undefined;
  const inclusions = inclusionsOf(rows);
  const golds = goldsOf(rows, inclusions, new Set(pools.map(({ prompt }) => prompt)));
  const { unit, size } = golds.length === 0 ? { unit: "share" as const, size: 0 } : goldScale(golds);
  if (!(size > 0)) return undefined;
  const made = pseudoGold(rows, { rng, most: grid.at(-1)! });
  const goldAt = (i: number) => {
    const { gold } = made.rows[i]!;
    return gold.kind === "scored" ? gold.value : 0;
  };
  /** (gold - f) of a labelled row. */
  const offOf = (i: number) => (goldAt(i) - made.predicted[i]!) * inclusions[i]!;
  const weight = labelled.reduce((sum, i) => sum + 1 / inclusions[i]!, 0);
  const untold = labelled.reduce((sum, i) => sum + offOf(i) ** 2 / inclusions[i]!, 0) / weight / size ** 2;

  const of = clusterSums({
    curves: pools.map(({ samples }) =>
      grid.map((_, p) => samples.reduce((sum, { at, weights }) => sum + weights[p]! * goldAt(at), 0) / size),
    ),
    clusters: pools.map(({ cluster }) => cluster),
  });
  const errors = standardErrors(of, meanCurve(of));
  const between = grid.map((_, p) => {
    let fromLabels = 0;
    for (const { samples } of pools)
      for (const { at, weights } of samples)
        if (rows[at]!.gold.kind === "scored")
          fromLabels += ((weights[p]! * offOf(at)) ** 2 * (1 - inclusions[at]!)) / inclusions[at]! ** 2;
    return Math.max(0, errors[p]! ** 2 - fromLabels / pools.length ** 2 / size ** 2);
  });
  return { unit, basis: `a pilot of ${labelled.length} labels`, between, untold };
}

/** The variance of the mean curve at a point, and the labels of equal weight that are to be expected there. */
function pointOf(
  pools: readonly CurvePool[],
  inclusions: readonly number[],
  p: number,
  { between, untold }: Known,
) {
  let [fromLabels, squares] = [0, 0];
  for (const { samples } of pools)
    for (const { at, weights } of samples) {
      const pi = inclusions[at]!;
      squares += weights[p]! ** 2 / pi;
      fromLabels += ((weights[p]! ** 2 * (1 - pi)) / pi) * untold;
    }
  return { variance: between[p]! + fromLabels / pools.length ** 2, effective: pools.length ** 2 / squares };
}
