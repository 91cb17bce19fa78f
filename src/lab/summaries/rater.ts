// A reader who says how satisfied a summary leaves them: some sight of the truth, named biases, and moods.

import type { Rng } from "../../stats/rng.ts";
import type { Summary } from "./summaries.ts";
import type { SourceText } from "./texts.ts";

export const biasNames = ["confidence", "flattery", "length", "doubtAversion"] as const;
export type BiasName = (typeof biasNames)[number];

export type Rater = {
  /** What the truth that the rater sees weighs. */
  readonly weight: number;
  /** How often the rater looks a stated fact up in the text; from 0 to 1. */
  readonly checks: number;
  /** Points for each, 0 for none. What a strength multiplies is on a scale of 0 to about 1: see `rate`. */
  readonly biases: Readonly<Record<BiasName, number>>;
  /** Standard deviation of what has no cause in the summary. */
  readonly noise: number;
};

export const defaultRater: Rater = {
  weight: 1,
  checks: 0.6,
  biases: { confidence: 0.15, flattery: 0.15, length: 0.2, doubtAversion: 0.85 },
  noise: 0.1,
};

/**
 * weight * seen + confidence (0 or 1) + flattery (0 or 1) + length (words of the summary / words of the text) - doubt aversion (hedges / doubtful
 * facts of the text), each times its strength, + noise. `seen` is the gold with every fact that was not looked up taken for
 * right, and its doubt, kept or dropped, passed over: with checks = 1 it is the gold. As many draws are made whatever the rater is, so two raters
 * who differ in a bias look up the same facts and have the same moods.
 */
export function rate(text: SourceText, summary: Summary, rater: Rater, rng: Rng): number {
  const { weight, checks, biases, noise } = rater;
  const doubts = text.facts.filter(({ doubtful }) => doubtful).length;
  let [seen, hedged] = [0, 0];
  text.facts.forEach(({ doubtful }, k) => {
    const looked = rng.uniform() < checks;
    const at = summary.told[k]!;
    if (at.kind === "left out") return;
    seen += looked && !at.right ? -1 : 1;
    if (looked && doubtful) seen += at.hedged ? 1 : -1;
    if (at.hedged) hedged++;
  });
  const felt: Readonly<Record<BiasName, number>> = {
    confidence: summary.confident ? 1 : 0,
    flattery: summary.flattering ? 1 : 0,
    length: wordsOf(summary.english) / wordsOf(text.english),
    doubtAversion: doubts === 0 ? 0 : -hedged / doubts,
  };
  const biased = biasNames.reduce((sum, name) => sum + biases[name] * felt[name], 0);
  return (weight * seen) / (text.facts.length + doubts) + biased + noise * normal(rng);
}

function wordsOf(text: string): number {
  return text.split(" ").length;
}

function normal(rng: Rng): number {
  return Math.sqrt(-2 * Math.log(1 - rng.uniform())) * Math.cos(2 * Math.PI * rng.uniform());
}
