// The rule by which a fact gets its wrong answers: the same for the same fact on every machine.

import { rngFrom } from "../../stats/rng.ts";
import { alikeInSize, hasPhrase, overlaps, wordsOf } from "./words.ts";

export type Candidate = { readonly answer: string; readonly group: string | undefined };

export type WrongAnswersOf = {
  readonly id: string;
  /** Everything that is said when the fact is asked: no wrong answer may stand in it. */
  readonly asked: readonly string[];
  /** The answer, its aliases, and whatever else could pass for right. */
  readonly right: readonly string[];
  readonly answer: string;
  readonly group: string | undefined;
};

/**
 * Up to `count` of the candidates, the most alike first: same number of words, like length, same group. What is left
 * to choose is drawn by a source seeded with the fact's id, so that no candidate serves as wrong everywhere.
 */
export function wrongAnswersFor(
  fact: WrongAnswersOf,
  candidates: readonly Candidate[],
  count: number,
): readonly string[] {
  const rng = rngFrom(`wrong answers/${fact.id}`);
  const wordsIn = (text: string) => wordsOf(text).length;
  const unlikeness = ({ answer, group }: Candidate) =>
    4 * Math.abs(wordsIn(answer) - wordsIn(fact.answer)) +
    Math.abs(answer.length - fact.answer.length) +
    (group === fact.group ? 0 : 8);
  return rng
    .shuffled(candidates)
    .filter(({ answer }) => alikeInSize(answer, fact.answer))
    .filter(({ answer }) => !fact.right.some((right) => overlaps(right, answer)))
    .filter(({ answer }) => !fact.asked.some((text) => hasPhrase(text, answer)))
    .map((candidate) => ({ answer: candidate.answer, cost: unlikeness(candidate) + 6 * rng.uniform() }))
    .sort((a, b) => a.cost - b.cost)
    .slice(0, count)
    .map(({ answer }) => answer);
}
