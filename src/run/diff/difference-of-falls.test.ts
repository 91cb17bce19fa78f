// The difference of two falls: paired where both fall, never from a fall below 0, and the same with the sides exchanged.

import assert from "node:assert/strict";
import { test } from "node:test";
import { clusteredDifference } from "../../stats/clustered-difference.ts";
import { rngFrom } from "../../stats/rng.ts";
import { crossFittedFalls } from "./cross-fitted-falls.ts";
import { differenceOfFalls } from "./difference-of-falls.ts";

const rng = rngFrom("falls");
const clusters = Array.from({ length: 120 }, (_, i) => `c${Math.floor(i / 2)}`);
/** Both rise, then fall by 1 (one) and by 1.5 (other); what is common to both runs is large. */
const common = clusters.map(() => 4 * rng.uniform());
const curvesWith = (end: number) =>
  common.map((shift) => [0, 2, 2 - end - shift].map((value) => value + 0.2 * rng.uniform()));
const [one, other, rising] = [curvesWith(0), curvesWith(0.5), common.map(() => [0, 1, 2 + rng.uniform()])];
const options = { clusters, spread: 10, level: 0.95 };

test("each prompt's fall is measured at the peak of the other folds, not at its own", () => {
  assert.deepEqual(
    crossFittedFalls(
      [...Array.from({ length: 19 }, () => [0, 2, 1]), [9, 2, 1]],
      Array.from({ length: 20 }, (_, i) => `c${String(i).padStart(2, "0")}`),
    ),
    Array.from({ length: 20 }, () => 1),
  );
  // Alone it would move the peak of all to where it is highest itself.
  const peaked = [[0, 90, 1], ...Array.from({ length: 11 }, () => [0, 1, 1.5])];
  assert.equal(
    crossFittedFalls(
      peaked,
      peaked.map((_, i) => `c${String(i).padStart(2, "0")}`),
    )[0],
    0,
  );
});

test("where both fall it is the mean of the prompts' differences, clustered, far narrower than either fall", () => {
  const { how, difference } = differenceOfFalls({ ...options, curves: { a: one, b: other } });
  assert.equal(how, "paired");
  const values = other.map((curve, i) => curve[1]! - curve[2]! - (one[i]![1]! - one[i]![2]!));
  assert.deepEqual(
    difference,
    clusteredDifference(
      values.map((value, i) => ({ cluster: clusters[i]!, value })),
      { range: [-20, 20] },
    ),
  );
  assert.ok(difference.kind === "difference");
  assert.ok(Math.abs(difference.point - 0.5) < 0.05);
  assert.deepEqual([difference.n, difference.observations], [60, 120]);
  assert.ok(difference.interval.high - difference.interval.low < 0.1);
});

test("exchanging the two runs turns the sign and nothing else", () => {
  for (const b of [other, rising]) {
    const [there, back] = [
      differenceOfFalls({ ...options, curves: { a: one, b } }),
      differenceOfFalls({ ...options, curves: { a: b, b: one } }),
    ].map(({ difference }) => difference);
    assert.ok(there?.kind === "difference" && back?.kind === "difference");
    assert.ok(Math.abs(there.point + back.point) < 1e-9);
    assert.ok(Math.abs(there.interval.low + back.interval.high) < 1e-9);
  }
});

test("a curve that still rises has no fall to pair: no fall below 0 is set against another", () => {
  // Up to its second point each of these has nothing between its points but luck; the last is the highest by little.
  const flat = () => common.map(() => [rng.uniform(), rng.uniform(), rng.uniform() + 0.02]);
  let claims = 0;
  for (let i = 0; i < 40; i++) {
    const { difference } = differenceOfFalls({ ...options, curves: { a: flat(), b: flat() } });
    if (difference.kind === "difference" && (difference.interval.low > 0 || difference.interval.high < 0))
      claims++;
  }
  assert.ok(claims <= 3, `${claims} of 40`);
  const found = differenceOfFalls({ ...options, curves: { a: rising, b: one } });
  assert.equal(found.how, "unpaired");
  assert.ok(found.difference.kind === "difference");
  assert.match(found.difference.method, /conservative for any dependence/);
  assert.equal(found.difference.observations, 120);
});

test("too few prompts to look for a fall have a reason", () => {
  const few = { ...options, clusters: clusters.slice(0, 20) };
  const { difference } = differenceOfFalls({
    ...few,
    curves: { a: rising.slice(0, 20), b: one.slice(0, 20) },
  });
  assert.ok(difference.kind === "none");
  assert.match(difference.because, /at least 30 independent prompts/);
});
