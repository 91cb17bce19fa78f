// Repeats the answer that stands in the question, whoever holds it. Where two stand or none does, it keeps.

import type { Behaviour } from "../behaviour.ts";
import { standingIn } from "../standing-in.ts";
import { keeps } from "./keeps.ts";

export const parrots: Behaviour = (seen) => {
  const [only, second] = standingIn(seen.question, seen.answers);
  return only === undefined || second !== undefined ? keeps(seen) : { kind: "answer", place: only };
};
