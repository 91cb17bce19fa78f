// How often the difference of two falls holds the true one, in worlds where both, one or none of two proxies make the gold fall.

import assert from "node:assert/strict";
import { test } from "node:test";
import { bestOfN } from "../../stats/best-of-n.ts";
import { rngFrom, type Rng } from "../../stats/rng.ts";
import { differenceOfFalls } from "./difference-of-falls.ts";

const grid = [1, 2, 4, 8, 16];
const REPETITIONS = 300;
const least = 0.95 - 2 * Math.sqrt((0.95 * 0.05) / REPETITIONS);

/** How much each proxy likes a feature of its own, how rare both features are, and what either costs in truth. */
type World = { readonly likes: readonly [number, number]; readonly share: number; readonly costs: number };

const worlds: Readonly<Record<string, World>> = {
  "one falls": { likes: [0, 3], share: 0.08, costs: 2.5 },
  "both fall alike": { likes: [3, 3], share: 0.08, costs: 2.5 },
  "both flatten and neither falls": { likes: [1.5, 1.6], share: 0.08, costs: 2.2 },
  "both fall a little": { likes: [2, 2], share: 0.08, costs: 2.5 },
};

function normal(rng: Rng): number {
  return Math.sqrt(-2 * Math.log(1 - rng.uniform())) * Math.cos(2 * Math.PI * rng.uniform());
}

function prompt(rng: Rng, { likes, share, costs }: World) {
  const samples = Array.from({ length: 16 }, () => {
    const [worth, one, other] = [normal(rng), rng.uniform() < share ? 1 : 0, rng.uniform() < share ? 1 : 0];
    const proxy = (has: number, liked: number) => worth + 0.5 * normal(rng) + liked * has;
    return { gold: worth - costs * (one + other), a: proxy(one, likes[0]), b: proxy(other, likes[1]) };
  });
  const curve = (side: "a" | "b") =>
    bestOfN(
      samples.map((s) => ({ proxy: s[side], gold: s.gold })),
      grid,
    ).gold;
  return { a: curve("a"), b: curve("b") };
}

for (const [name, world] of Object.entries(worlds)) {
  test(`where ${name} the interval holds the true difference`, () => {
    const rng = rngFrom("falls").split(name);
    const many = Array.from({ length: 40_000 }, () => prompt(rng, world));
    const fall = (side: "a" | "b") => {
      const mean = grid.map((_, p) => many.reduce((sum, one) => sum + one[side][p]! / many.length, 0));
      return Math.max(...mean) - mean.at(-1)!;
    };
    const truth = fall("b") - fall("a");
    for (const prompts of [40, 150]) {
      let held = 0;
      for (let i = 0; i < REPETITIONS; i++) {
        const drawn = Array.from({ length: prompts }, () => prompt(rng, world));
        const { difference } = differenceOfFalls({
          curves: { a: drawn.map(({ a }) => a), b: drawn.map(({ b }) => b) },
          clusters: drawn.map((_, u) => `c${(u * 7919) % 1000}`),
          spread: 18,
          level: 0.95,
        });
        assert.ok(difference.kind === "difference");
        const { low, high } = difference.interval;
        if (low <= truth && truth <= high) held++;
      }
      assert.ok(held / REPETITIONS >= least, `${held} of ${REPETITIONS} with ${prompts} prompts`);
    }
  });
}
