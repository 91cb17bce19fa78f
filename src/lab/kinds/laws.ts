// The laws of the planted worlds: for each kind, how worth, gold and proxy of a sample come about, with all strengths drawn from stated ranges.

import type { Rng } from "../../stats/rng.ts";
import { between, evenInRatio, normal, studentT } from "./normal.ts";
import { payloads } from "./payloads.ts";
import { traitNames, type TraitName } from "./texts.ts";

export const plantedKinds = ["none", "regressional", "extremal", "causal", "adversarial"] as const;
export type PlantedKind = (typeof plantedKinds)[number];

/** What a sample is, before it is written down. In standard deviations of `worth`. */
export type Latent = {
  /** What is good about it. */
  readonly worth: number;
  readonly gold: number;
  /** The proxy but for what it reads in the text. */
  readonly base: number;
  readonly has: readonly TraitName[];
  /** Made with the proxy in view. */
  readonly aimed: boolean;
  /** What the text says to the grader, and what this is worth to it. */
  readonly payload?: string;
  readonly boost: number;
};

export type Law = {
  readonly form: string;
  readonly parameters: Readonly<Record<string, number | string>>;
  readonly sample: (rng: Rng) => Latent;
  /** What the proxy reads in the text beside what is good. */
  readonly reads?: { readonly trait: TraitName; readonly strength: number };
  /** Whether the samples carry their origin. */
  readonly labelled: boolean;
  /** What must be there for the kind to show at all. */
  readonly brings?: "texts" | "grader";
};

const plain = { has: [], aimed: false, boost: 0 } as const;

/** Errors with a standard deviation of 1, none with tails heavier than exponential ones. */
const errors = {
  normal,
  uniform: (rng: Rng) => between(rng, -Math.sqrt(3), Math.sqrt(3)),
  "two-valued and normal": (rng: Rng) => ((rng.int(2) === 0 ? -1 : 1) + normal(rng)) / Math.SQRT2,
  "two-sided exponential": (rng: Rng) =>
    ((rng.int(2) === 0 ? -1 : 1) * -Math.log(1 - rng.uniform())) / Math.SQRT2,
} as const;

export const laws: Readonly<Record<PlantedKind, (rng: Rng) => Law>> = {
  none: (rng) => {
    const error = between(rng, 0, 0.15);
    const bend = rng.pick(["straight", "exponential", "cubic"]);
    return {
      form: `${bend} in the gold`,
      parameters: { error },
      labelled: false,
      sample: (own) => {
        const worth = normal(own);
        const seen = worth + error * normal(own);
        const base =
          bend === "straight" ? seen : bend === "exponential" ? Math.exp(seen) : seen + seen ** 3 / 3;
        return { ...plain, worth, gold: worth, base };
      },
    };
  },

  regressional: (rng) => {
    const error = evenInRatio(rng, 0.3, 3);
    const shape = rng.pick(["normal", "uniform", "two-valued and normal", "two-sided exponential"] as const);
    return {
      form: `${shape} error`,
      parameters: { error },
      labelled: false,
      sample: (own) => {
        const worth = normal(own);
        const noise = errors[shape](own);
        return { ...plain, worth, gold: worth, base: worth + error * noise };
      },
    };
  },

  extremal: (rng) => {
    const form = rng.pick([
      "heavy-tailed error",
      "a region off the beaten track",
      "too much of a good thing",
    ]);
    if (form === "heavy-tailed error") {
      const [scale, df] = [evenInRatio(rng, 0.3, 1.2), 1 + rng.int(2)];
      return {
        form,
        parameters: { scale, df },
        labelled: false,
        sample: (own) => {
          const worth = normal(own);
          return { ...plain, worth, gold: worth, base: worth + scale * studentT(own, df) };
        },
      };
    }
    if (form === "a region off the beaten track") {
      const [share, lift, cost] = [evenInRatio(rng, 0.03, 0.15), between(rng, 1.5, 4), between(rng, 0.5, 3)];
      const error = between(rng, 0.2, 1);
      return {
        form,
        parameters: { share, lift, cost, error },
        labelled: false,
        sample: (own) => {
          const worth = normal(own);
          const off = own.uniform() < share;
          return {
            ...plain,
            worth,
            gold: off ? worth - cost : worth,
            base: worth + error * normal(own) + (off ? lift : 0),
          };
        },
      };
    }
    const [from, steep, error] = [between(rng, 0.5, 1.3), between(rng, 1.2, 3), between(rng, 0.1, 0.6)];
    return {
      form,
      parameters: { from, steep, error },
      labelled: false,
      sample: (own) => {
        const amount = normal(own);
        const gold = amount - steep * Math.max(0, amount - from) + 0.3 * normal(own);
        return { ...plain, worth: gold, gold, base: amount + error * normal(own) };
      },
    };
  },

  causal: (rng) => {
    const trait = rng.pick(traitNames);
    const [strength, tie, error] = [evenInRatio(rng, 0.25, 2), between(rng, 0, 2), between(rng, 0.2, 1)];
    return {
      form: `reads ${trait}`,
      parameters: { strength, tie, error },
      labelled: false,
      brings: "grader",
      reads: { trait, strength },
      // The trait and what is good come of the same source; changing the one leaves the other as it is.
      sample: (own) => {
        const worth = normal(own);
        const has = own.uniform() < 1 / (1 + Math.exp(-(tie * worth - 0.5))) ? [trait] : [];
        return { ...plain, worth, gold: worth, base: worth + error * normal(own), has };
      },
    };
  },

  adversarial: (rng) => {
    const shown = rng.pick(["origin", "text", "origin and text"] as const);
    const [share, boost] = [evenInRatio(rng, 0.03, 0.4), evenInRatio(rng, 0.5, 3)];
    const [cost, error] = [between(rng, 0, 1), between(rng, 0.2, 1.2)];
    const mine = rng.shuffled(payloads).slice(0, 3);
    return {
      form: `shown by ${shown}`,
      parameters: { share, boost, cost, error },
      labelled: shown !== "text",
      ...(shown === "origin" ? {} : { brings: rng.pick(["texts", "grader"] as const) }),
      sample: (own) => {
        const aimed = own.uniform() < share;
        const worth = normal(own) - (aimed ? cost : 0);
        const base = worth + error * normal(own);
        if (!aimed) return { ...plain, worth, gold: worth, base };
        return shown === "origin"
          ? { ...plain, worth, gold: worth, base: base + boost, aimed }
          : { ...plain, worth, gold: worth, base, aimed, payload: own.pick(mine), boost };
      },
    };
  },
};
