import assert from "node:assert/strict";
import { test } from "node:test";
import { rngFrom, type Rng } from "../../stats/rng.ts";
import { tokenDrawer } from "./token-drawer.ts";

const normal = (rng: Rng) =>
  Math.sqrt(-2 * Math.log(1 - rng.uniform())) * Math.cos(2 * Math.PI * rng.uniform());

/** softmax(logits / temperature), all but the nucleus set to 0, in plain float64. */
function exact(logits: Float32Array, temperature: number, topP: number): Float64Array {
  const top = logits.reduce((a, b) => Math.max(a, b), -Infinity);
  const weights = Float64Array.from(logits, (x) => Math.exp((x - top) / temperature));
  const total = weights.reduce((a, b) => a + b, 0);
  const order = [...weights.keys()].sort((a, b) => logits[b]! - logits[a]! || a - b);
  let share = 0;
  const kept = order.filter((_, i) => {
    if (topP < 1 && i > 0 && share >= topP * total) return false;
    share += weights[order[i]!]!;
    return true;
  });
  const out = new Float64Array(weights.length);
  for (const token of kept) out[token] = weights[token]! / share;
  return out;
}

/** Share of the unit interval that each token gets, from its two ends found by bisection. Tokens without a share are left out. */
function shares(draw: (uniform: number) => number): Map<number, number> {
  const found = new Map<number, number>();
  for (let at = 0; at < 1;) {
    const token = draw(at);
    let [inside, outside] = [at, 1];
    while (outside - inside > 1e-14) {
      const middle = (inside + outside) / 2;
      // Shares are runs, so the first other token ends it.
      if (draw(middle) === token) inside = middle;
      else outside = middle;
    }
    found.set(token, (found.get(token) ?? 0) + outside - at);
    at = outside;
  }
  return found;
}

const cases = [
  { temperature: 1, topP: 1 },
  { temperature: 0.3, topP: 1 },
  { temperature: 5, topP: 1 },
  { temperature: 1, topP: 0.9 },
  { temperature: 1, topP: 0.999_999 },
  { temperature: 2, topP: 0.5 },
  { temperature: 100, topP: 0.55 },
  { temperature: 1, topP: 0 },
];

for (const { temperature, topP } of cases) {
  test(`each token's share of the unit interval is its probability, at temperature ${temperature} and topP ${topP}`, () => {
    const rng = rngFrom("shares");
    // Some tokens far in the tail, some of equal weight.
    const logits = Float32Array.from({ length: 60 }, (_, i) =>
      i % 10 === 9 ? -30 : i % 10 === 8 ? 1 : 4 * normal(rng),
    );
    const drawer = tokenDrawer();
    const expected = exact(logits, temperature, topP);
    const found = shares((uniform) => drawer.draw(logits, temperature, topP, uniform));
    expected.forEach((p, token) => {
      const got = found.get(token) ?? 0;
      assert.ok(Math.abs(got - p) < 4e-13, `token ${token}: ${got} instead of ${p}`);
    });
  });
}

test("tokens are drawn in the order of their ids, the light ones too; what weighs nothing never", () => {
  const logits = new Float32Array(50_000).fill(-16.5);
  logits[7] = 0;
  const drawer = tokenDrawer();
  const one = exact(logits, 1, 1)[0]!;
  assert.equal(drawer.draw(logits, 1, 1, 6.5 * one), 6);
  assert.equal(drawer.draw(logits, 1, 1, 7.5 * one), 7);
  assert.equal(drawer.draw(logits, 1, 1, 1 - 1.5 * one), 49_998);
  // A nucleus that ends among equal ones: the target lies 0.0002 of the whole before the end.
  const end = drawer.draw(logits, 1, 0.9999, 0.9999);
  assert.ok(Math.abs(end - (49_999 - 0.000_199_99 / one)) <= 1.5, `${end}`);
  logits.fill(-41, 8);
  assert.equal(drawer.draw(logits, 1, 1, 1 - 2 ** -53), 7);
  assert.equal(drawer.draw(logits.fill(3), 1, 0, 0.99), 0, "of equal ones the first");
});

test("2,000 draws over a vocabulary of 8,192 agree with the exact probabilities (chi-square)", () => {
  const rng = rngFrom("chi-square");
  const logits = Float32Array.from({ length: 8192 }, () => 3 * normal(rng));
  for (const topP of [1, 0.8]) {
    const probabilities = exact(logits, 0.7, topP);
    const drawer = tokenDrawer();
    const draws = 2000;
    const counts = new Map<number, number>();
    for (let i = 0; i < draws; i++) {
      const token = drawer.draw(logits, 0.7, topP, rng.uniform());
      counts.set(token, (counts.get(token) ?? 0) + 1);
    }
    // Cells of at least 20 expected draws; all lighter tokens are one cell.
    const cells = [...probabilities.keys()].filter((token) => probabilities[token]! * draws >= 20);
    const restExpected = draws * (1 - cells.reduce((sum, token) => sum + probabilities[token]!, 0));
    const restFound = draws - cells.reduce((sum, token) => sum + (counts.get(token) ?? 0), 0);
    const statistic =
      cells.reduce(
        (sum, token) =>
          sum +
          ((counts.get(token) ?? 0) - draws * probabilities[token]!) ** 2 / (draws * probabilities[token]!),
        0,
      ) +
      (restFound - restExpected) ** 2 / restExpected;
    assert.ok(cells.length >= 10, `${cells.length} cells`);
    // Mean: as many as cells; standard deviation: the root of twice that.
    assert.ok(
      statistic < cells.length + 4 * Math.sqrt(2 * cells.length),
      `chi-square ${statistic} with ${cells.length} degrees of freedom`,
    );
  }
});
