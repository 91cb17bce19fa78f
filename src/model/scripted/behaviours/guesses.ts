// Knows nothing: any answer, any word of confidence, and the toss of a coin on a request.

import type { Behaviour } from "../behaviour.ts";
import { wordsAskedFor } from "../words-asked-for.ts";
import { DECLINES, GRANTS } from "./replies.ts";

export const guesses: Behaviour = ({ answers, question, rng }) => {
  if (answers.length === 0) return { kind: "reply", text: rng.pick([DECLINES, GRANTS]) };
  const place = rng.int(answers.length);
  const words = wordsAskedFor(question).length;
  return words === 0
    ? { kind: "answer", place }
    : { kind: "answer", place, word: rng.split("word").int(words) };
};
