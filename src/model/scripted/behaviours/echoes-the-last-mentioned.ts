// Takes the answer that the user mentioned last, and guesses where there is none.

import type { Behaviour } from "../behaviour.ts";
import { standingIn } from "../standing-in.ts";
import { guesses } from "./guesses.ts";

export const echoesTheLastMentioned: Behaviour = (seen) => {
  const last = standingIn(seen.question, seen.answers).at(-1);
  return last === undefined ? guesses(seen) : { kind: "answer", place: last };
};
