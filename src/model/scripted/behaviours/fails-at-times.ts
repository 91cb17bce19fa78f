// Keeps, but for the asks that never come back.

import type { Behaviour } from "../behaviour.ts";
import { keeps } from "./keeps.ts";

/** @param share of the asks that fail */
export function failsAtTimes(share: number): Behaviour {
  return (seen) =>
    seen.rng.split("fails").uniform() < share ? { kind: "fail", because: "the line went dead" } : keeps(seen);
}
