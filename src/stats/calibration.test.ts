// Laws of the calibration and ranking figures, and of the bins under them.

import assert from "node:assert/strict";
import { test } from "node:test";

import fc from "fast-check";

import { equalMassBins } from "./equal-mass-bins.ts";
import { adaptiveEce, auroc, brier, reliabilityBins, rngFrom, type Rate } from "./index.ts";

const forecasts = (low: number, high: number) =>
  fc.array(
    fc.record({
      confidence: fc.integer({ min: 0, max: 60 }).map((x) => x / 60),
      outcome: fc.constantFrom(0 as const, 1 as const),
    }),
    { minLength: low, maxLength: high },
  );
const split = (list: readonly { confidence: number; outcome: 0 | 1 }[]) =>
  [list.map(({ confidence }) => confidence), list.map(({ outcome }) => outcome)] as const;
const point = (rate: Rate) => (rate.kind === "none" ? Number.NaN : rate.point);
const inOrder = (rate: Rate) =>
  rate.kind === "none" ||
  (rate.interval.low <= rate.point &&
    rate.point <= rate.interval.high &&
    rate.interval.low < rate.interval.high);
const close = (a: number, b: number, tolerance = 1e-9) =>
  assert.ok(Math.abs(a - b) <= tolerance, `${a} is not ${b}`);

/** Outcomes drawn with `chance(confidence)`. */
function drawn(n: number, chance: (confidence: number) => number, seed: number) {
  const rng = rngFrom(seed);
  const confidences = Array.from({ length: n }, () => rng.uniform());
  return [confidences, confidences.map((c): 0 | 1 => (rng.uniform() < chance(c) ? 1 : 0))] as const;
}

test("bins hold every forecast once, in order, never part equal confidences, and none is nearly empty", () => {
  fc.assert(
    fc.property(forecasts(1, 200), fc.integer({ min: 1, max: 20 }), (list, bins) => {
      const found = equalMassBins(list, bins);
      assert.equal(
        found.reduce((sum, bin) => sum + bin.forecasts.length, 0),
        list.length,
      );
      assert.ok(found.length >= 1 && found.length <= bins);
      close(
        found.reduce((sum, bin) => sum + bin.weight, 0),
        1,
      );
      found.slice(1).forEach((bin, i) => {
        const before = found[i]?.forecasts ?? [];
        assert.ok(
          Math.max(...before.map(({ confidence }) => confidence)) <
            Math.min(...bin.forecasts.map(({ confidence }) => confidence)),
        );
      });
      if (found.length > 1) found.forEach((bin) => assert.ok(bin.forecasts.length >= list.length / bins / 2));
    }),
  );
});

test("without ties the bins are equal to within one", () => {
  for (const [n, bins] of [
    [300, 10],
    [301, 15],
    [47, 4],
  ] as const) {
    const sizes = equalMassBins(
      Array.from({ length: n }, (_, i) => ({ confidence: i / n, outcome: 0 as const })),
      bins,
    ).map((bin) => bin.forecasts.length);
    assert.equal(sizes.length, bins);
    assert.ok(Math.max(...sizes) - Math.min(...sizes) <= 1, sizes.join(" "));
  }
});

test("the Brier score is the sum of its parts, and every part holds its point", () => {
  fc.assert(
    fc.property(forecasts(100, 200), (list) => {
      const { score, reliability, resolution, uncertainty, within } = brier(...split(list));
      assert.ok([score, reliability, resolution, uncertainty, within].every(inOrder));
      const rest = within.kind === "none" ? 0 : within.point;
      close(point(reliability) - point(resolution) + point(uncertainty) + rest, point(score), 1e-12);
    }),
  );
});

test("a calibrated model's reliability interval holds 0, an overconfident one's does not", () => {
  const fair = brier(...drawn(1000, (c) => c, 1)).reliability;
  const over = brier(...drawn(1000, (c) => 0.3 + 0.4 * c, 1)).reliability;
  assert.ok(
    fair.kind === "rate" && fair.interval.low < 0 && fair.interval.high > 0 && fair.interval.high < 0.01,
  );
  assert.ok(over.kind === "rate" && over.interval.low > 0.01);
});

test("a calibrated model's error lies on its noise floor and its interval reaches 0, a miscalibrated one's lies above both", () => {
  const fair = adaptiveEce(...drawn(600, (c) => c, 2), { rng: rngFrom(1) });
  assert.ok(
    fair.ece.kind === "rate" && fair.floor.kind === "rate" && inOrder(fair.ece) && inOrder(fair.floor),
  );
  assert.ok(fair.ece.point < fair.floor.interval.high && fair.ece.interval.low === 0);
  const over = adaptiveEce(...drawn(600, (c) => 0.3 + 0.4 * c, 2), { rng: rngFrom(1) });
  assert.ok(over.ece.kind === "rate" && over.floor.kind === "rate");
  assert.ok(over.ece.interval.low > 0 && over.ece.point > over.floor.interval.high);
});

test("the calibration error is the same for the same seed, and does not ask for the order of the items", () => {
  const [confidences, outcomes] = drawn(200, (c) => c, 3);
  const one = adaptiveEce(confidences, outcomes, { rng: rngFrom(4) });
  assert.deepEqual(adaptiveEce(confidences, outcomes, { rng: rngFrom(4) }), one);
  const turned = adaptiveEce(confidences.toReversed(), outcomes.toReversed(), { rng: rngFrom(4) });
  close(point(turned.ece), point(one.ece), 1e-12);
});

test("calibration figures refuse too few forecasts, and lists that do not match", () => {
  const [confidences, outcomes] = drawn(99, (c) => c, 5);
  assert.equal(brier(confidences, outcomes).score.kind, "rate");
  assert.equal(brier(confidences, outcomes).reliability.kind, "none");
  assert.equal(adaptiveEce(confidences, outcomes, { rng: rngFrom(1) }).ece.kind, "none");
  assert.throws(() => brier([0.5], []), RangeError);
  assert.throws(() => brier([1.5], [1]), RangeError);
  assert.throws(() => auroc([0.5], [2 as 1]), RangeError);
});

test("where each bin holds one confidence nothing is left within", () => {
  const list = Array.from({ length: 120 }, (_, i) => ({
    confidence: (i % 4) / 4,
    outcome: i % 3 === 0 ? (1 as const) : (0 as const),
  }));
  const { score, reliability, resolution, uncertainty, within } = brier(...split(list));
  assert.equal(within.kind, "none");
  close(point(reliability) - point(resolution) + point(uncertainty), point(score), 1e-12);
});

test("the points of a reliability diagram rise in confidence and carry Wilson's interval", () => {
  const points = reliabilityBins(...drawn(200, (c) => c, 6));
  assert.equal(points.length, 10);
  assert.ok(points.every(({ accuracy }) => inOrder(accuracy) && accuracy.n === 20));
  assert.ok(points.every(({ confidence }, i) => i === 0 || confidence > (points[i - 1]?.confidence ?? 0)));
});

test("the area under the curve is the share of pairs ranked rightly, and mirrors with the outcomes", () => {
  fc.assert(
    fc.property(forecasts(30, 120), (list) => {
      const [confidences, outcomes] = split(list);
      const found = auroc(confidences, outcomes);
      if (found.kind === "none") return;
      assert.ok(inOrder(found) && found.interval.low >= 0 && found.interval.high <= 1);
      const ones = list.filter(({ outcome }) => outcome === 1);
      const zeros = list.filter(({ outcome }) => outcome === 0);
      const wins = ones.reduce(
        (sum, a) => zeros.reduce((s, b) => s + (1 + Math.sign(a.confidence - b.confidence)) / 2, sum),
        0,
      );
      close(found.point, wins / ones.length / zeros.length);
      const mirrored = auroc(
        confidences,
        outcomes.map((outcome): 0 | 1 => (outcome === 1 ? 0 : 1)),
      );
      assert.ok(mirrored.kind === "rate");
      close(mirrored.point, 1 - found.point);
      close(mirrored.interval.low, 1 - found.interval.high);
    }),
  );
});

test("a perfect ranking, and one of equal confidences, still have a width; one class alone has no area", () => {
  const outcomes = Array.from({ length: 40 }, (_, i): 0 | 1 => (i < 20 ? 1 : 0));
  const perfect = auroc(
    outcomes.map((outcome) => (outcome === 1 ? 0.9 : 0.1)),
    outcomes,
  );
  assert.ok(
    perfect.kind === "rate" &&
      perfect.point === 1 &&
      perfect.interval.low > 0.8 &&
      perfect.interval.low < 0.9,
  );
  const flat = auroc(
    outcomes.map(() => 0.5),
    outcomes,
  );
  assert.ok(
    flat.kind === "rate" && flat.point === 0.5 && flat.interval.low < 0.35 && flat.interval.high > 0.65,
  );
  assert.equal(
    auroc(
      outcomes.map(() => 0.5),
      outcomes.map(() => 1),
    ).kind,
    "none",
  );
});

test("copies in a cluster do not narrow the area's interval", () => {
  const [confidences, outcomes] = drawn(80, (c) => c, 7);
  const thrice = <T>(list: readonly T[]) => list.flatMap((item) => [item, item, item]);
  const single = auroc(confidences, outcomes);
  const copied = auroc(thrice(confidences), thrice(outcomes), {
    clusters: thrice(confidences.map((_, i) => String(i))),
  });
  assert.ok(
    single.kind === "rate" && copied.kind === "rate" && copied.n === 80 && copied.observations === 240,
  );
  close(copied.interval.low, single.interval.low, 0.005);
});
