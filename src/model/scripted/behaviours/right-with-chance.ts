// The place of the right answer with a given chance, else of any other.

import type { Page } from "../answer-book.ts";
import type { Rng } from "../../../stats/rng.ts";

export function rightWithChance(
  { answers, right }: Extract<Page, { kind: "fact" }>,
  chance: number,
  rng: Rng,
): number {
  if (rng.split("right").uniform() < chance) return right;
  return rng.split("wrong").pick(answers.map((_, i) => i).filter((i) => i !== right));
}
