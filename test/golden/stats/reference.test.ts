// Every estimator against values that other implementations gave (make-reference.py), and against figures in print.

import assert from "node:assert/strict";
import { test } from "node:test";

import { aurocVariance } from "../../../src/stats/auroc-variance.ts";
import { boundedMeanEnds } from "../../../src/stats/bounded-mean.ts";
import { tCritical, zCritical } from "../../../src/stats/critical-value.ts";
import { effectiveSize } from "../../../src/stats/effective-size.ts";
import {
  adaptiveEce,
  auroc,
  benjaminiHochberg,
  bootstrap,
  brier,
  clopperPearson,
  clusteredDifference,
  clusteredRate,
  detectableDifference,
  detectableRate,
  mean,
  misclassificationAdjusted,
  pairedMean,
  pairedProportions,
  rngFrom,
  wilson,
  type Estimate,
  type Pair,
} from "../../../src/stats/index.ts";
import { tangoEnds } from "../../../src/stats/tango.ts";
import reference from "./reference.json" with { type: "json" };

const close = (found: number | undefined, wanted: number | undefined, tolerance: number, what: string) => {
  assert.ok(found !== undefined && wanted !== undefined, what);
  assert.ok(Math.abs(found - wanted) <= tolerance, `${what}: ${found} is not ${wanted} within ${tolerance}`);
};
const endsOf = (estimate: Estimate) => {
  assert.notEqual(estimate.kind, "none");
  return estimate.kind === "none" ? [] : [estimate.interval.low, estimate.interval.high];
};
const closeEnds = (estimate: Estimate, wanted: readonly number[], tolerance: number, what: string) =>
  endsOf(estimate).forEach((end, i) => close(end, wanted[i], tolerance, `${what}, end ${i}`));
const pointOf = (estimate: Estimate) => (estimate.kind === "none" ? undefined : estimate.point);
const outcomesOf = (list: readonly number[]) => list.map((value): 0 | 1 => (value === 1 ? 1 : 0));
const pairsOf = ({ up, down, n }: { up: number; down: number; n: number }): Pair[] =>
  Array.from({ length: n }, (_, i): Pair => ({
    treatment: i < up ? 1 : 0,
    control: i >= up && i < up + down ? 1 : 0,
  }));
const unitsOf = ({ clusters, values }: { clusters: readonly number[]; values: readonly number[] }) =>
  values.map((value, i) => ({ cluster: String(clusters[i]), value }));

test("critical values are scipy's", () => {
  for (const { level, value } of reference.quantiles.z)
    close(zCritical(level), value, 1e-10, `z at ${level}`);
  for (const { level, df, value } of reference.quantiles.t)
    close(tCritical(level, df), value, 1e-8 * value, `t at ${level}, ${df}`);
});

test("Wilson and Clopper-Pearson intervals are statsmodels's", () => {
  for (const { k, n, level, wilson: score, clopperPearson: exact } of reference.shares) {
    closeEnds(wilson(k, n, { level }), score, 1e-10, `wilson ${k}/${n} at ${level}`);
    closeEnds(clopperPearson(k, n, { level }), exact, 1e-9, `clopperPearson ${k}/${n} at ${level}`);
  }
});

test("Tango's interval is that of a search on the likelihood itself", () => {
  for (const row of reference.pairs.score) {
    closeEnds(
      pairedProportions(pairsOf(row), { level: row.level }),
      row.ends,
      1e-6,
      `up ${row.up}, down ${row.down} of ${row.n}`,
    );
  }
});

test("Tango's interval gives the figures in print", () => {
  for (const { source, up, down, n, level, ends, digits } of reference.pairs.published) {
    const found = tangoEnds({ up, down, n }, zCritical(level));
    found.forEach((end, i) => close(end, ends[i], 0.5 * 10 ** -digits, `${source}, end ${i}`));
  }
});

test("below 20 pairs the interval is the Bonferroni difference of two exact ones", () => {
  for (const row of reference.pairs.exact) {
    const found = pairedProportions(pairsOf(row));
    closeEnds(found, row.ends, 1e-9, `up ${row.up}, down ${row.down} of ${row.n}`);
    assert.match(found.kind === "none" ? "" : found.method, /^exact/);
  }
});

test("the t interval is scipy's", () => {
  for (const { values, point, ends } of reference.means.t) {
    const found = pairedMean(values, { range: [-1, 1] });
    assert.equal(found.kind === "none" ? "" : found.method, "t");
    close(pointOf(found), point, 1e-12, "point");
    closeEnds(found, ends, 1e-9, "t interval");
    closeEnds(mean(values, { range: [-1, 1] }), ends, 1e-9, "mean");
  }
});

test("the betting bound is the root that a plain product of wealth gives", () => {
  for (const { values, sizes, ends } of reference.means.bounded) {
    const found = boundedMeanEnds(
      values.map((value, i) => ({ mean: value, size: sizes[i]! })),
      [-1, 1],
      0.95,
    );
    found.forEach((end, i) => close(end, ends[i], 1e-9, `${values.length} values, end ${i}`));
  }
});

test("the cluster-robust t interval is statsmodels's", () => {
  for (const row of reference.clusters.mean) {
    const found = clusteredDifference(unitsOf(row), { range: [-1, 1] });
    assert.equal(found.kind === "none" ? "" : found.method, "cluster-robust t");
    closeEnds(found, row.ends, 1e-9, "clustered mean");
  }
});

test("clustered shares and signs stand at the effective n that statsmodels and scipy give", () => {
  for (const row of reference.clusters.rate) {
    const units = unitsOf(row).map(({ cluster, value }) => ({
      cluster,
      value: value === 1 ? (1 as const) : (0 as const),
    }));
    const found = clusteredRate(units);
    closeEnds(found, row.ends, 1e-8, "clustered rate");
    assert.equal(found.n, new Set(row.clusters).size);
  }
  for (const row of reference.clusters.signs) {
    const groups = [...new Set(row.clusters)].map((name) =>
      row.values.filter((_, i) => row.clusters[i] === name),
    );
    const size = effectiveSize(groups, 0.95);
    close(size.kind === "estimated" ? size.n : undefined, row.n, 1e-6, "effective n");
    closeEnds(clusteredDifference(unitsOf(row), { range: [-1, 1] }), row.ends, 1e-6, "clustered signs");
  }
});

test("the bootstrap's ends are scipy's within the noise of resampling", () => {
  const { values, se, percentile, bca } = reference.bootstrap;
  const clusters = values.map((value) => [value]);
  const statistic = (items: readonly number[]) => items.reduce((sum, value) => sum + value, 0) / items.length;
  for (const [method, ends] of [
    ["percentile", percentile],
    ["bca", bca],
  ] as const) {
    const found = bootstrap({
      clusters,
      statistic,
      method,
      kind: "rate",
      rng: rngFrom(1),
      resamples: 20_000,
    });
    // A 2.5 % quantile of 20,000 normal draws has a standard error of .019 standard errors of the mean.
    closeEnds(found, ends, 0.08 * se, method);
  }
});

test("Benjamini-Hochberg adjusts as statsmodels and scipy do", () => {
  for (const { p, q, adjusted, reject } of reference.discoveries) {
    const found = benjaminiHochberg(p, q);
    found.forEach((discovery, i) => close(discovery.adjusted, adjusted[i], 1e-12, `p-value ${i}`));
    assert.deepEqual(
      found.map(({ discovered }) => discovered),
      reject,
    );
  }
});

test("Brier score and its parts are scikit-learn's and numpy's, and add up", () => {
  const { confidences, outcomes, ...wanted } = reference.calibration;
  const found = brier(confidences, outcomesOf(outcomes));
  for (const part of ["score", "reliability", "resolution", "uncertainty", "within"] as const) {
    close(pointOf(found[part]), wanted[part], 1e-12, part);
  }
  const [score = 0, reliability = 0, resolution = 0, uncertainty = 0, within = 0] =
    Object.values(found).map(pointOf);
  close(reliability - resolution + uncertainty + within, score, 1e-12, "sum of the parts");
});

test("the calibration error is numpy's, and its floor the exact expectation for calibrated outcomes", () => {
  const { confidences, outcomes, ece, turnedEnds, floorMean } = reference.calibration;
  const found = adaptiveEce(confidences, outcomesOf(outcomes), { rng: rngFrom(1) });
  close(pointOf(found.ece), ece, 1e-12, "ece");
  // A 97.5 % quantile of 2,000 draws has a standard error of about .0008 here.
  const turned = outcomesOf(outcomes.map((outcome) => 1 - outcome));
  closeEnds(
    adaptiveEce(confidences, turned, { rng: rngFrom(1) }).ece,
    turnedEnds,
    0.003,
    "ends of the error",
  );
  close(pointOf(found.floor), floorMean, 0.0015, "mean of the floor");
});

test("the area under the curve is scikit-learn's and its variance DeLong's, in clusters Obuchowski's", () => {
  for (const { confidences, outcomes, clusters, area, variance } of reference.ranking) {
    close(pointOf(auroc(confidences, outcomesOf(outcomes))), area, 1e-12, "area");
    const against = (i: number) => {
      const others = confidences.filter((_, j) => outcomes[j] !== outcomes[i]);
      const sign = outcomes[i] === 1 ? 1 : -1;
      return (
        others.reduce((sum, other) => sum + (1 + Math.sign(sign * (confidences[i]! - other))) / 2, 0) /
        others.length
      );
    };
    const placed = outcomesOf(outcomes).map((outcome, i) => ({
      cluster: String(clusters[i]),
      outcome,
      off: against(i) - area,
    }));
    close(aurocVariance(placed).variance, variance, 1e-12, "variance");
  }
});

test("the adjusted rate is Rogan and Gladen's, its interval Lang and Reiczigel's", () => {
  for (const { flagged, n, fp, fn, point, ends } of reference.adjusted) {
    const found = misclassificationAdjusted({
      flagged,
      n,
      falsePositives: { count: fp[0]!, n: fp[1]! },
      falseNegatives: { count: fn[0]!, n: fn[1]! },
    });
    close(pointOf(found), point, 1e-12, "point");
    closeEnds(found, ends, 1e-10, `${flagged} of ${n}`);
  }
});

test("the detectable rate has power .8 by binomial sums, the detectable difference by the noncentral t", () => {
  for (const { n, margin, value } of reference.detectable.rates) {
    const found = detectableRate(n, margin);
    close(found.kind === "detectable" ? found.value : undefined, value, 1e-9, `n = ${n}, margin ${margin}`);
  }
  for (const { df, factor } of reference.detectable.differences) {
    const found = detectableDifference(0.01, 0.1, df);
    close(
      found.kind === "detectable" ? (found.value - 0.1) / 0.01 : undefined,
      factor,
      0.01 * factor,
      `df ${df}`,
    );
  }
});
