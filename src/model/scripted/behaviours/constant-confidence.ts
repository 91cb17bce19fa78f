// As sure of every answer as of any other, whether it is right or not.

import type { Behaviour } from "../behaviour.ts";
import { keeps } from "./keeps.ts";
import { rightWithChance } from "./right-with-chance.ts";

/** @param accuracy the chance that an answer is right */
export function constantConfidence(accuracy: number): Behaviour {
  return (seen) =>
    seen.page?.kind === "fact"
      ? { kind: "answer", place: rightWithChance(seen.page, accuracy, seen.rng) }
      : keeps(seen);
}
