// Treatment minus control over pairs of scores: unscored pairs count as neither, and bound what the point could be.

import { unscored, type Score } from "../../core/score.ts";
import { clusteredDifference } from "../../stats/clustered-difference.ts";
import { noEstimate, type Difference } from "../../stats/estimate.ts";
import type { Worst } from "../suite.ts";
import { becauseOfNoScore } from "./unscored.ts";

export type ScoredPair = { readonly item: string; readonly treatment: Score; readonly control: Score };

/** Scores are 0 or 1. Each pair's difference is one observation, clustered by item. */
export function pairedExcess(pairs: readonly ScoredPair[]): {
  readonly estimate: Difference;
  readonly worst?: Worst;
} {
  const differences = (fill: { readonly treatment: number; readonly control: number } | "leave out") =>
    pairs.flatMap(({ item, treatment, control }) => {
      if (fill === "leave out" && (treatment.kind === "unscored" || control.kind === "unscored")) return [];
      const t = treatment.kind === "scored" ? treatment.value : (fill as { treatment: number }).treatment;
      const c = control.kind === "scored" ? control.value : (fill as { control: number }).control;
      return [{ cluster: item, value: t - c }];
    });
  const estimateOf = (fill: Parameters<typeof differences>[0]) =>
    clusteredDifference(differences(fill), { range: [-1, 1] });
  // The score of a pair that has none is that of its first part that has none.
  const scores = pairs.map((p) => (p.treatment.kind === "unscored" ? p.treatment : p.control));
  const incomplete = scores.filter(({ kind }) => kind === "unscored").length;
  const estimate =
    incomplete === pairs.length ? noEstimate(becauseOfNoScore(scores), 0) : estimateOf("leave out");
  if (incomplete === 0) return { estimate };
  return {
    estimate,
    worst: {
      unscored: incomplete,
      low: estimateOf({ treatment: 0, control: 1 }),
      high: estimateOf({ treatment: 1, control: 0 }),
    },
  };
}

/** Pairs the scores of two arms by item (and form, where an item is asked in several). An arm that was not asked is unscored. */
export function pairUp(
  treatment: ReadonlyMap<string, Score>,
  control: ReadonlyMap<string, Score>,
  itemOf: (key: string) => string,
): readonly ScoredPair[] {
  return [...treatment].map(([key, score]) => ({
    item: itemOf(key),
    treatment: score,
    control: control.get(key) ?? unscored("its control was not asked"),
  }));
}
