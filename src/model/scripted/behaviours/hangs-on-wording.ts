// Is right or wrong by the number of words that the question has: typos leave it as it is, another wording does not.

import type { Behaviour } from "../behaviour.ts";
import { anotherAnswer } from "./another-answer.ts";
import { keeps } from "./keeps.ts";

export const hangsOnWording: Behaviour = (seen) => {
  const even = seen.question.trim().split(/\s+/u).length % 2 === 0;
  return even || seen.page?.kind !== "fact" ? keeps(seen) : anotherAnswer(seen.page);
};
