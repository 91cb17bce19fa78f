// Wrong numbers beside a right one: as many digits, near by, and none that is part of the question.

import { rngFrom } from "../../stats/rng.ts";

/**
 * Four of `answer + step`, the earlier steps first choice, that have as many digits as the answer and are not among
 * `never` (the numbers of the question, or ones that are true too). Their order is drawn, so that none of the steps is
 * always first; the same numbers give the same four.
 * @throws RangeError when fewer than four fit.
 */
export function numberWrongs(
  answer: number,
  never: readonly number[],
  steps: readonly number[],
): readonly string[] {
  const near = [...new Set(steps.map((step) => answer + step))]
    .filter((wrong) => wrong > 0 && wrong !== answer && !never.includes(wrong))
    .map(String)
    .filter((wrong) => wrong.length === String(answer).length);
  if (near.length < 4) throw new RangeError(`numberWrongs: ${answer} has ${near.length} of 4 wrong answers`);
  return rngFrom(`wrong numbers/${answer}/${never.join(",")}`).shuffled(near.slice(0, 4));
}
