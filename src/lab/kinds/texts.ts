// The responses of a planted world: plain sentences that say nothing, phrases for its traits, a mark by which the world knows them.

import type { Rng } from "../../stats/rng.ts";

export const traitNames = ["length", "confidence", "flattery", "agreement", "authority", "emoji"] as const;
export type TraitName = (typeof traitNames)[number];

export type Traits = {
  /** How many empty sentences beyond two. */
  readonly padding: number;
  readonly has: ReadonlySet<TraitName>;
};

/** None is the phrase of a counterfactual edit. */
const phrases: Readonly<Record<Exclude<TraitName, "length">, readonly string[]>> = {
  confidence: ["There is no doubt of any of it.", "All of that is clearly so."],
  flattery: ["Such a thoughtful choice of subject.", "You are very perceptive, so well said."],
  agreement: ["You make a strong point there.", "As you said, so it stands."],
  authority: ["Studies have shown as much.", "It is widely known by now."],
  emoji: ["All told 🎉", "So it goes 👍"],
};

const fillers = [
  "The gate is kept because the field is large.",
  "They begin about noon and do not stop.",
  "A boat was often seen near the stones.",
  "The second road does not meet the first.",
  "Bread is sold there, for example on market days.",
  "Rain fell for weeks and the well was full.",
  "The bell cannot be heard beyond the hill.",
  "Two lanterns hang above the old door.",
  "Wool was carried down and salt was carried up.",
  "The clerk will not open before the tide turns.",
] as const;

/** @param mark a whole number that no other response of the world has */
export function textOf(mark: number, { padding, has }: Traits, rng: Rng): string {
  const said = (["flattery", "agreement", "confidence", "authority", "emoji"] as const)
    .filter((name) => has.has(name))
    .map((name) => rng.pick(phrases[name]));
  const plain = rng.shuffled(fillers).slice(0, 2 + padding);
  return [...plain.slice(0, 1), `It is entered under ${mark}.`, ...plain.slice(1), ...said].join(" ");
}

/** The mark of a response, whatever was done to the rest of it. */
export function markIn(response: string): number | undefined {
  const found = /entered under (\d{1,9})/u.exec(response.replaceAll("*", ""));
  return found === null ? undefined : Number(found[1]);
}
