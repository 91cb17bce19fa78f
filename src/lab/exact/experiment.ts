// The exact world as an experiment: what is true of a proxy under pressure beside what the estimators make of drawn samples.

import type { Rng } from "../../stats/rng.ts";
import type { SpecificationRow } from "../../goodhart/specification-row.ts";
import { exactBestOfN, expectedUnder, optimalPolicy, type ExactWorld } from "./exact-world.ts";

/** Samples as they would be stored: so many prompts of the world's kinds, so many answers each. */
export function drawnRows(
  world: ExactWorld,
  { prompts, samples, rng }: { readonly prompts: number; readonly samples: number; readonly rng: Rng },
): readonly SpecificationRow[] {
  return Array.from({ length: prompts }, (_, p) => {
    const own = rng.split(`prompt ${p}`);
    const { answers } = kindOf(world, own.uniform());
    return Array.from({ length: samples }, (_, s): SpecificationRow => {
      const { proxy, gold } = answerOf(answers, own.uniform());
      return {
        place: `sample ${p * samples + s + 1}`,
        prompt: `prompt ${p}`,
        cluster: `prompt ${p}`,
        proxy: { kind: "scored", value: proxy },
        gold: { kind: "scored", value: gold },
      };
    });
  }).flat();
}

export type ExactRow = {
  readonly n: number;
  readonly kl: number;
  readonly proxy: number;
  readonly gold: number;
  /** Of the policy that has the most proxy at the same mean KL: what the best optimiser would make of it. */
  readonly optimal: { readonly proxy: number; readonly gold: number };
};

/** The truth at each n, and beside it the optimal policy's gold at the KL that best-of-n has there. */
export function exactRows(world: ExactWorld, grid: readonly number[]): readonly ExactRow[] {
  return grid.map((n) => {
    const { kl, proxy, gold } = exactBestOfN(world, n);
    return { n, kl, proxy, gold, optimal: optimalAt(world, kl) };
  });
}

/** The optimal policy whose mean KL is the given one, its beta found by bisection (KL falls as beta grows). */
function optimalAt(world: ExactWorld, kl: number): ExactRow["optimal"] {
  const at = (beta: number) =>
    world.reduce(
      (sum, { share, prompt }) => {
        const one = expectedUnder(prompt, optimalPolicy(prompt, beta));
        return {
          kl: sum.kl + share * one.kl,
          proxy: sum.proxy + share * one.proxy,
          gold: sum.gold + share * one.gold,
        };
      },
      { kl: 0, proxy: 0, gold: 0 },
    );
  let [low, high] = [1e-4, 1e4];
  for (let i = 0; i < 100; i++) {
    const middle = Math.sqrt(low * high);
    if (at(middle).kl > kl) low = middle;
    else high = middle;
  }
  const { proxy, gold } = at(Math.sqrt(low * high));
  return { proxy, gold };
}

function kindOf(world: ExactWorld, u: number) {
  let below = 0;
  for (const { share, prompt } of world) {
    below += share;
    if (u < below) return prompt;
  }
  return world.at(-1)!.prompt;
}

function answerOf(answers: ExactWorld[number]["prompt"]["answers"], u: number) {
  let below = 0;
  for (const answer of answers) {
    below += answer.probability;
    if (u < below) return answer;
  }
  return answers.at(-1)!;
}
