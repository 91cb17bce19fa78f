// Corrected gains: where the instrument's error is known, the correction undoes it, and its interval holds the truth as often as it says.

import assert from "node:assert/strict";
import { test } from "node:test";
import { correctedGains, type CorrectedUnit } from "./corrected-gains.ts";
import { rngFrom, type Rng } from "./rng.ts";

const normal = (rng: Rng) =>
  Math.sqrt(-2 * Math.log(1 - rng.uniform())) * Math.cos(2 * Math.PI * rng.uniform());

/** Truth falls by 0.3 from the first point to the second; the instrument sees half of it, and adds a fifth of the score. */
function units(rng: Rng, count = 50): readonly CorrectedUnit[] {
  return Array.from({ length: count }, () => {
    const own = 0.2 * normal(rng);
    const truths = [own, own - 0.3 + 0.1 * normal(rng)];
    const score = [0, 1 + 0.2 * normal(rng)];
    const instrument = (truth: number, of: number) => 0.5 * truth + 0.2 * of + 0.05 * normal(rng);
    return {
      measured: truths.map((truth, p) => instrument(truth, score[p]!)),
      score,
      read: [0, 1].map(() => {
        const [truth, of] = [0.3 * normal(rng), 0.5 + 0.5 * normal(rng)];
        return { truth, score: of, measured: instrument(truth, of) };
      }),
    };
  });
}

test("an instrument that sees half of a fall and credits the score is set right", () => {
  const made = units(rngFrom("corrected"), 400);
  const { slope, bias, gains } = correctedGains(made, { rng: rngFrom(1) });
  assert.ok(slope.kind !== "none" && bias.kind !== "none");
  // Noise of .05 on a signal of .15: the slope of truth on measured is 2 * .9, that of the score accordingly.
  assert.ok(Math.abs(slope.point - 1.8) < 0.1, String(slope.point));
  assert.ok(bias.interval.high < 0);
  const [first, second] = gains;
  assert.equal(first!.kind, "none");
  assert.ok(second!.kind !== "none" && Math.abs(second!.point + 0.3) < 0.05, JSON.stringify(second));
  const raw = made.reduce((sum, { measured }) => sum + measured[1]! - measured[0]!, 0) / made.length;
  assert.ok(raw > 0, "uncorrected it looks like a gain");
});

test("what can't be corrected is said to be so", () => {
  const reason = (made: readonly CorrectedUnit[]) => {
    const [, gain] = correctedGains(made, { rng: rngFrom(1) }).gains;
    return gain!.kind === "none" ? gain!.because : "measured";
  };
  const made = units(rngFrom(2));
  assert.equal(reason(made), "measured");
  assert.match(reason(made.slice(0, 29)), /30 independent units/);
  assert.match(reason(made.map((unit) => ({ ...unit, read: [] }))), /30 samples/);
  const same = made.map((unit) => ({
    ...unit,
    read: unit.read.map(() => ({ measured: 1, score: 1, truth: 0 })),
  }));
  assert.match(reason(same), /determine/);
});
