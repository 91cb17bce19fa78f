import assert from "node:assert/strict";
import { test } from "node:test";
import { bestOfN } from "./best-of-n.ts";
import { crossFittedPrediction, type PredictableRow } from "./cross-fitted-prediction.ts";
import { normalScores } from "./normal-scores.ts";
import { orderWeights } from "./order-weights.ts";
import { rngFrom } from "./rng.ts";

const close = (a: number, b: number, within = 1e-12) =>
  assert.ok(Math.abs(a - b) <= within, `${a} is not ${b}`);

test("the weights are those with which bestOfN adds up the gold, ties and all", () => {
  const rng = rngFrom("weights");
  const pool = Array.from({ length: 17 }, () => ({ proxy: rng.int(9), gold: rng.uniform() }));
  const grid = [1, 2, 5, 17];
  const weights = orderWeights(
    pool.map(({ proxy }) => proxy),
    grid,
  );
  const { gold } = bestOfN(pool, grid);
  grid.forEach((_, p) => {
    close(
      pool.reduce((sum, s, i) => sum + weights[i]![p]! * s.gold, 0),
      gold[p]!,
    );
    close(
      weights.reduce((sum, w) => sum + w[p]!, 0),
      1,
    );
  });
  assert.throws(() => orderWeights([1, 2], [3]), RangeError);
  assert.throws(() => orderWeights([1, Number.POSITIVE_INFINITY], [1]), RangeError);
});

test("normal scores look at the order alone, and equal values share a score", () => {
  assert.deepEqual(normalScores([3, 1, 2]), normalScores([1e6, -5, 0]));
  const [a, b, c, d] = normalScores([7, 7, 1, 9]);
  assert.equal(a, b);
  assert.ok(c! < a! && a! < d!);
  close(c!, -1.1503493803760079, 1e-9);
  close(d!, 1.1503493803760079, 1e-9);
});

/** Rows of 30 clusters, of which every third row is labelled with what `value` says. */
function rowsOf(value: (x: number, noise: number) => number): PredictableRow[] {
  const rng = rngFrom("cross-fitted");
  return Array.from({ length: 360 }, (_, i) => {
    const x = 3.4 * (rng.uniform() - 0.5);
    const noise = rng.uniform() - 0.5;
    return {
      cluster: `c${i % 30}`,
      features: [x],
      ...(i % 4 === 1 ? { label: { value: value(x, noise), weight: 1 + (i % 3) } } : {}),
    };
  });
}

test("what the features tell is learned from few labels, and what they don't tell is not made up", () => {
  const told = rowsOf((x) => 2 + x);
  const { predicted, lambda } = crossFittedPrediction(told, rngFrom(1));
  assert.ok(lambda > 0.99, String(lambda));
  told.forEach(({ features }, i) => close(predicted[i]!, 2 + features[0]!, 0.15));
  const blind = rowsOf((_, noise) => noise);
  const nothing = crossFittedPrediction(blind, rngFrom(1));
  assert.ok(nothing.lambda < 0.3, String(nothing.lambda));
  assert.ok(Math.max(...nothing.predicted.map(Math.abs)) < 0.15);
});

test("no label has a part in the prediction for its own cluster, nor in how far that is trusted", () => {
  const rows = rowsOf((x, noise) => 0.12 * x + noise);
  const own = "c9";
  const changed = rows.map((row) =>
    row.cluster === own && row.label !== undefined
      ? { ...row, label: { value: 7 - 20 * row.label.value, weight: row.label.weight } }
      : row,
  );
  assert.ok(rows.some(({ cluster, label }) => cluster === own && label !== undefined));
  const { predicted: before, lambda } = crossFittedPrediction(rows, rngFrom(2));
  const { predicted: after } = crossFittedPrediction(changed, rngFrom(2));
  assert.ok(lambda > 0.1 && lambda < 0.95, `at its ends it would not move: ${lambda}`);
  let moved = 0;
  rows.forEach(({ cluster }, i) => {
    if (cluster === own) assert.equal(after[i], before[i]);
    else if (after[i] !== before[i]) moved++;
  });
  assert.ok(moved > 100);
});

test("a prediction stays between the least and the largest label, whatever the features", () => {
  const rows = rowsOf((x) => (x > 0 ? 1 : 0)).concat({ cluster: "far", features: [1e6] });
  const { predicted } = crossFittedPrediction(rows, rngFrom(3));
  assert.ok(predicted.every((f) => f >= 0 && f <= 1));
});

test("two labelled clusters are too few to leave anything to fit", () => {
  const rows = rowsOf((x) => x).map(({ label, ...row }, i) =>
    label !== undefined && i < 6 ? { ...row, label } : row,
  );
  assert.throws(() => crossFittedPrediction(rows, rngFrom(4)), /at least three labelled clusters, got 2/u);
});
