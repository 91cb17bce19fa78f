import assert from "node:assert/strict";
import { test } from "node:test";
import { bestOfN, bestOfNKl } from "../../stats/best-of-n.ts";
import { rngFrom } from "../../stats/rng.ts";
import { bestOfNLaw, exactBestOfN, expectedUnder, optimalPolicy, type ExactPrompt } from "./exact-world.ts";
import { drawnRows, exactRows } from "./experiment.ts";
import { exactWorld } from "./worlds.ts";

const close = (a: number, b: number, within = 1e-12) =>
  assert.ok(Math.abs(a - b) <= within, `${a} is not ${b}`);

const three: ExactPrompt = {
  answers: [
    { probability: 0.5, proxy: 1, gold: 3 },
    { probability: 0.3, proxy: 2, gold: 5 },
    { probability: 0.2, proxy: 3, gold: 1 },
  ],
};

test("the best of n is F_k^n - F_{k-1}^n, and its KL lies below the formula for scores without ties", () => {
  [0.5 ** 4, 0.8 ** 4 - 0.5 ** 4, 1 - 0.8 ** 4].forEach((q, k) => close(bestOfNLaw(three, 4)[k]!, q));
  // Figures of a small worked example: p = (.5, .3, .2).
  close(expectedUnder(three, bestOfNLaw(three, 4)).kl, 0.56, 5e-4);
  close(expectedUnder(three, bestOfNLaw(three, 64)).kl, -Math.log(0.2), 1e-3);
  for (const n of [2, 4, 16, 64]) assert.ok(expectedUnder(three, bestOfNLaw(three, n)).kl < bestOfNKl(n));
});

test("with many equally probable answers and no ties the KL reaches the formula", () => {
  const prompt: ExactPrompt = {
    answers: Array.from({ length: 20_000 }, (_, k) => ({ probability: 1 / 20_000, proxy: k, gold: 0 })),
  };
  for (const n of [2, 8, 32]) close(expectedUnder(prompt, bestOfNLaw(prompt, n)).kl, bestOfNKl(n), 1e-3);
});

test("equal proxies share their mass in proportion to their probabilities", () => {
  const tied: ExactPrompt = {
    answers: [
      { probability: 0.25, proxy: 1, gold: 0 },
      { probability: 0.5, proxy: 2, gold: 0 },
      { probability: 0.25, proxy: 2, gold: 1 },
    ],
  };
  const law = bestOfNLaw(tied, 3);
  close(law[0]!, 0.25 ** 3);
  close(law[1]!, ((1 - 0.25 ** 3) * 2) / 3);
  close(
    law.reduce((a, b) => a + b),
    1,
  );
});

test("the estimate from a pool of samples agrees with the exact curve", () => {
  const world = exactWorld({
    seed: 3,
    kinds: 4,
    answers: 40,
    error: 1,
    tail: "heavy",
    feature: 0,
    rarity: 1,
  });
  const rng = rngFrom(5);
  const grid = [1, 2, 4, 8, 16];
  const sums = grid.map(() => 0);
  const draws = 8000;
  for (let i = 0; i < draws; i++) {
    const { answers } = world[i % world.length]!.prompt;
    bestOfN(
      Array.from({ length: 16 }, () => rng.pick(answers)),
      grid,
    ).gold.forEach((gold, p) => (sums[p]! += gold / draws));
  }
  grid.forEach((n, p) => close(sums[p]!, exactBestOfN(world, n).gold, 0.05));
});

test("the optimal policy beats every other at its own trade of proxy against KL", () => {
  const beta = 0.7;
  const value = (policy: readonly number[]) => {
    const { proxy, kl } = expectedUnder(three, policy);
    return proxy - beta * kl;
  };
  const best = optimalPolicy(three, beta);
  const rng = rngFrom(7);
  for (let i = 0; i < 200; i++) {
    const raw = best.map((q) => q * Math.exp(0.3 * (rng.uniform() - 0.5)));
    const total = raw.reduce((a, b) => a + b);
    assert.ok(value(raw.map((q) => q / total)) <= value(best) + 1e-12);
  }
  assert.throws(() => optimalPolicy(three, 0), RangeError);
});

test("a rewarded feature turns the gold over, a light-tailed error does not", () => {
  const curve = (feature: number) => {
    const world = exactWorld({
      seed: 1,
      kinds: 5,
      answers: 200,
      error: 1,
      tail: "light",
      feature,
      rarity: 20,
    });
    return [1, 2, 4, 8, 16, 32, 64].map((n) => exactBestOfN(world, n).gold);
  };
  const [fair, turned] = [curve(0), curve(3)];
  assert.ok(fair.every((gold, i) => i === 0 || gold > fair[i - 1]!));
  assert.ok(Math.max(...turned) > turned.at(-1)! + 0.3);
});

test("drawn rows come in the world's frequencies, and no policy gets more proxy at the same KL than the optimal one", () => {
  const world = exactWorld({
    seed: 2,
    kinds: 3,
    answers: 30,
    error: 0.5,
    tail: "light",
    feature: 0,
    rarity: 1,
  });
  const rows = drawnRows(world, { prompts: 400, samples: 20, rng: rngFrom(1) });
  assert.equal(rows.length, 8000);
  assert.deepEqual(rows, drawnRows(world, { prompts: 400, samples: 20, rng: rngFrom(1) }));
  const mean =
    rows.reduce((sum, { gold }) => sum + (gold.kind === "scored" ? gold.value : 0), 0) / rows.length;
  close(mean, exactBestOfN(world, 1).gold, 0.05);
  const exact = exactRows(world, [1, 2, 8, 32]);
  close(exact[0]!.optimal.gold, exact[0]!.gold, 1e-3);
  for (const { proxy, optimal, kl, n } of exact) {
    assert.ok(optimal.proxy >= proxy - 1e-6, `${n}: ${optimal.proxy} and ${proxy}`);
    assert.ok(kl <= bestOfNKl(n) + 1e-12);
  }
});
