// Prediction-powered means: other implementations' figures, the laws they must keep, their coverage, and when labels stand alone.

import assert from "node:assert/strict";
import { test } from "node:test";

import golden from "../../test/golden/stats/ppi.json" with { type: "json" };
import { clusterSums, type LabelledRow } from "./cluster-sums.ts";
import { tCritical, zCritical } from "./critical-value.ts";
import { clusteredRate, rngFrom, wilson, type Range, type Rate, type Rng } from "./index.ts";
import { labelsOnly } from "./labels-only.ts";
import { leastVariance } from "./least-variance.ts";
import { poweredMean, type ProxyRow } from "./powered-mean.ts";
import { predictionPowered, type ProxyScores } from "./prediction-powered.ts";
import { wilsonEnds } from "./wilson.ts";

const share: Range = [0, 1];
const close = (found: number, wanted: number, tolerance = 1e-9) =>
  assert.ok(Math.abs(found - wanted) <= tolerance, `${found} is not ${wanted} within ${tolerance}`);
const ends = (rate: Rate) => {
  if (rate.kind === "none") throw new Error(rate.because);
  return { ...rate, ...rate.interval, width: rate.interval.high - rate.interval.low };
};
const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);

type Case = {
  gold: readonly number[];
  proxy: readonly number[];
  unlabelled: readonly number[];
  clusters?: readonly number[];
  otherClusters?: readonly number[];
  weights?: readonly number[];
};
function rowsOf({ gold, proxy, unlabelled, clusters, otherClusters, weights }: Case) {
  const total = weights === undefined ? gold.length : sum(weights);
  const labelled = gold.map((value, i): LabelledRow => ({
    cluster: String(clusters?.[i] ?? i),
    gold: value,
    proxy: proxy[i]!,
    weight: (weights?.[i] ?? 1) / total,
  }));
  const others = unlabelled.map((value, i): ProxyRow => ({
    cluster: String(otherClusters?.[i] ?? gold.length + i),
    proxy: value,
  }));
  return { labelled, others };
}

/** A share p of ones, and a proxy that misses ones and raises false alarms at these rates; every `size` rows share a cluster. */
type World = { p: number; misses: number; alarms: number; n: number; others: number; size?: number };
function drawn({ p, misses, alarms, n, others, size = 1 }: World, rng: Rng): ProxyScores {
  const row = (i: number) => {
    const gold = rng.uniform() < p ? 1 : 0;
    return {
      cluster: `c${Math.floor(i / size)}`,
      gold,
      proxy: rng.uniform() < (gold ? 1 - misses : alarms) ? 1 : 0,
    };
  };
  return {
    labelled: Array.from({ length: n }, (_, i) => row(i)),
    unlabelled: Array.from({ length: others }, (_, i) => row(n + i)).map(({ cluster, proxy }) => ({
      cluster,
      proxy,
    })),
  };
}
const good: World = { p: 0.3, misses: 0.1, alarms: 0.05, n: 80, others: 600 };
const data = drawn(good, rngFrom("one data set"));
const found = predictionPowered(data, { range: share, rng: rngFrom(1) });
const times = <T>(rows: readonly T[], copies: number) =>
  rows.flatMap((row) => Array.from({ length: copies }, () => row));

test("point and variance at a given lambda are ppi_py's, but for n - 1 in place of n", () => {
  for (const row of golden.single) {
    const { labelled, others } = rowsOf(row);
    for (const { lam, point, variance, ppiVariance, populationVariances } of row.at) {
      const mean = poweredMean(labelled, others, { fixed: lam });
      close(mean.point, point, 1e-12);
      close(mean.variance, variance, 1e-12);
      close(sum(populationVariances), ppiVariance, 1e-12);
      const sizes = [others.length, labelled.length];
      close(
        mean.variance,
        sum(populationVariances.map((part, i) => (part * sizes[i]!) / (sizes[i]! - 1))),
        1e-12,
      );
    }
  }
});

test("lambda is the one of least variance, and near ppi_py's, which pools the proxy's variances", () => {
  for (const row of golden.single) {
    const { labelled, others } = rowsOf(row);
    const mean = sum(row.unlabelled) / others.length;
    const outside = clusterSums(others, ({ proxy }) => (proxy - mean) / others.length);
    const lambda = leastVariance(labelled, outside);
    close(lambda, row.lam, 1e-12);
    close(lambda, row.ppiLam, 0.05);
    const at = (fixed: number) => poweredMean(labelled, others, { fixed }).variance;
    assert.ok(at(lambda) <= at(lambda - 0.05) && at(lambda) <= at(lambda + 0.05));
    close(poweredMean(labelled, others, { rng: rngFrom(1) }).lambda, lambda, 0.05);
  }
});

test("variance in clusters, also where both lists share them and where labels weigh unequally, is numpy's", () => {
  for (const row of golden.clustered) {
    const { labelled, others } = rowsOf(row);
    const mean = poweredMean(labelled, others, { fixed: row.lam });
    close(mean.point, row.point, 1e-12);
    close(mean.variance, row.variance, 1e-12);
  }
});

test("lambda is that of least variance in clusters, too", () => {
  for (const row of golden.clustered) {
    const { labelled, others } = rowsOf(row);
    const mean = sum(row.unlabelled) / others.length;
    const lambda = leastVariance(
      labelled,
      clusterSums(others, ({ proxy }) => (proxy - mean) / others.length),
    );
    const at = (fixed: number) => poweredMean(labelled, others, { fixed }).variance;
    assert.ok(at(lambda) <= at(lambda - 0.02) && at(lambda) <= at(lambda + 0.02), `lambda ${lambda}`);
  }
});

test("labels of unequal weight count for no more than their variance says", () => {
  // Every fourth label weighs ten times as much, and is a one more than twice as often.
  const raw = Array.from({ length: 120 }, (_, i) => (i % 4 === 0 ? 10 : 1));
  const labels = raw.map((weight, i) => ({
    cluster: String(i),
    gold: i % 4 === 0 ? (i % 8) >> 2 : i % 6 === 1 ? 1 : 0,
    weight: weight / sum(raw),
  }));
  const point = sum(labels.map(({ gold, weight }) => gold * weight));
  const variance = (120 / 119) * sum(labels.map(({ gold, weight }) => (weight * (gold - point)) ** 2));
  const kish = 1 / sum(labels.map(({ weight }) => weight ** 2));
  const n = (point * (1 - point)) / variance;
  assert.ok(n < kish - 1, `${n} of ${kish}`);
  const shrunk = (zCritical(0.95) / tCritical(0.95, kish - 1)) ** 2;
  const [low, high] = wilsonEnds(point, n * shrunk, zCritical(0.95));
  const rate = ends(labelsOnly(labels, { range: share, share: true, weighted: true, level: 0.95 }));
  close(rate.low, low);
  close(rate.high, high);
});

test("a helpful proxy narrows the labels' own interval and says how far it was trusted", () => {
  const alone = wilson(data.labelled.filter(({ gold }) => gold === 1).length, 80);
  assert.match(ends(found).method, /^PPI\+\+ \(cross-fitted lambda 0\.[5-9]\d\)$/);
  assert.ok(ends(found).width < 0.85 * ends(alone).width, `${ends(found).width} of ${ends(alone).width}`);
  assert.equal(found.n, 80);
});

test("the same seed gives the same interval, whatever the order of the rows", () => {
  const turned = { labelled: data.labelled.toReversed(), unlabelled: data.unlabelled.toReversed() };
  const again = predictionPowered(turned, { range: share, rng: rngFrom(1) });
  for (const end of ["low", "high", "point"] as const) close(ends(again)[end], ends(found)[end], 1e-12);
  const rng = rngFrom(1);
  rng.uniform();
  assert.deepEqual(predictionPowered(data, { range: share, rng }), found);
});

test("to swap yes and no mirrors the interval; to change the scale of a mean moves it along", () => {
  const mirrored = predictionPowered(
    {
      labelled: data.labelled.map((row) => ({ ...row, gold: 1 - row.gold, proxy: 1 - row.proxy })),
      unlabelled: data.unlabelled.map((row) => ({ ...row, proxy: 1 - row.proxy })),
    },
    { range: share, rng: rngFrom(1) },
  );
  close(ends(mirrored).low, 1 - ends(found).high);
  close(ends(mirrored).high, 1 - ends(found).low);

  const rng = rngFrom("ratings");
  const rated = (scale: (value: number) => number) => {
    const source = rng.split("rows");
    const row = (i: number) => {
      const gold = source.uniform();
      return { cluster: String(i), gold: scale(gold), proxy: scale(0.8 * gold + 0.2 * source.uniform()) };
    };
    const rows = Array.from({ length: 400 }, (_, i) => row(i));
    return { labelled: rows.slice(0, 60), unlabelled: rows.slice(60) };
  };
  const unit = ends(
    predictionPowered(
      rated((value) => value),
      { range: share, rng: rngFrom(1) },
    ),
  );
  const five = ends(
    predictionPowered(
      rated((value) => 1 + 4 * value),
      { range: [1, 5], rng: rngFrom(1) },
    ),
  );
  assert.match(unit.method, /^PPI/);
  for (const end of ["low", "high", "point"] as const) close(five[end], 1 + 4 * unit[end]);
});

test("copies of a row in its cluster count for nothing", () => {
  const tripled = { labelled: times(data.labelled, 3), unlabelled: times(data.unlabelled, 3) };
  const rate = predictionPowered(tripled, { range: share, rng: rngFrom(1) });
  close(ends(rate).low, ends(found).low);
  close(ends(rate).high, ends(found).high);
  assert.ok(rate.kind === "rate" && rate.n === 80 && rate.observations === 240);
});

test("the interval holds the true share in 93 % of samples and more, rare errors and errors of one kind included", () => {
  const worlds: World[] = [
    { p: 0.5, misses: 0, alarms: 0.06, n: 60, others: 3000 },
    { p: 0.1, misses: 0.02, alarms: 0.02, n: 40, others: 1500 },
    { p: 0.3, misses: 0.02, alarms: 0.02, n: 100, others: 1500 },
    { p: 0.3, misses: 0.3, alarms: 0.1, n: 100, others: 500 },
  ];
  for (const world of worlds) {
    const rng = rngFrom(`coverage ${JSON.stringify(world)}`);
    let [covered, narrower] = [0, 0];
    for (let i = 0; i < 400; i++) {
      const sample = drawn(world, rng);
      const { low, high, method } = ends(
        predictionPowered(sample, { range: share, rng: rng.split(String(i)) }),
      );
      if (low <= world.p && world.p <= high) covered++;
      if (method.startsWith("PPI")) narrower++;
    }
    assert.ok(covered >= 0.93 * 400, `${JSON.stringify(world)}: ${covered} of 400`);
    assert.ok(narrower >= 100, `${JSON.stringify(world)}: the proxy was used in ${narrower} of 400 only`);
  }
});

test("labels drawn more often where yes is more likely are set right by their probabilities", () => {
  const world: World = { p: 0.3, misses: 0.15, alarms: 0.1, n: 1000, others: 0 };
  let [covered, blind] = [0, 0];
  for (let i = 0; i < 200; i++) {
    const rng = rngFrom(`uneven ${i}`);
    const rows = drawn(world, rng).labelled.map((row) => ({
      ...row,
      chance: rng.uniform() < (row.gold === 1 ? 0.8 : 0.2) ? 0.6 : 0.06,
    }));
    const taken = rows.map(({ chance }) => rng.uniform() < chance);
    const labelled = rows.filter((_, j) => taken[j]);
    const unlabelled = rows.filter((_, j) => !taken[j]);
    const holds = (rate: Rate) => ends(rate).low <= world.p && world.p <= ends(rate).high;
    const inclusion = labelled.map(({ chance }) => chance);
    const options = { range: share, rng };
    const rate = predictionPowered({ labelled, unlabelled }, { ...options, inclusion });
    if (holds(rate)) covered++;
    if (holds(predictionPowered({ labelled, unlabelled }, options))) blind++;
    const halved = predictionPowered(
      { labelled, unlabelled },
      { ...options, inclusion: inclusion.map((chance) => chance / 2) },
    );
    close(ends(halved).low, ends(rate).low);
  }
  assert.ok(covered >= 186 && blind < 100, `${covered} with, ${blind} without the probabilities`);
});

test("equal probabilities change nothing; unequal ones without a helpful proxy give Hajek's share", () => {
  const even = { range: share, rng: rngFrom(1), inclusion: data.labelled.map(() => 0.1) };
  assert.deepEqual(predictionPowered(data, even), found);
  const inclusion = data.labelled.map((_, i) => (i % 2 ? 0.2 : 0.4));
  const rate = predictionPowered({ ...data, unlabelled: [] }, { range: share, rng: rngFrom(1), inclusion });
  const ones = sum(data.labelled.map(({ gold }, i) => gold / inclusion[i]!));
  close(ends(rate).point, ones / sum(inclusion.map((chance) => 1 / chance)), 1e-12);
  assert.match(
    ends(rate).method,
    /^labels only, Hajek's share, Wilson score at the effective n: nothing is unlabelled$/,
  );
});

test("where the proxy can't help the labels stand alone, and the method says why", () => {
  const reasonOf = (sample: ProxyScores, range: Range = share) =>
    ends(predictionPowered(sample, { range, rng: rngFrom(1) })).method;
  const few = { ...data, labelled: data.labelled.slice(0, 25) };
  const alone = ends(predictionPowered(few, { range: share, rng: rngFrom(1) }));
  const wanted = ends(wilson(few.labelled.filter(({ gold }) => gold === 1).length, 25));
  assert.deepEqual([alone.low, alone.high, alone.point], [wanted.low, wanted.high, wanted.point]);
  assert.equal(alone.method, "labels only, Wilson score: 25 even labelled units, at least 30 are needed");

  assert.match(reasonOf({ ...data, unlabelled: [] }), /: nothing is unlabelled$/);
  assert.match(reasonOf({ ...data, unlabelled: data.unlabelled.slice(0, 12) }), /: 12 even unlabelled units/);
  const blind = drawn({ ...good, misses: 0.5, alarms: 0.5 }, rngFrom("blind"));
  assert.match(
    reasonOf(blind),
    /: the proxy's correlation may be as low as -?0\.\d\d, at least 0\.11 is needed$/,
  );
  assert.match(
    reasonOf(drawn({ ...good, p: 0 }, rngFrom("none"))),
    /^labels only, Wilson score: .*correlation/,
  );
  const weak = drawn({ ...good, n: 40, others: 40, p: 0.2, misses: 0.4, alarms: 0 }, rngFrom("weak"));
  assert.match(reasonOf(weak), /: the proxy would not narrow it$/);
  const lumps = [...times(data.labelled.slice(0, 60), 1), ...times(data.labelled.slice(60, 66), 9)];
  assert.match(reasonOf({ ...data, labelled: lumps }), /even labelled units|a few large clusters/);
  const clustered = drawn({ ...good, size: 4 }, rngFrom("clustered"));
  assert.match(reasonOf(clustered), /^labels only, betting|^labels only, Wilson.*: 20 even labelled units/);
  assert.equal(
    ends(predictionPowered(clustered, { range: share, rng: rngFrom(1) })).low,
    ends(
      clusteredRate(clustered.labelled.map(({ cluster, gold }) => ({ cluster, value: gold === 1 ? 1 : 0 }))),
    ).low,
  );
  const rated = (differ: number): ProxyScores => ({
    labelled: Array.from({ length: 60 }, (_, i) => ({
      cluster: `r${i}`,
      gold: 1 + (i % 5),
      proxy: i < differ ? 1 + ((i + 1) % 5) : 1 + (i % 5),
    })),
    unlabelled: Array.from({ length: 200 }, (_, i) => ({ cluster: `u${i}`, proxy: 1 + (i % 5) })),
  });
  assert.match(
    reasonOf(rated(3), [1, 5]),
    /^labels only, t: 3 labelled units in which gold and proxy differ/,
  );
  assert.match(reasonOf(rated(10), [1, 5]), /skewed|^PPI/);
});

test("no label is no number, and what lies outside its range is refused", () => {
  const options = { range: share, rng: rngFrom(1) };
  assert.deepEqual(predictionPowered({ ...data, labelled: [] }, options), {
    kind: "none",
    because: "nothing is labelled",
    n: 0,
  });
  const one = { cluster: "a", gold: 1, proxy: 1 };
  const refused = (sample: ProxyScores, more: { inclusion?: readonly number[] } = {}) =>
    assert.throws(() => predictionPowered(sample, { ...options, ...more }), RangeError);
  refused({ labelled: [{ ...one, gold: 2 }], unlabelled: [] });
  refused({ labelled: [{ ...one, proxy: Number.NaN }], unlabelled: [] });
  refused({ labelled: [one], unlabelled: [{ cluster: "b", proxy: -1 }] });
  refused({ labelled: [one], unlabelled: [] }, { inclusion: [0] });
  refused({ labelled: [one], unlabelled: [] }, { inclusion: [1, 1] });
});
