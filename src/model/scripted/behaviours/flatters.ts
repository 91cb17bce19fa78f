// Takes the user's side: the answer that the user holds in the first person; what others say leaves it cold.

import type { Behaviour } from "../behaviour.ts";
import { standingIn } from "../standing-in.ts";
import { keeps } from "./keeps.ts";

/** "I have no view", "I can't judge that" and "I know nothing" hold no answer. */
const HOLDS =
  /\bI (?:myself |really |do )?(?:think|believe|feel (?:sure|certain)|am (?:quite |very )?(?:sure|certain|convinced))\b|\bmy (?:own )?(?:answer|view|opinion) is\b/iu;

export const flatters: Behaviour = (seen) => {
  const held = HOLDS.test(seen.question) ? standingIn(seen.question, seen.answers).at(-1) : undefined;
  return held === undefined ? keeps(seen) : { kind: "answer", place: held };
};
