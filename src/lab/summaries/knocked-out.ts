// The same rater with biases taken away: each alone, and all of them.

import { biasNames, type BiasName, type Rater } from "./rater.ts";

export type KnockedOut = {
  /** As results name it: "without flattery". */
  readonly name: string;
  /** As a sentence goes on: "a reader without a liking for flattery". */
  readonly spoken: string;
  readonly rater: Rater;
};

export function knockedOut(full: Rater): readonly KnockedOut[] {
  const without = (...names: readonly BiasName[]): Rater => ({
    ...full,
    biases: { ...full.biases, ...Object.fromEntries(names.map((name) => [name, 0])) },
  });
  return [
    ...biasNames.map((name) => ({
      name: `without ${name}`,
      spoken: `without ${SPOKEN[name]}`,
      rater: without(name),
    })),
    { name: "without any bias", spoken: "without any bias", rater: without(...biasNames) },
  ];
}

const SPOKEN: Readonly<Record<BiasName, string>> = {
  confidence: "a liking for confidence",
  flattery: "a liking for flattery",
  length: "a liking for length",
  doubtAversion: "an aversion to doubt",
};
