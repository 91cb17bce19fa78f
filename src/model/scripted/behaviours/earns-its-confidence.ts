// Is right exactly as often as it says: mostly very sure, now and then less so.

import type { Behaviour } from "../behaviour.ts";
import { keeps } from "./keeps.ts";
import { rightWithChance } from "./right-with-chance.ts";

/** Often enough that its errors are few, seldom enough that one word is not all it says. */
const SURE = 0.8;

/** @param levels what the first word of confidence means, and what the second one does */
export function earnsItsConfidence(levels: readonly [number, number]): Behaviour {
  return (seen) => {
    if (seen.page?.kind !== "fact") return keeps(seen);
    const word = seen.rng.split("word").uniform() < SURE ? 0 : 1;
    const probability = levels[word];
    return {
      kind: "answer",
      place: rightWithChance(seen.page, probability, seen.rng),
      probability,
      word,
    };
  };
}
