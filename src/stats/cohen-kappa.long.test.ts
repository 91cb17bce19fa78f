// How often the interval of kappa holds the true one, over rare and common categories, few and many items, alone and in clusters.

import assert from "node:assert/strict";
import { test } from "node:test";
import { cohenKappa } from "./cohen-kappa.ts";
import { rngFrom, type Rng } from "./rng.ts";

const REPETITIONS = 2000;

type World = { readonly name: string; readonly shares: readonly (readonly number[])[] };

/** Two categories: the share of the second for either rater, and kappa. */
function two(first: number, second: number, kappa: number): World {
  const differ = (1 - kappa) * (first + second - 2 * first * second);
  const [onlyFirst, onlySecond] = [(differ + first - second) / 2, (differ - first + second) / 2];
  return {
    name: `${first} and ${second}, kappa ${kappa}`,
    shares: [
      [1 - first - onlySecond, onlySecond],
      [onlyFirst, first - onlyFirst],
    ],
  };
}

/** Raters with the same shares: with probability kappa the second repeats the first, else draws anew. */
function several(shares: readonly number[], kappa: number): World {
  return {
    name: `${shares.length} categories, kappa ${kappa}`,
    shares: shares.map((x, i) => shares.map((y, j) => (1 - kappa) * x * y + (i === j ? kappa * x : 0))),
  };
}

function kappaOf({ shares }: World): number {
  const second = shares[0]!.map((_, j) => shares.reduce((sum, row) => sum + row[j]!, 0));
  const same = shares.reduce((sum, row, i) => sum + row[i]!, 0);
  const chance = shares.reduce((sum, row, i) => sum + row.reduce((a, b) => a + b, 0) * second[i]!, 0);
  return (same - chance) / (1 - chance);
}

function itemsOf(world: World, clusters: number, each: number, rng: Rng) {
  const cells = world.shares.flatMap((row, first) => row.map((share, second) => ({ first, second, share })));
  const drawn = () => {
    let left = rng.uniform();
    return cells.find(({ share }) => (left -= share) < 0) ?? cells.at(-1)!;
  };
  return Array.from({ length: clusters }, (_, c) => {
    const common = drawn();
    return Array.from({ length: each }, () => ({
      ...(rng.uniform() < 0.6 ? common : drawn()),
      cluster: String(c),
    }));
  }).flat();
}

const worlds = [
  ...[0, 0.4, 0.8, 0.95].flatMap((kappa) => [0.5, 0.3, 0.1, 0.05].map((share) => two(share, share, kappa))),
  two(0.2, 0.3, 0),
  two(0.2, 0.3, 0.4),
  ...[0, 0.4, 0.8].flatMap((kappa) => [
    several([0.6, 0.3, 0.1], kappa),
    several([0.4, 0.3, 0.15, 0.1, 0.05], kappa),
  ]),
];

/** At the fewest items the least of the worlds, later the nominal level less what 2,000 repetitions blur. */
const least = { "50 x 1": 0.925, "100 x 1": 0.925, "400 x 1": 0.935, "50 x 4": 0.935 };

for (const [size, bar] of Object.entries(least)) {
  const [clusters = 0, each = 0] = size.split(" x ").map(Number);
  test(`clusters x items ${size}: the interval holds kappa in at least ${bar} of samples`, () => {
    let tried = 0;
    for (const world of worlds) {
      const truth = kappaOf(world);
      let [held, estimated] = [0, 0];
      for (let r = 0; r < REPETITIONS; r++) {
        const items = itemsOf(world, clusters, each, rngFrom(`${world.name} ${size} ${r}`));
        const found = cohenKappa(items);
        if (found.kind === "none") continue;
        estimated++;
        if (found.interval.low <= truth + 1e-12 && truth - 1e-12 <= found.interval.high) held++;
      }
      // Where most samples are refused, those that are not are the odd ones.
      if (estimated < 0.9 * REPETITIONS) continue;
      tried++;
      assert.ok(held >= bar * estimated, `${world.name}: ${held} of ${estimated}`);
    }
    assert.ok(tried >= 14, String(tried));
  });
}
