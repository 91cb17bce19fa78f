// Says that it is certain, or that it is likely, and is mostly wrong.

import type { Behaviour } from "../behaviour.ts";
import { keeps } from "./keeps.ts";
import { rightWithChance } from "./right-with-chance.ts";

/** Low beside what any of the two words can mean. */
const ACCURACY = 0.3;

export const boasts: Behaviour = (seen) =>
  seen.page?.kind === "fact"
    ? {
        kind: "answer",
        place: rightWithChance(seen.page, ACCURACY, seen.rng),
        word: seen.rng.split("word").int(2),
      }
    : keeps(seen);
