import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { rngFrom } from "../../stats/rng.ts";
import { argmax, drawToken } from "./pick-token.ts";

const logits = Float32Array.from([1.2, -0.3, 2, 0.4, -Infinity, 2, -1.5, 0.9]);

/** The exact distribution, by the definition: sorted, cut, and made to sum to 1 again. */
function exact(values: Float32Array, temperature: number, topP: number): readonly number[] {
  const weights = Array.from(values, (x) => Math.exp((x - Math.max(...values)) / temperature));
  const total = weights.reduce((a, w) => a + w, 0);
  const order = weights.map((_, i) => i).toSorted((a, b) => weights[b]! - weights[a]! || a - b);
  const kept = new Set<number>();
  let share = 0;
  for (const i of order) {
    if (kept.size > 0 && share >= topP * total) break;
    kept.add(i);
    share += weights[i]!;
  }
  return weights.map((w, i) => (kept.has(i) ? w / share : 0));
}

function counts(values: Float32Array, temperature: number, topP: number, draws: number): readonly number[] {
  const rng = rngFrom(`draw ${temperature} ${topP}`);
  const found = Array.from(values, () => 0);
  for (let i = 0; i < draws; i++) found[drawToken(values, temperature, topP, rng)]!++;
  return found;
}

/** 99.9 % points of chi-square with 1 to 7 degrees of freedom. */
const CRITICAL = [10.83, 13.82, 16.27, 18.47, 20.52, 22.46, 24.32];

for (const [temperature, topP] of [
  [1, 1],
  [0.7, 1],
  [2.5, 1],
  [1, 0.9],
  [1, 0.5],
  [0.3, 0.95],
] as const) {
  test(`draws at temperature ${temperature} and top-p ${topP} follow the exact distribution (chi-square)`, () => {
    const draws = 20_000;
    const expected = exact(logits, temperature, topP);
    const found = counts(logits, temperature, topP, draws);
    let chi = 0;
    let cells = 0;
    expected.forEach((p, i) => {
      if (p === 0) return assert.equal(found[i], 0, `token ${i} lies outside`);
      cells++;
      chi += (found[i]! - p * draws) ** 2 / (p * draws);
    });
    assert.ok(chi < CRITICAL[cells - 2]!, `chi-square ${chi} with ${cells - 1} degrees of freedom`);
  });
}

test("the chi-square test sees a temperature that is a little off", () => {
  const draws = 20_000;
  const wrong = exact(logits, 1.1, 1);
  const chi = counts(logits, 1, 1, draws).reduce(
    (sum, found, i) => (wrong[i] ? sum + (found - wrong[i] * draws) ** 2 / (wrong[i] * draws) : sum),
    0,
  );
  assert.ok(chi > CRITICAL[5]!);
});

test("the nucleus is the smallest set that reaches top-p, for any logits", () => {
  fc.assert(
    fc.property(
      fc.array(fc.double({ min: -6, max: 6, noNaN: true }), { minLength: 2, maxLength: 12 }),
      fc.double({ min: 0.01, max: 0.99, noNaN: true }),
      (values, topP) => {
        const row = Float32Array.from(values);
        const allowed = exact(row, 1, topP);
        const rng = rngFrom("nucleus");
        for (let i = 0; i < 40; i++) assert.ok(allowed[drawToken(row, 1, topP, rng)]! > 0);
      },
    ),
    { seed: 8, numRuns: 100 },
  );
});

test("a tiny top-p, or none, leaves the most probable token, the first where two are equal", () => {
  const rng = rngFrom(1);
  for (const topP of [0, 1e-300, 1e-9, 0.01]) {
    for (let i = 0; i < 20; i++) assert.equal(drawToken(logits, 1, topP, rng), 2);
  }
});

test("equal logits share the draws equally, and a small temperature leaves only the best", () => {
  const found = counts(Float32Array.from([0, 5, 5]), 0.05, 1, 2000);
  assert.equal(found[0], 0);
  assert.ok(Math.abs(found[1]! - 1000) < 4 * Math.sqrt(500));
  const lone = counts(Float32Array.from([0, 5, 4.9]), 1e-4, 1, 100);
  assert.deepEqual(lone, [0, 100, 0]);
});

test("a token of probability 0 is never drawn, even where it stands first or last", () => {
  const found = counts(Float32Array.from([-Infinity, 0, -Infinity]), 1, 1, 500);
  assert.deepEqual(found, [0, 500, 0]);
});

test("the same seed gives the same draws, another seed others", () => {
  const draw = (seed: number) => {
    const rng = rngFrom(seed);
    return Array.from({ length: 20 }, () => drawToken(logits, 1, 0.95, rng));
  };
  assert.deepEqual(draw(1), draw(1));
  assert.notDeepEqual(draw(1), draw(2));
});

test("what is no distribution is refused", () => {
  const rng = rngFrom(1);
  const broken = Float32Array.from([Number.NaN, Number.NaN]);
  assert.throws(() => drawToken(broken, 1, 1, rng), RangeError);
  assert.throws(() => drawToken(logits, 0, 1, rng), RangeError);
  assert.throws(() => drawToken(logits, Number.NaN, 1, rng), RangeError);
  assert.throws(() => drawToken(logits, 1, Number.NaN, rng), RangeError);
  assert.throws(() => drawToken(logits, 1, 1.5, rng), RangeError);
});

test("the largest logit is found wherever it stands, the first of equal ones", () => {
  assert.equal(argmax(Float32Array.from([-3, -1, -2])), 1);
  assert.equal(argmax(Float32Array.from([0, 4, 4])), 1);
  assert.equal(argmax(Float32Array.from([7])), 0);
});
