import assert from "node:assert/strict";
import { test } from "node:test";
import reference from "../../test/golden/goodhart/forms.json" with { type: "json" };
import { bestOfNKl, gridOf } from "./best-of-n.ts";
import { around, compared, D, GRID } from "./curve-forms.test.support.ts";
import { curveForms, type CurveForms } from "./curve-forms.ts";
import { clusterSums, resampled } from "./curve-resamples.ts";
import type { Estimate } from "./estimate.ts";
import { clusterCovariance } from "./forms/cluster-covariance.ts";
import { formPoints } from "./forms/form-points.ts";
import { forms } from "./forms/forms.ts";
import { robustCovariance } from "./forms/gls.ts";
import { bilinear, inverseOf, type Matrix } from "./forms/positive-definite.ts";
import { ratioEnds } from "./forms/ratio.ts";
import { rngFrom } from "./rng.ts";

const close = (a: number, b: number, within: number, what = "") =>
  assert.ok(Math.abs(a - b) <= within, `${what}: ${a} is not ${b}`);
const measured = (estimate: Estimate) => {
  if (estimate.kind === "none") assert.fail(estimate.because);
  return estimate;
};
const both = (found: CurveForms) => {
  if (found.kind === "none") assert.fail(found.because);
  return found;
};
const formOf = (name: string) => forms.find((form) => form.name === name)!;
const stepsOf = (values: readonly number[]) => values.slice(1).map((value, p) => value - values[p]!);
/** The covariance of steps, from that of levels. */
const ofSteps = (covariance: Matrix): Matrix => stepsOfRows(stepsOfRows(covariance));
function stepsOfRows(matrix: Matrix): Matrix {
  const differences = matrix.slice(1).map((row, p) => row.map((value, q) => value - matrix[p]![q]!));
  return differences[0]!.map((_, q) => differences.map((row) => row[q]!));
}

for (const [i, { grid, values, covariance, fits, oneWay }] of reference.cases.entries()) {
  const d = grid.map((n) => Math.sqrt(bestOfNKl(n)));
  const spread = ofSteps(covariance);
  const precision = inverseOf(spread);

  test(`case ${i}: coefficients and their covariance are scipy's, which fitted the levels with g0 free`, () => {
    for (const [name, wanted] of Object.entries(fits)) {
      const { columns, fit } = formOf(name).fit(stepsOf(values), precision, d).linear!;
      wanted.coefficients.forEach((value, k) => close(fit.coefficients[k]!, value, 1e-6, name));
      const robust = robustCovariance(columns, precision, fit, spread);
      wanted.covariance.forEach((row, j) =>
        row.forEach((value, k) => {
          close(fit.covariance[j]![k]!, value, 1e-6 * Math.abs(value) + 1e-9, `${name} covariance`);
          close(robust[j]![k]!, fit.covariance[j]![k]!, 1e-9, `${name}: with the right weights both agree`);
        }),
      );
    }
  });

  test(`case ${i}: the one-way curve is scipy's bounded least squares`, () => {
    const { steps } = formOf("any one-way curve").fit(stepsOf(values), precision, d);
    oneWay.forEach((value, p) => close(steps[p]!, value, 1e-7));
  });
}

test("the inverse is one, and a matrix that has none is refused", () => {
  const matrix = [
    [4, 1, 0.5],
    [1, 3, -0.2],
    [0.5, -0.2, 2],
  ];
  const inverse = inverseOf(matrix);
  matrix.forEach((row, i) =>
    matrix.forEach((_, j) =>
      close(
        bilinear(
          row,
          inverse,
          [0, 1, 2].map((k) => (k === j ? 1 : 0)),
        ),
        i === j ? 1 : 0,
        1e-12,
      ),
    ),
  );
  assert.throws(
    () =>
      inverseOf([
        [1, 1],
        [1, 1],
      ]),
    RangeError,
  );
});

test("the covariance as found is what resamples of whole clusters have, clusters of different sizes too", () => {
  const { curves } = around([0, 1, 2, 1], 150, 0.3, rngFrom(1));
  const of = clusterSums({ curves, clusters: curves.map((_, u) => String(Math.floor(Math.sqrt(u * 30)))) });
  const { found, shrunk, shrinkage } = clusterCovariance(of);
  const sums = found.map((row) => row.map(() => 0));
  const draws = 6000;
  for (const { off } of resampled(of, rngFrom(2), draws))
    off.forEach((a, i) => off.forEach((b, j) => (sums[i]![j]! += (a * b) / draws)));
  found.forEach((row, i) => row.forEach((value, j) => close(sums[i]![j]! / value, 1, 0.12, `${i}, ${j}`)));
  assert.ok(shrinkage > 0 && shrinkage < 0.2, `points that belong together were shrunk by ${shrinkage}`);
  close(shrunk[0]![0]!, found[0]![0]!, 1e-15);
  close(shrunk[0]![1]!, (1 - shrinkage) * found[0]![1]!, 1e-15);
});

test("correlations that are chance are drawn to nothing", () => {
  const rng = rngFrom(3);
  const curves = Array.from({ length: 40 }, () => Array.from({ length: 6 }, () => rng.uniform()));
  const { shrinkage } = clusterCovariance(clusterSums({ curves, clusters: curves.map((_, u) => String(u)) }));
  assert.ok(shrinkage > 0.7, `${shrinkage}`);
});

test("the ends of a ratio are those that a test would just not reject, and there are none where the bottom may be 0", () => {
  const parts = { top: 2, bottom: 1, topVariance: 0.04, bottomVariance: 0.03, covariance: 0.02 };
  const ends = ratioEnds(parts, 1.96)!;
  for (const r of ends) close(Math.abs(2 - r) / Math.sqrt(0.04 - 2 * r * 0.02 + r * r * 0.03), 1.96, 1e-9);
  assert.ok(ends[0] < 2 && ends[1] > 2);
  assert.equal(ratioEnds({ ...parts, bottom: 0.3 }, 1.96), undefined);
});

test("a saturating curve is fitted where its scale is one of those tried", () => {
  const scale = D.at(-1)! * 2 ** (-4 + 5 / 3);
  const steps = stepsOf(D.map((d) => 3 * (1 - Math.exp(-d / scale))));
  const identity = steps.map((_, i) => steps.map((__, j) => (i === j ? 1 : 0)));
  formOf("saturating curve")
    .fit(steps, identity, D)
    .steps.forEach((step, p) => close(step, steps[p]!, 1e-9));
});

test("points are powers of two and the end, eight at most, and points of points are themselves", () => {
  const valuesOf = (grid: readonly number[]) => formPoints(grid).map((i) => grid[i]!);
  assert.deepEqual(valuesOf(gridOf(64)), [1, 2, 4, 8, 16, 32, 64]);
  assert.deepEqual(valuesOf(gridOf(40)), [1, 2, 4, 8, 16, 40]);
  assert.deepEqual(valuesOf([1, 2, 3]), [1, 2, 3]);
  assert.deepEqual(valuesOf([1]), [1]);
  for (const most of [100, 128, 1000, 65_536]) {
    const values = valuesOf(gridOf(most));
    assert.ok(values.length <= 8 && values[0] === 1 && values.at(-1) === most, values.join());
    assert.deepEqual(valuesOf(values), values);
  }
});

test("a clear turn is found with its coefficients and peak, a clear rise is called one way, and a flat curve neither", () => {
  const forms = (mean: readonly number[]) =>
    both(curveForms(around(mean, 200, 0.04, rngFrom(4)), GRID, { rng: rngFrom(5) }));
  const turned = forms(D.map((d) => d * (1.2 - 0.5 * d)));
  assert.equal(turned.answer, "turns over");
  assert.equal(turned.turning.name, "best-of-n form");
  const { coefficients, peak, heldOutLoss, lossAgainstBestMonotone } = turned.turning;
  const [a, b] = [measured(coefficients.a), measured(coefficients.b)];
  assert.ok(a.interval.low < 1.2 && a.interval.high > 1.2 && a.n === 200);
  assert.ok(b.interval.low < 0.5 && b.interval.high > 0.5);
  if (peak.kind === "none") assert.fail(peak.because);
  const [at, n] = [measured(peak.d), measured(peak.n)];
  assert.ok(at.interval.low < 1.2 && at.interval.high > 1.2);
  close(at.point, a.point / (2 * b.point), 1e-12);
  close(Math.sqrt(bestOfNKl(n.point)), at.point, 1e-9);
  assert.ok(n.interval.low > 1 && n.interval.high < 64);
  assert.ok(measured(heldOutLoss).point < 2);
  close(
    measured(lossAgainstBestMonotone).point,
    measured(heldOutLoss).point - measured(turned.monotone.heldOutLoss).point,
    1e-9,
    "clusters' parts sum to the difference of losses",
  );
  const risen = forms(D);
  assert.equal(risen.answer, "one way");
  assert.ok(risen.forms.every(({ peak: none }) => none.kind === "none"));
  assert.equal(forms(D.map((d) => -0.8 * d)).answer, "one way");
  assert.equal(forms(D.map(() => 0)).answer, "can't tell");
});

test("the form of reinforcement learning has its peak at exp(a / b - 1)", () => {
  const mean = D.map((d) => (d === 0 ? 0 : d * (0.5 - 0.6 * Math.log(d))));
  const found = both(curveForms(around(mean, 200, 0.02, rngFrom(4)), GRID, { rng: rngFrom(5) })).forms[1]!;
  const [a, b] = [measured(found.coefficients.a).point, measured(found.coefficients.b).point];
  if (found.peak.kind === "none") assert.fail(found.peak.because);
  const at = measured(found.peak.d);
  close(at.point, Math.exp(a / b - 1), 1e-12);
  assert.ok(at.interval.low < Math.exp(0.5 / 0.6 - 1) && at.interval.high > Math.exp(0.5 / 0.6 - 1));
});

test("a form that has its peak beyond the last n is not one that turns over, and no peak is told", () => {
  // Each unit has its mirror image, so that the mean is the form itself and only the intervals are left to the noise.
  const bent = (b: number, noise: number) => {
    const mean = D.map((d) => d * (1.2 - b * d));
    const { curves } = around(mean, 50, noise, rngFrom(4));
    const all = curves.flatMap((curve) => [curve, curve.map((value, p) => 2 * mean[p]! - value)]);
    const clusters = all.map((_, u) => String(u));
    return both(curveForms({ curves: all, clusters }, GRID, { rng: rngFrom(5) })).forms[0]!;
  };
  const beyond = bent(0.25, 0.02);
  assert.ok(measured(beyond.coefficients.b).interval.low > 0 && !beyond.turns);
  assert.match(
    beyond.peak.kind === "none" ? beyond.peak.because : "",
    /lies further on: n was seen up to 64/u,
  );
  const perhaps = bent(0.38, 0.12);
  assert.ok(perhaps.turns);
  assert.match(perhaps.peak.kind === "none" ? perhaps.peak.because : "", /anywhere from n = \d+\.\d on/u);
});

test("clusters, not units, are what is counted: each curve written down four times changes nothing", () => {
  const once = around(
    D.map((d) => d * (1.2 - 0.5 * d)),
    60,
    0.1,
    rngFrom(6),
  );
  const four = {
    curves: once.curves.flatMap((curve) => [curve, curve, curve, curve]),
    clusters: once.clusters.flatMap((name) => [name, name, name, name]),
  };
  const [one, other] = [once, four].map((units) => both(curveForms(units, GRID, { rng: rngFrom(7) })));
  const figures = ({ turning }: typeof one & {}) =>
    [turning.coefficients.a, turning.coefficients.b, turning.heldOutLoss, turning.lossAgainstBestMonotone]
      .map(measured)
      .flatMap(({ point, interval, n }) => [point, interval.low, interval.high, n]);
  figures(one!).forEach((value, i) => close(figures(other!)[i]!, value, 1e-9));
});

test("the same seed gives the same bytes, and another unit the same answer", () => {
  const units = around(
    D.map((d) => d * (1 - 0.4 * d)),
    80,
    0.15,
    rngFrom(8),
  );
  const run = (scale: number) =>
    both(
      curveForms({ ...units, curves: units.curves.map((c) => c.map((v) => scale * v)) }, GRID, {
        rng: rngFrom(9),
      }),
    );
  assert.equal(JSON.stringify(run(1)), JSON.stringify(run(1)));
  const [plain, large] = [run(1), run(1e6)];
  assert.equal(large.answer, plain.answer);
  close(measured(large.turning.heldOutLoss).point, measured(plain.turning.heldOutLoss).point, 1e-6);
});

test("what cannot be compared is a reason", () => {
  const because = (units: Parameters<typeof curveForms>[0], grid: readonly number[]) => {
    const found = curveForms(units, grid, { rng: rngFrom(1) });
    return found.kind === "none" ? found.because : assert.fail("it was compared");
  };
  const mean = D.map(() => 0);
  assert.match(because(around(mean, 29, 1, rngFrom(1)), GRID), /at least 30 independent prompts/u);
  assert.match(because(around([0, 0, 0], 50, 1, rngFrom(1)), [1, 2, 4]), /at 4 values of n at least/u);
  const still = around(mean, 50, 1, rngFrom(1));
  const alike = {
    ...still,
    curves: still.curves.map((curve, u) => curve.with(3, curve[2]! + (u < 9 ? 1 : 0.5))),
  };
  assert.match(because(alike, GRID), /from n = 4 to 8 all but 9 prompts gain the same/u);
  assert.throws(() => curveForms(still, [1, 2, 4], { rng: rngFrom(1) }), RangeError);
});

test("few prompts give coefficients but no peak", () => {
  const { turning, forms: all } = both(
    curveForms(
      around(
        D.map((d) => d * (1.2 - 0.5 * d)),
        40,
        0.05,
        rngFrom(4),
      ),
      GRID,
      { rng: rngFrom(5) },
    ),
  );
  assert.ok(measured(turning.coefficients.b).interval.low > 0);
  assert.ok(turning.turns && all.every(({ peak }) => peak.kind === "none"));
});

test("in exact worlds: no turn is claimed where there is none, and the clearest is never called one way", () => {
  const answers = (name: string) =>
    compared(name, 100, 10).map((found) => (found.kind === "none" ? found.because : found.answer));
  assert.ok(answers("no turnover").every((answer) => answer === "one way" || answer === "can't tell"));
  assert.ok(answers("turnover by a feature, gold 0 or 1").every((answer) => answer !== "one way"));
});
