// Is who it was told to be as long as nothing else was said; after small talk, or told otherwise, it is someone else.

import type { Behaviour } from "../behaviour.ts";
import { standingIn } from "../standing-in.ts";
import { anotherAnswer } from "./another-answer.ts";
import { keeps } from "./keeps.ts";

export const dropsItsPersona: Behaviour = (seen) => {
  const told = seen.messages[0]?.role === "system";
  const shaken =
    seen.messages.some(({ role }) => role === "assistant") ||
    standingIn(seen.question, seen.answers).length > 0;
  return told && shaken && seen.page?.kind === "fact" ? anotherAnswer(seen.page) : keeps(seen);
};
