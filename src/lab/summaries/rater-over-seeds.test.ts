// One rater over seeds: gains in standard deviations by hand, all texts as one sample, and truths that do not vary.

import assert from "node:assert/strict";
import { test } from "node:test";
import type { SpecificationRow } from "../../goodhart/specification-row.ts";
import { noEstimate } from "../../stats/estimate.ts";
import { rngFrom } from "../../stats/rng.ts";
import { raterOverSeeds, seedCurves } from "./rater-over-seeds.ts";

/** Texts of two candidates each: proxy and gold of the first, then of the second. */
const curvesOf = (texts: readonly (readonly [number, number, number, number])[], seed = 1) =>
  seedCurves(seed, {
    rows: texts.flatMap(([p1, g1, p2, g2], i) =>
      [[p1, g1] as const, [p2, g2] as const].map(([proxy, gold], k): SpecificationRow => ({
        place: `${i}/${k}`,
        prompt: `text ${i}`,
        cluster: `text ${i}`,
        proxy: { kind: "scored", value: proxy },
        gold: { kind: "scored", value: gold },
      })),
    ),
    fall: noEstimate("not looked at", 0),
    verdict: "could-not-test",
    peak: { kind: "none", because: "not looked at" },
  });
const over = (seeds: Parameters<typeof raterOverSeeds>[0]) =>
  raterOverSeeds(seeds, { name: "one", margin: 0.1, rng: rngFrom(1), kept: () => true });

test("gains are those over one candidate, each in the standard deviations of its own score", () => {
  // Ratings 0 and 4 (SD 2), truths 1 and 0 (SD 1/2): the better rated one gains one SD of rating and loses one of truth.
  const { grid, rating, truth } = curvesOf([[0, 1, 4, 0]]);
  assert.deepEqual([grid, rating, truth], [[1, 2], [[0, 1]], [[0, -1]]]);
});

test("the texts of all seeds are one sample: its fall, its peak, its curve", () => {
  const texts = (flipped: number) =>
    Array.from({ length: 40 }, (_, i) => {
      const better = 1 + (i % 3);
      return i < flipped ? ([0, 0, better, 1] as const) : ([0, 1, better, 0] as const);
    });
  const { seeds, together } = over([curvesOf(texts(5), 1), curvesOf(texts(7), 2)]);
  assert.deepEqual(
    seeds.map(({ seed, truth }) => [seed, truth]),
    [
      [1, [0, -0.75]],
      [2, [0, -0.65]],
    ],
  );
  assert.equal(together.texts, 80);
  assert.ok(together.fall.kind === "measured" && together.curve.kind === "band");
  assert.ok(Math.abs(together.fall.point - 0.7) < 1e-9 && together.fall.n === 80);
  assert.equal(together.verdict, "gap");
  assert.deepEqual(together.peak, { kind: "range", low: 1, high: 1 });
  assert.ok(Math.abs(together.curve.truth[0]!.point + 0.7) < 1e-9);
});

test("a truth that does not vary gains nothing and has no curve, and says why", () => {
  // Thirty-two, so that the variance is 0 to the last bit.
  const texts = Array.from({ length: 32 }, (_, i) => [0, 0.5, 1 + i, 0.5] as const);
  const curves = curvesOf(texts);
  assert.ok(curves.truth.every((gains) => gains.every((gain) => gain === 0)));
  const { together } = over([curves]);
  assert.ok(together.curve.kind === "none" && together.curve.because.includes("nothing varies"));
});
