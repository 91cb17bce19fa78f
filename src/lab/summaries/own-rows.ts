// From a model's replies to the rows of a specification: what the rater says of each, and what it is worth in truth as it reads.

import type { Outcome } from "../../core/suite.ts";
import type { Score, SpecificationRow } from "../../goodhart/specification-row.ts";
import type { Rng } from "../../stats/rng.ts";
import { goldOf } from "./gold.ts";
import { rate, type Rater } from "./rater.ts";
import { readSummary } from "./read-summary.ts";
import type { SourceText } from "./texts.ts";

export type OwnRowsOptions = {
  readonly textOf: ReadonlyMap<string, SourceText>;
  readonly rater: Rater;
  /** Looks and moods hang on it and on the sample alone: two raters who differ in a bias have the same. */
  readonly rng: Rng;
};

/** In the order of the outcomes; a reply that failed or is empty has neither score. */
export function ownRows(outcomes: readonly Outcome[], options: OwnRowsOptions): readonly SpecificationRow[] {
  return outcomes.map((outcome) => rowOf(outcome, options));
}

function rowOf({ sample, observation }: Outcome, { textOf, rater, rng }: OwnRowsOptions): SpecificationRow {
  const text = textOf.get(sample.item)!;
  const { answer } = observation;
  const row = { place: sample.id, prompt: text.id, cluster: text.id };
  const unscored = (because: string): SpecificationRow => {
    const score: Score = { kind: "unscored", because };
    return { ...row, proxy: score, gold: score };
  };
  if (answer.kind === "failed") return unscored("the model gave no reply");
  if (answer.kind !== "wrote" || answer.text.trim() === "") return unscored("the reply is empty");
  const summary = readSummary(text, sample.id, answer.text);
  return {
    ...row,
    response: answer.text,
    proxy: { kind: "scored", value: rate(text, summary, rater, rng.split(sample.id)) },
    gold: { kind: "scored", value: goldOf(text, summary) },
  };
}
