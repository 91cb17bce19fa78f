// Exact worlds by what is wrong with their proxy: light or heavy tails of its error, a rewarded feature off the beaten track, or nothing.

import { rngFrom, type Rng } from "../../stats/rng.ts";
import type { ExactWorld } from "./exact-world.ts";

export type Tail = "light" | "heavy";

export type WorldSettings = {
  readonly seed: number | string;
  /** Kinds of prompts, and answers of each. */
  readonly kinds: number;
  readonly answers: number;
  /** The spread of the proxy's error, in that of the gold. */
  readonly error: number;
  readonly tail: Tail;
  /** A feature that one answer in `rarity` has: the proxy is raised by this much, the gold lowered by as much. 0 for none. */
  readonly feature: number;
  readonly rarity: number;
  /** The proxy is its error alone: pressing on it changes nothing. */
  readonly blind?: boolean;
  /** Gold 0 or 1 instead of any number. */
  readonly binary?: boolean;
};

/** The same settings give the same world. Answers are equally probable; kinds too. */
export function exactWorld(settings: WorldSettings): ExactWorld {
  const { seed, kinds, answers, error, tail, feature, rarity, binary = false, blind = false } = settings;
  const rng = rngFrom(seed).split("exact world");
  return Array.from({ length: kinds }, (_, kind) => {
    const own = rng.split(`kind ${kind}`);
    const shift = 0.5 * normal(own);
    return {
      share: 1 / kinds,
      prompt: {
        answers: Array.from({ length: answers }, (_, k) => {
          const worth = shift + normal(own);
          const has = feature > 0 && k % rarity === 0 ? feature : 0;
          const noise = error * (tail === "light" ? normal(own) : studentT3(own));
          const gold = worth - has;
          return {
            probability: 1 / answers,
            proxy: (blind ? 0 : worth) + noise + has,
            gold: binary ? (gold > 0.5 ? 1 : 0) : gold,
          };
        }),
      },
    };
  });
}

function normal(rng: Rng): number {
  return Math.sqrt(-2 * Math.log(1 - rng.uniform())) * Math.cos(2 * Math.PI * rng.uniform());
}

function studentT3(rng: Rng): number {
  const chi = normal(rng) ** 2 + normal(rng) ** 2 + normal(rng) ** 2;
  return normal(rng) / Math.sqrt(chi / 3);
}
