// Bands, peaks and falls of curves: what holds for every curve. How often they hold the truth is simulated in test/golden/goodhart.

import assert from "node:assert/strict";
import { test } from "node:test";
import { bestOfN } from "./best-of-n.ts";
import { clusterSums, meanCurve, resampled, standardErrors } from "./curve-resamples.ts";
import { fallFromPeak } from "./fall-from-peak.ts";
import { peakSet } from "./peak-set.ts";
import { rngFrom, type Rng } from "./rng.ts";
import { robustMean } from "./robust-mean.ts";
import { leastForCurves, supTBand } from "./sup-t-band.ts";

const normal = (rng: Rng) =>
  Math.sqrt(-2 * Math.log(1 - rng.uniform())) * Math.cos(2 * Math.PI * rng.uniform());

/** Units around a mean curve; `per` units share a cluster and its shift. */
function units(mean: readonly number[], count: number, noise: number, per = 1, seed = "units") {
  const rng = rngFrom(seed);
  const shifts = Array.from({ length: Math.ceil(count / per) }, () => normal(rng));
  return {
    curves: Array.from({ length: count }, (_, u) =>
      mean.map((value) => value + noise * (normal(rng) + (per > 1 ? 2 * shifts[Math.floor(u / per)]! : 0))),
    ),
    clusters: Array.from({ length: count }, (_, u) => `c${Math.floor(u / per)}`),
  };
}

const arch = [0, 0.6, 1, 0.9, 0.5];

test("mean and errors of a curve are those of each point alone", () => {
  const { curves, clusters } = units(arch, 400, 0.5, 2);
  const of = clusterSums({ curves, clusters });
  const mean = meanCurve(of);
  const errors = standardErrors(of, mean);
  arch.forEach((_, p) => {
    const groups = Map.groupBy(curves.keys(), (u) => clusters[u]!);
    const alone = robustMean(
      [...groups.values()].map((members) => members.map((u) => curves[u]![p]!)),
      [-100, 100],
      0.95,
    );
    assert.ok(Math.abs(mean[p]! - alone.point) < 1e-12);
    assert.ok(alone.by.kind === "t" && Math.abs(errors[p]! - alone.by.standardError) < 1e-12);
  });
});

test("a resample's mean and errors are those of the clusters that were drawn", () => {
  const of = clusterSums(units(arch, 40, 0.7, 2));
  const mean = meanCurve(of);
  const groups = of.sums.length;
  const [draw] = resampled(of, rngFrom(3), 1);
  const again = rngFrom(3);
  const drawn = Array.from({ length: groups }, () => again.int(groups));
  const own = { sums: drawn.map((c) => of.sums[c]!), sizes: drawn.map((c) => of.sizes[c]!) };
  const ownMean = meanCurve(own);
  const ownErrors = standardErrors(own, ownMean);
  arch.forEach((_, p) => {
    assert.ok(Math.abs(draw!.off[p]! - (ownMean[p]! - mean[p]!)) < 1e-12);
    assert.ok(Math.abs(draw!.errors[p]! - ownErrors[p]!) < 1e-12);
  });
});

test("the band is wider than each point's own interval, holds the mean, and comes again with its seed", () => {
  const of = units(arch, 80, 0.4);
  const band = supTBand(of, { rng: rngFrom(1) });
  assert.deepEqual(band, supTBand(of, { rng: rngFrom(1) }));
  band.forEach((rate, p) => {
    assert.ok(rate.kind === "rate" && rate.n === 80);
    const alone = robustMean(
      of.curves.map((curve) => [curve[p]!]),
      [-100, 100],
      0.95,
    );
    assert.ok(rate.interval.high - rate.interval.low > alone.high - alone.low);
    assert.ok(rate.interval.low < rate.point && rate.point < rate.interval.high);
  });
});

test("clusters count, not units: copies of a unit in its own cluster narrow nothing", () => {
  const one = units(arch, 40, 0.4);
  const copies = {
    curves: one.curves.flatMap((curve) => [curve, curve, curve]),
    clusters: one.clusters.flatMap((c) => [c, c, c]),
  };
  const width = (of: typeof one) => {
    const [, rate] = supTBand(of, { rng: rngFrom(1) });
    assert.ok(rate?.kind === "rate");
    return rate.interval.high - rate.interval.low;
  };
  assert.ok(Math.abs(width(copies) / width(one) - 1) < 1e-9);
});

test("a point at which nothing varies has no interval, and does not widen the others", () => {
  const of = units(arch, 50, 0.4);
  const fixed = { ...of, curves: of.curves.map((curve) => [7, ...curve]) };
  const [first, ...rest] = supTBand(fixed, { rng: rngFrom(1) });
  assert.ok(first?.kind === "none");
  assert.deepEqual(rest, supTBand(of, { rng: rngFrom(1) }));
});

test("a clear peak is found and its neighbours in doubt are kept; a flat curve has none", () => {
  const clear = peakSet(units(arch, 200, 0.2), { rng: rngFrom(1) });
  assert.deepEqual(clear, { kind: "set", points: [2], n: 200 });
  const doubtful = peakSet(units(arch, 40, 0.6), { rng: rngFrom(1) });
  assert.ok(doubtful.kind === "set" && doubtful.points.includes(2) && !doubtful.points.includes(0));
  const flat = peakSet(units([1, 1, 1, 1], 60, 1), { rng: rngFrom(2) });
  assert.ok(flat.kind === "none" && /flat/.test(flat.because));
});

const none = { kind: "none", because: "not looked for", n: 0 } as const;

test("the fall is from the peak to the end, 0 where the end is the peak, and never negative", () => {
  const { estimate, picked } = fallFromPeak(units(arch, 200, 0.2), {
    rng: rngFrom(1),
    range: [-5, 5],
    peak: { kind: "set", points: [2], n: 200 },
  });
  assert.deepEqual(picked, [2]);
  assert.ok(estimate.kind === "difference" && Math.abs(estimate.point - 0.5) < 0.06);
  assert.ok(estimate.interval.low > 0.4 && estimate.interval.high < 0.6);
  const rising = fallFromPeak(units([0, 0.5, 1, 2], 100, 0.2), {
    rng: rngFrom(1),
    range: [-5, 5],
    peak: none,
  });
  assert.ok(rising.estimate.kind === "difference");
  assert.deepEqual([rising.estimate.point, rising.estimate.interval.low], [0, 0]);
  const flat = fallFromPeak(units([1, 1, 1], 60, 1), { rng: rngFrom(4), range: [-9, 9], peak: none });
  assert.ok(flat.estimate.kind === "difference" && flat.estimate.interval.low >= 0);
  assert.ok(flat.estimate.interval.high > 0.1, "a flat curve may hide a fall");
});

test("a peak that is luck measures nothing: where the proxy says nothing a fall is rarely claimed, in-sample there always is one", () => {
  let [honest, lucky, claimed] = [0, 0, 0];
  const grid = Array.from({ length: 12 }, (_, i) => i + 1);
  for (let i = 0; i < 60; i++) {
    const rng = rngFrom(`blind ${i}`);
    const curves = Array.from({ length: 60 }, () => {
      const pool = Array.from({ length: 16 }, () => ({ proxy: normal(rng), gold: normal(rng) }));
      return bestOfN(pool, grid).gold;
    });
    const of = { curves, clusters: curves.map((_, u) => String(u)) };
    const { estimate } = fallFromPeak(of, { rng, range: [-9, 9], peak: none });
    assert.ok(estimate.kind === "difference");
    honest += estimate.point / 60;
    if (estimate.interval.low > 0) claimed++;
    const mean = meanCurve(clusterSums(of));
    lucky += (Math.max(...mean) - mean.at(-1)!) / 60;
  }
  assert.ok(honest < lucky, `${honest} and ${lucky}`);
  assert.ok(claimed <= 4, `${claimed} falls claimed of 60`);
});

test("fewer clusters than the least give reasons and no numbers", () => {
  const few = units(arch, leastForCurves - 1, 0.3);
  assert.ok(supTBand(few, { rng: rngFrom(1) }).every((rate) => rate.kind === "none"));
  assert.equal(peakSet(few, { rng: rngFrom(1) }).kind, "none");
  assert.equal(fallFromPeak(few, { rng: rngFrom(1), range: [-5, 5], peak: none }).estimate.kind, "none");
});

test("curves of different lengths, without clusters, or none at all are refused", () => {
  assert.throws(() => clusterSums({ curves: [[1], [1, 2]], clusters: ["a", "b"] }), RangeError);
  assert.throws(() => clusterSums({ curves: [[1]], clusters: [] }), RangeError);
  assert.throws(() => clusterSums({ curves: [], clusters: [] }), RangeError);
});
