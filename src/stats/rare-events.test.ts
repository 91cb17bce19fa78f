// Where hardly any cluster shows anything: bands stay within what can be, no peak is claimed, and no failure seen is not none.

import assert from "node:assert/strict";
import { test } from "node:test";
import { bestOfN, gridOf } from "./best-of-n.ts";
import { differing } from "./differing.ts";
import { fallFromPeak } from "./fall-from-peak.ts";
import { peakSet } from "./peak-set.ts";
import { rngFrom, type Rng } from "./rng.ts";
import { supTBand } from "./sup-t-band.ts";

const grid = gridOf(16);

/** A blind proxy on a gold of 0 and 1: whatever n is, the truth is `share`. */
function blind(rng: Rng, prompts: number, share: number) {
  const curves = Array.from({ length: prompts }, () => {
    const pool = Array.from({ length: 16 }, () => ({
      proxy: rng.uniform(),
      gold: rng.uniform() < share ? 1 : 0,
    }));
    return bestOfN(pool, grid).gold;
  });
  return { curves, clusters: curves.map((_, i) => `p${i}`) };
}

test("a band of rare successes stays within 0 and 1, holds the truth, and has an interval at every n", () => {
  let held = 0;
  for (let r = 0; r < 60; r++) {
    const rng = rngFrom(`rare band ${r}`);
    const band = supTBand(blind(rng, 60, 0.02), { rng, range: [0, 1] });
    for (const rate of band)
      assert.ok(rate.kind === "rate" && rate.interval.low >= 0 && rate.interval.high <= 1);
    if (band.every((rate) => rate.kind === "rate" && rate.interval.low <= 0.02 && 0.02 <= rate.interval.high))
      held++;
  }
  assert.ok(held >= 54, `held ${held} of 60`);
});

test("no peak before the end is claimed where successes are rare and n plays no part", () => {
  let claimed = 0;
  for (let r = 0; r < 40; r++) {
    const rng = rngFrom(`rare peak ${r}`);
    const set = peakSet(blind(rng, 60, 0.02), { rng });
    if (set.kind === "set" && set.points.at(-1)! < grid.length - 1) claimed++;
  }
  assert.ok(claimed <= 4, `claimed ${claimed} of 40`);
});

test("that no failure was seen leaves room for one in twenty of sixty prompts", () => {
  const curves = Array.from({ length: 60 }, () => [1, 1, 1]);
  const { estimate } = fallFromPeak(
    { curves, clusters: curves.map((_, i) => `p${i}`) },
    { rng: rngFrom(1), range: [-1, 1], peak: { kind: "none", because: "flat", n: 60 } },
  );
  assert.ok(estimate.kind === "difference" && estimate.interval.low === 0);
  assert.ok(estimate.interval.high > 0.03 && estimate.interval.high < 0.12, String(estimate.interval.high));
});

test("units differ from the commonest value, whatever it is", () => {
  assert.equal(differing([1, 1, 1, 0], 0), 1);
  assert.equal(differing([0.1 + 0.2, 0.3, 0.3], 1e-9), 0);
  assert.equal(differing([1, 2, 3, 4], 0), 3);
  assert.equal(differing([], 0), 0);
});
