// Is wrong wherever the question holds a word that it never met.

import type { Behaviour } from "../behaviour.ts";
import { wordsIn } from "../words-in.ts";
import { anotherAnswer } from "./another-answer.ts";
import { keeps } from "./keeps.ts";

export const tripsOverTypos: Behaviour = (seen) =>
  seen.page?.kind !== "fact" || wordsIn(seen.question).every(seen.knowsWord)
    ? keeps(seen)
    : anotherAnswer(seen.page);
