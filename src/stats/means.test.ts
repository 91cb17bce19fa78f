// Laws of the means, plain and clustered, and of the bound that takes over where t may not be trusted.

import assert from "node:assert/strict";
import { test } from "node:test";

import fc from "fast-check";

import { boundedMeanEnds } from "./bounded-mean.ts";
import {
  clusteredDifference,
  clusteredRate,
  mean,
  pairedMean,
  pairedProportions,
  rngFrom,
  wilson,
  type Estimate,
} from "./index.ts";

const values = fc.array(fc.double({ min: -1, max: 1, noNaN: true }), { minLength: 1, maxLength: 80 });
const range = [-1, 1] as const;
const ends = (estimate: Estimate) => {
  if (estimate.kind === "none") throw new Error(estimate.because);
  return {
    ...estimate.interval,
    point: estimate.point,
    width: estimate.interval.high - estimate.interval.low,
  };
};
const methodOf = (estimate: Estimate) => (estimate.kind === "none" ? "" : estimate.method);
const close = (a: number, b: number, tolerance = 1e-9) =>
  assert.ok(Math.abs(a - b) <= tolerance, `${a} is not ${b}`);
const spread = (n: number) => Array.from({ length: n }, (_, i) => ((i * 7) % 20) / 20 - 0.475);

test("a mean holds its point inside its range and has width, whatever the values", () => {
  fc.assert(
    fc.property(values, (list) => {
      for (const found of [mean(list, { range }), pairedMean(list, { range })]) {
        const { low, high, point } = ends(found);
        assert.ok(-1 <= low && low <= point && point <= high && high <= 1 && low < high);
      }
    }),
  );
});

test("the paired mean changes sign with its differences, and does not ask for their order", () => {
  fc.assert(
    fc.property(values, (list) => {
      const one = ends(pairedMean(list, { range }));
      const mirrored = ends(
        pairedMean(
          list.map((value) => -value),
          { range },
        ),
      );
      close(one.low, -mirrored.high);
      close(one.high, -mirrored.low);
      const shuffled = ends(pairedMean(rngFrom(1).shuffled(list), { range }));
      close(one.low, shuffled.low);
      close(one.high, shuffled.high);
    }),
  );
});

test("the paired mean leaves t below 28, when all are equal and when they are skewed, and says why", () => {
  assert.equal(methodOf(pairedMean(spread(40), { range })), "t");
  assert.match(methodOf(pairedMean(spread(27), { range })), /fewer than 28 pairs/);
  assert.match(methodOf(pairedMean(Array(200).fill(0.3), { range })), /nothing varies/);
  // One in five at 1: skewness 1.5, so that 28 + 25 * 2.25 = 84.25 are needed.
  const oneInFive = (n: number) => Array.from({ length: n }, (_, i) => (i % 5 === 0 ? 1 : 0));
  assert.match(methodOf(pairedMean(oneInFive(80), { range })), /skewed: t needs 85 pairs/);
  assert.equal(methodOf(pairedMean(oneInFive(85), { range })), "t");
});

test("equal differences leave a width that shrinks with n but never to 0", () => {
  const width = (n: number) => ends(pairedMean(Array(n).fill(0.1), { range })).width;
  assert.ok(
    width(1) > width(10) && width(10) > width(100) && width(100) > width(1000) && width(1000) > 0.005,
  );
});

test("means refuse what lies outside their range, and say that nothing is nothing", () => {
  for (const estimate of [mean, pairedMean]) {
    assert.throws(() => estimate([2], { range }), RangeError);
    assert.throws(() => estimate([Number.NaN], { range }), RangeError);
    assert.throws(() => estimate([0], { range: [1, 0] }), RangeError);
    assert.equal(estimate([], { range }).kind, "none");
  }
});

test("the betting bound is wider than t, narrower than Hoeffding's, and tends to its range at one value", () => {
  const n = 60;
  const [low, high] = boundedMeanEnds(
    spread(n).map((value) => ({ mean: value, size: 1 })),
    range,
    0.95,
  );
  assert.ok(high - low > ends(pairedMean(spread(n), { range })).width);
  assert.ok(high - low < 2 * 2 * Math.sqrt(Math.log(2 / 0.05) / (2 * n)));
  const [least, most] = boundedMeanEnds([{ mean: 0, size: 1 }], range, 0.95);
  assert.ok(least < -0.9 && most > 0.9);
});

const clustered = fc.array(
  fc.record({
    cluster: fc.integer({ min: 0, max: 40 }).map(String),
    value: fc.constantFrom(0 as const, 1 as const),
  }),
  {
    minLength: 1,
    maxLength: 200,
  },
);

test("with one unit a cluster, a clustered share is Wilson's and a clustered sign Tango's", () => {
  const ones = Array.from({ length: 60 }, (_, i) => ({
    cluster: String(i),
    value: i < 13 ? (1 as const) : (0 as const),
  }));
  assert.deepEqual(clusteredRate(ones), wilson(13, 60));
  const signs = Array.from({ length: 60 }, (_, i) => ({
    cluster: String(i),
    value: i < 9 ? 1 : i < 12 ? -1 : 0,
  }));
  const pairs = signs.map(({ value }) => ({
    treatment: value > 0 ? (1 as const) : (0 as const),
    control: value < 0 ? (1 as const) : (0 as const),
  }));
  assert.deepEqual(clusteredDifference(signs, { range }), pairedProportions(pairs));
});

test("with one unit a cluster, a clustered mean is the paired mean", () => {
  const units = spread(50).map((value, i) => ({ cluster: String(i), value }));
  assert.deepEqual(ends(clusteredDifference(units, { range })), ends(pairedMean(spread(50), { range })));
});

test("clustered estimates hold their point, have width and count clusters, whatever the clusters", () => {
  fc.assert(
    fc.property(clustered, (units) => {
      const clusters = new Set(units.map(({ cluster }) => cluster)).size;
      for (const found of [
        clusteredRate(units),
        clusteredDifference(units, { range }),
        clusteredDifference(
          units.map(({ cluster, value }) => ({ cluster, value: value / 3 })),
          { range },
        ),
      ]) {
        const { low, high, point } = ends(found);
        assert.ok(low <= point && point <= high && low < high && low >= -1 && high <= 1);
        assert.equal(found.n, clusters);
        assert.equal(found.kind === "none" ? 0 : found.observations, units.length);
      }
    }),
  );
});

test("copies of an observation add nothing: three alike in a cluster stand for about one", () => {
  const single = Array.from({ length: 90 }, (_, i) => ({
    cluster: String(i),
    value: i % 3 === 0 ? (1 as const) : (0 as const),
  }));
  const thrice = single.flatMap((unit) => [unit, unit, unit]);
  close(ends(clusteredRate(thrice)).width, ends(clusteredRate(single)).width, 0.01);
  const signs = (units: typeof single) => ends(clusteredDifference(units, { range })).width;
  close(signs(thrice), signs(single), 0.01);
});

test("a cluster without any variation, or a few large ones, count as copies; too few clusters take the bound", () => {
  const units = (clusters: number, size: (i: number) => number, value: (i: number) => 0 | 1) =>
    Array.from({ length: clusters }, (_, i) =>
      Array.from({ length: size(i) }, () => ({ cluster: String(i), value: value(i) })),
    ).flat();
  assert.match(
    methodOf(
      clusteredRate(
        units(
          30,
          () => 4,
          () => 0,
        ),
      ),
    ),
    /fully dependent/,
  );
  assert.match(
    methodOf(
      clusteredRate(
        units(
          90,
          (i) => (i % 10 === 0 ? 12 : 2),
          (i) => (i % 2 === 0 ? 1 : 0),
        ),
      ),
    ),
    /fully dependent/,
  );
  assert.match(
    methodOf(
      clusteredRate(
        units(
          10,
          () => 4,
          (i) => (i % 2 === 0 ? 1 : 0),
        ),
      ),
    ),
    /betting bound/,
  );
  assert.match(
    methodOf(
      clusteredRate(
        units(
          40,
          () => 4,
          (i) => (i % 2 === 0 ? 1 : 0),
        ),
      ),
    ),
    /design effect/,
  );
  assert.match(
    methodOf(
      clusteredDifference(
        units(
          30,
          () => 4,
          () => 0,
        ),
        { range },
      ),
    ),
    /fully dependent/,
  );
  assert.match(
    methodOf(
      clusteredDifference(
        units(
          10,
          () => 4,
          (i) => (i % 2 === 0 ? 1 : 0),
        ),
        { range },
      ),
    ),
    /betting bound/,
  );
});

test("clustered estimates say that nothing is nothing, and refuse foreign values", () => {
  assert.equal(clusteredRate([]).kind, "none");
  assert.equal(clusteredDifference([], { range }).kind, "none");
  assert.throws(() => clusteredRate([{ cluster: "a", value: 2 as 1 }]), RangeError);
  assert.throws(() => clusteredDifference([{ cluster: "a", value: 2 }], { range }), RangeError);
});

test("clusters that vary less than chance are not taken for more than their units", () => {
  // Each cluster holds both outcomes, one in ten of them three of one kind.
  const isOne = (cluster: number, place: number) =>
    place < (cluster % 20 === 0 ? 1 : cluster % 20 === 10 ? 3 : 2);
  const units = Array.from({ length: 240 }, (_, i) => ({
    cluster: String(i >> 2),
    value: isOne(i >> 2, i % 4) ? (1 as const) : (0 as const),
  }));
  assert.match(methodOf(clusteredRate(units)), /design effect 1\.00/);
  const found = clusteredRate(units);
  assert.ok(
    found.kind === "rate" && found.interval.high - found.interval.low >= ends(wilson(120, 240)).width,
  );
});

test("the effective n begins at 20 even clusters", () => {
  const units = (clusters: number) =>
    Array.from({ length: clusters * 3 }, (_, i) => ({
      cluster: String(i % clusters),
      value: i % 5 < 2 ? (1 as const) : (0 as const),
    }));
  assert.match(methodOf(clusteredRate(units(19))), /betting bound/);
  assert.match(methodOf(clusteredRate(units(20))), /effective n/);
});
