// What a plan can find, many tests at once, the bootstrap and the seeded source.

import assert from "node:assert/strict";
import { test } from "node:test";

import binomialCdf from "@stdlib/stats-base-dists-binomial-cdf";
import fc from "fast-check";

import {
  benjaminiHochberg,
  bootstrap,
  clopperPearson,
  detectableDifference,
  detectableRate,
  pairedMean,
  rngFrom,
  wilson,
} from "./index.ts";

test("at the detectable rate the interval lies above the margin with probability .8, by the binomial sum", () => {
  const margins = fc.integer({ min: 0, max: 60 }).map((x) => x / 100);
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 300 }),
      margins,
      fc.constantFrom("wilson" as const, "clopper-pearson" as const),
      (n, margin, method) => {
        const found = detectableRate(n, margin, { method });
        const rates = Array.from({ length: n + 1 }, (_, k) =>
          method === "wilson" ? wilson(k, n) : clopperPearson(k, n),
        );
        const least = rates.findIndex((rate) => rate.kind === "rate" && rate.interval.low > margin);
        if (least < 0) return assert.equal(found.kind, "none");
        assert.ok(found.kind === "detectable" && found.value > margin);
        const power = 1 - binomialCdf(least - 1, n, found.value);
        assert.ok(Math.abs(power - 0.8) < 1e-8, String(power));
      },
    ),
  );
});

test("a larger plan finds smaller rates, and one too small finds none", () => {
  const value = (n: number) => {
    const found = detectableRate(n, 0.1);
    return found.kind === "detectable" ? found.value : 1;
  };
  assert.ok(value(50) > value(100) && value(100) > value(300) && value(300) > 0.1);
  assert.equal(detectableRate(2, 0.5).kind, "none");
  assert.equal(detectableRate(0, 0.1).kind, "none");
  assert.throws(() => detectableRate(10, 1), RangeError);
  assert.throws(() => detectableRate(1.5, 0.1), RangeError);
});

test("at the detectable difference a simulated plan calls a gap in about 80 % of samples", () => {
  const n = 60;
  const width = 1.2;
  const found = detectableDifference(width / Math.sqrt(12 * n), 0.1, n - 1);
  assert.ok(found.kind === "detectable");
  const rng = rngFrom("power");
  let called = 0;
  for (let i = 0; i < 1000; i++) {
    const estimate = pairedMean(
      Array.from({ length: n }, () => found.value + width * (rng.uniform() - 0.5)),
      { range: [-1, 1] },
    );
    if (estimate.kind === "difference" && estimate.interval.low > 0.1) called++;
  }
  assert.ok(called > 775 && called < 825, String(called));
});

test("a difference that no value could show, or that never varied, is not detectable", () => {
  assert.equal(detectableDifference(0.4, 0.1, 50).kind, "none");
  assert.equal(detectableDifference(0, 0.1, 50).kind, "none");
  assert.throws(() => detectableDifference(-1, 0.1, 50), RangeError);
  assert.throws(() => detectableDifference(0.1, 0.1, 0), RangeError);
});

const pValues = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 40 });

test("adjusted p-values are never smaller than the p-values and keep their order", () => {
  fc.assert(
    fc.property(pValues, (list) => {
      const found = benjaminiHochberg(list, 0.1);
      found.forEach(({ adjusted }, i) => assert.ok(adjusted >= (list[i] ?? 2) - 1e-15 && adjusted <= 1));
      const sorted = found
        .map(({ adjusted }, i) => [list[i] ?? 0, adjusted] as const)
        .sort((a, b) => a[0] - b[0]);
      sorted.slice(1).forEach(([, adjusted], i) => assert.ok(adjusted >= (sorted[i]?.[1] ?? 0)));
    }),
  );
});

test("the discoveries are those that the step-up rule of the paper gives", () => {
  fc.assert(
    fc.property(pValues, fc.double({ min: 0.01, max: 0.5, noNaN: true }), (list, q) => {
      const sorted = list.toSorted((a, b) => a - b);
      const last = sorted.findLastIndex((p, i) => (p * list.length) / (i + 1) <= q);
      const bound = last < 0 ? -1 : (sorted[last] ?? -1);
      assert.deepEqual(
        benjaminiHochberg(list, q).map(({ discovered }) => discovered),
        list.map((p) => p <= bound),
      );
    }),
  );
  assert.throws(() => benjaminiHochberg([1.1], 0.1), RangeError);
});

const average = (items: readonly number[]) => items.reduce((sum, item) => sum + item, 0) / items.length;
const clusters = Array.from({ length: 120 }, (_, i) => [(i % 10) / 10, (i % 7) / 7]);

test("the bootstrap is the same for the same seed, holds its point and counts clusters", () => {
  for (const method of ["percentile", "bca"] as const) {
    const run = (seed: number) =>
      bootstrap({ clusters, statistic: average, method, kind: "rate", rng: rngFrom(seed), resamples: 300 });
    const found = run(1);
    assert.deepEqual(run(1), found);
    assert.notDeepEqual(run(2), found);
    assert.ok(found.kind === "rate" && found.n === 120 && found.observations === 240);
    assert.ok(found.interval.low < found.point && found.point < found.interval.high);
  }
});

test("the bootstrap draws whole clusters: copies in a cluster do not narrow it", () => {
  const width = (list: readonly (readonly number[])[]) => {
    const found = bootstrap({
      clusters: list,
      statistic: average,
      method: "percentile",
      kind: "difference",
      rng: rngFrom(3),
      resamples: 500,
    });
    assert.ok(found.kind === "difference");
    return found.interval.high - found.interval.low;
  };
  const copied = clusters.map((cluster) => [...cluster, ...cluster, ...cluster]);
  assert.ok(Math.abs(width(copied) - width(clusters)) < 1e-9);
});

test("the bootstrap refuses few clusters, a statistic that is not there, and one that never varies", () => {
  const plan = {
    clusters,
    statistic: average,
    method: "percentile",
    kind: "rate",
    rng: rngFrom(1),
    resamples: 100,
  } as const;
  const because = (changed: Partial<typeof plan> | object) => {
    const found = bootstrap({ ...plan, ...changed });
    return found.kind === "none" ? found.because : "";
  };
  assert.match(because({ clusters: clusters.slice(0, 99) }), /at least 100/);
  assert.match(because({ statistic: () => undefined }), /not defined on these/);
  assert.match(
    because({ statistic: (items: readonly number[]) => (items[0] === 0 ? 1 : undefined) }),
    /more than 1 %/,
  );
  assert.match(because({ statistic: () => 1 }), /same value/);
});

test("a seeded source gives the same draws again, and a split does not depend on what was drawn before", () => {
  const one = rngFrom(7);
  const first = one.split("a").uniform();
  one.uniform();
  assert.equal(one.split("a").uniform(), first);
  assert.equal(rngFrom("7").split("a").uniform(), first);
  assert.notEqual(one.split("b").uniform(), first);
  assert.equal(one.split("a").path, "7/a");
});

test("a seeded source is uniform, over reals, whole numbers and orders", () => {
  const rng = rngFrom("uniform");
  const reals = Array.from({ length: 4000 }, () => rng.uniform());
  assert.ok(reals.every((x) => x >= 0 && x < 1) && Math.abs(average(reals) - 0.5) < 0.02);
  const faces = Array.from({ length: 6000 }, () => rng.int(6));
  for (let face = 0; face < 6; face++)
    assert.ok(Math.abs(faces.filter((x) => x === face).length - 1000) < 120);
  const orders = new Map<string, number>();
  for (let i = 0; i < 6000; i++) {
    const order = rng.shuffled([1, 2, 3]).join("");
    orders.set(order, (orders.get(order) ?? 0) + 1);
  }
  assert.equal(orders.size, 6);
  for (const count of orders.values()) assert.ok(Math.abs(count - 1000) < 120);
  assert.throws(() => rng.int(0), RangeError);
  assert.throws(() => rng.pick([]), RangeError);
});
