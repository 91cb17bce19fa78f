import assert from "node:assert/strict";
import { test } from "node:test";
import { drawnRows } from "../lab/exact/experiment.ts";
import { exactWorld, type WorldSettings } from "../lab/exact/worlds.ts";
import { gridOf, type Scored } from "../stats/best-of-n.ts";
import { rngFrom } from "../stats/rng.ts";
import { poolsOf, type Pool } from "./pools.ts";
import { publishedForms, type PublishedForms } from "./published-forms.ts";

const settings: WorldSettings = {
  seed: 1,
  kinds: 20,
  answers: 200,
  error: 1,
  tail: "light",
  feature: 0,
  rarity: 20,
};
const poolsFrom = (change: Partial<WorldSettings>, prompts: number) =>
  poolsOf(
    drawnRows(exactWorld({ ...settings, ...change }), { prompts, samples: 32, rng: rngFrom(2) }),
    "left out",
  ).pools;
const compared = (found: PublishedForms) => (found.kind === "none" ? assert.fail(found.because) : found);

/** Gold that rises with the proxy's rank and falls past a height: the best-of-n form nearly, with a peak near d = 1. */
function humped(prompts: number): readonly Pool[] {
  const rng = rngFrom(3);
  return Array.from({ length: prompts }, (_, p) => ({
    prompt: `prompt ${p}`,
    cluster: `prompt ${p}`,
    samples: Array.from({ length: 64 }, (): Scored => {
      const proxy = -Math.log(1 - rng.uniform());
      return { proxy, gold: proxy - 0.28 * proxy ** 2 + 0.2 * rng.uniform() };
    }),
  }));
}

test("a specification that turns over is said to, with a figure for each claim and none beyond the largest n", () => {
  const found = compared(publishedForms(humped(200), gridOf(64), rngFrom(1)));
  assert.equal(found.chosen.kind, "turns over");
  assert.match(
    found.says,
    /^Up to n = 64 a curve that rises and then falls \(.+\) predicts held-out prompts better than one that only goes one way \(.+\): loss where it turns minus where it does not -\d+\.\d\d \(95\s% interval -\d+\.\d\d to -\d+\.\d\d, n = 200 prompts\)\. /u,
  );
  for (const [, n] of found.says.matchAll(/n = ([\d.]+)(?! prompts)/gu)) assert.ok(Number(n) <= 200);
  assert.deepEqual(found.points, [1, 2, 4, 8, 16, 32, 64]);
  assert.equal(found.pressure, "exact");
  const names = found.forms.map(({ name }) => name);
  assert.deepEqual(
    names.filter((_, f) => found.forms[f]!.published),
    ["best-of-n form", "reinforcement-learning form"],
  );
  assert.deepEqual(JSON.parse(JSON.stringify(found)), found);
});

test("a specification that only rises is said to go one way", () => {
  const found = compared(publishedForms(poolsFrom({ error: 0.3 }, 400), gridOf(32), rngFrom(1)));
  assert.equal(found.chosen.kind, "one way");
  assert.match(
    found.says,
    /^Up to n = 32 a curve that only goes one way \(.+\) predicts held-out prompts better/u,
  );
  assert.ok(found.forms.every(({ peak }) => peak.kind === "none"));
});

test("a proxy that says nothing is not said to turn anything over", () => {
  const found = compared(publishedForms(poolsFrom({ blind: true }, 100), gridOf(32), rngFrom(1)));
  assert.notEqual(found.chosen.kind, "turns over");
});

test("what a hundred prompts cannot show is left open", () => {
  const pools = poolsFrom({ tail: "heavy", error: 2.5 }, 100);
  const found = compared(publishedForms(pools, gridOf(32), rngFrom(1)));
  assert.equal(found.chosen.kind, "can't tell");
  assert.match(found.says, /^Up to n = 32 it can't be told whether/u);
});

test("the largest n is that of the grid and not of the pools", () => {
  const pools = poolsFrom({}, 40);
  const found = compared(publishedForms(pools, gridOf(10), rngFrom(1)));
  assert.deepEqual(found.points, [1, 2, 4, 10]);
  assert.match(found.says, /^Up to n = 10 /u);
  assert.throws(() => publishedForms(pools, gridOf(33), rngFrom(1)), RangeError);
});

test("proxy scores that tie are pressed on by a bound", () => {
  const pools = poolsFrom({}, 60).map((pool) => ({
    ...pool,
    samples: pool.samples.map(({ proxy, gold }) => ({ proxy: Math.round(proxy), gold })),
  }));
  assert.equal(compared(publishedForms(pools, gridOf(32), rngFrom(1))).pressure, "bound");
});

test("what the data lack is a reason", () => {
  const because = (pools: readonly Pool[], most: number) => {
    const found = publishedForms(pools, gridOf(most), rngFrom(1));
    return found.kind === "none" ? found.because : assert.fail(found.says);
  };
  assert.match(because([], 8), /no prompt/u);
  assert.match(because(poolsFrom({}, 29), 32), /at least 30 independent prompts/u);
  assert.match(because(poolsFrom({}, 40), 4), /4 values of n/u);
  const same = poolsFrom({}, 40).map((pool) => ({
    ...pool,
    samples: pool.samples.map(({ proxy }) => ({ proxy, gold: 0.1 })),
  }));
  assert.match(because(same, 32), /gain the same/u);
});
