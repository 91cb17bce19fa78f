// What curve-forms.ts says of itself, counted: false alarms and finds in exact worlds, and whether intervals hold coefficients and peak.

import assert from "node:assert/strict";
import { test } from "node:test";
import { around, compared, D, GRID, truthOf, worlds } from "./curve-forms.test.support.ts";
import { curveForms, type CurveForms } from "./curve-forms.ts";
import { clusterSums } from "./curve-resamples.ts";
import type { Estimate } from "./estimate.ts";
import { fitForm } from "./forms/fit-form.ts";
import { forms } from "./forms/forms.ts";
import { rngFrom } from "./rng.ts";

const REPETITIONS = 200;
const most = (share: number, of: number) => share + 2 * Math.sqrt((share * (1 - share)) / of);
const shareOf = (all: readonly CurveForms[], answer: string) => {
  assert.ok(all.every(({ kind }) => kind === "compared"));
  return all.filter((one) => one.kind === "compared" && one.answer === answer).length / all.length;
};

for (const name of Object.keys(worlds)) {
  const turns = name.startsWith("turnover");
  test(`${name}, 100 prompts: the wrong answer is given at most 5 % of the time plus two standard errors`, (t) => {
    const truth = truthOf(name);
    assert.equal(Math.max(...truth) > truth.at(-1)! + 0.05, turns);
    const all = compared(name, 100, REPETITIONS);
    const [over, way] = [shareOf(all, "turns over"), shareOf(all, "one way")];
    t.diagnostic(`turns over ${over}, one way ${way}`);
    assert.ok((turns ? way : over) <= most(0.05, REPETITIONS), `turns over ${over}, one way ${way}`);
  });
}

test("400 prompts: the clearest turn is found at least four times in five", () => {
  const found = shareOf(compared("turnover by a feature, gold 0 or 1", 400, 40), "turns over");
  assert.ok(found >= 0.8, `${found}`);
});

/** Curves that lie on the edge between one way and turning: they rise and then stay. */
const edges: Readonly<Record<string, readonly number[]>> = {
  flat: [0, 0, 0, 0, 0, 0, 0],
  "an early plateau": [0, 0.5, 0.7, 0.7, 0.7, 0.7, 0.7],
  "a late plateau": [0, 0.2, 0.4, 0.6, 0.8, 0.8, 0.8],
  "a late rise to a plateau": [0, 0, 0.05, 0.55, 1.05, 1.05, 1.05],
};
for (const [name, mean] of Object.entries(edges))
  test(`${name}: a turn is claimed at most 5 % of the time plus two standard errors`, () => {
    const all = Array.from({ length: REPETITIONS }, (_, r) => {
      const rng = rngFrom(`edge ${name}`).split(String(r));
      return curveForms(around(mean, 100, 0.2, rng.split("curves")), GRID, { rng: rng.split("forms") });
    });
    const over = shareOf(all, "turns over");
    assert.ok(over <= most(0.05, REPETITIONS), `${over}`);
  });

for (const prompts of [30, 60, 100])
  for (const [a, b] of [
    [1, 0.4],
    [0.6, 0.3],
  ] as const)
    test(`${prompts} prompts, a = ${a}, b = ${b}: intervals hold coefficients in 93-97 % of cases, and a placed peak in 95 % less two standard errors`, () => {
      const repetitions = 2000;
      const counts = { a: 0, b: 0, peak: 0, placed: 0 };
      const holds = (estimate: Estimate, value: number) =>
        estimate.kind !== "none" && estimate.interval.low <= value && value <= estimate.interval.high;
      for (let r = 0; r < repetitions; r++) {
        const rng = rngFrom(`coverage ${prompts} ${a}`).split(String(r));
        const { curves, clusters } = around(
          D.map((d) => d * (a - b * d)),
          prompts,
          0.15,
          rng,
        );
        const steps = curves.map((curve) => curve.slice(1).map((value, p) => value - curve[p]!));
        const of = clusterSums({ curves: steps, clusters });
        const { coefficients, peak } = fitForm(forms[0]!, {
          of,
          points: GRID,
          d: D,
          level: 0.95,
          observations: prompts,
        });
        if (holds(coefficients.a, a)) counts.a++;
        if (holds(coefficients.b, b)) counts.b++;
        if (peak.kind === "none") continue;
        counts.placed++;
        if (holds(peak.d, a / (2 * b))) counts.peak++;
      }
      const [slack, told] = [2 * Math.sqrt((0.05 * 0.95) / repetitions), JSON.stringify(counts)];
      for (const name of ["a", "b"] as const) {
        assert.ok(counts[name] / repetitions >= 0.94 - slack, told);
        assert.ok(counts[name] / repetitions <= 0.96 + slack, told);
      }
      if (prompts < 60) assert.equal(counts.placed, 0);
      else {
        assert.ok(counts.placed > 0.3 * repetitions, told);
        assert.ok(counts.peak / counts.placed >= 0.95 - 2 * Math.sqrt((0.05 * 0.95) / counts.placed), told);
      }
    });
