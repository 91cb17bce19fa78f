// The share of scores that are 1, clustered by item: unscored ones count as neither, and bound what the point could be.

import type { Score } from "../../core/score.ts";
import { clusteredRate } from "../../stats/clustered-rate.ts";
import { noEstimate, type Rate } from "../../stats/estimate.ts";
import type { Worst } from "../suite.ts";
import { becauseOfNoScore } from "./unscored.ts";

export type ScoredItem = { readonly item: string; readonly score: Score };

/** Scores are 0 or 1. */
export function share(items: readonly ScoredItem[]): { readonly estimate: Rate; readonly worst?: Worst } {
  const rateOf = (fill: 0 | 1 | "leave out") =>
    clusteredRate(
      items.flatMap(({ item, score }) => {
        if (score.kind === "scored") return [{ cluster: item, value: score.value as 0 | 1 }];
        return fill === "leave out" ? [] : [{ cluster: item, value: fill }];
      }),
    );
  const scores = items.map(({ score }) => score);
  const unscored = scores.filter(({ kind }) => kind === "unscored").length;
  const estimate = unscored === items.length ? noEstimate(becauseOfNoScore(scores), 0) : rateOf("leave out");
  return unscored === 0 ? { estimate } : { estimate, worst: { unscored, low: rateOf(0), high: rateOf(1) } };
}
