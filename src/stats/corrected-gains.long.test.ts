// How often the corrected gain's interval holds the truth, in worlds where readings are exact and the instrument errs linearly.

import assert from "node:assert/strict";
import { test } from "node:test";
import { correctedGains, type CorrectedUnit } from "./corrected-gains.ts";
import { rngFrom, type Rng } from "./rng.ts";

const REPETITIONS = 600;
const normal = (rng: Rng) =>
  Math.sqrt(-2 * Math.log(1 - rng.uniform())) * Math.cos(2 * Math.PI * rng.uniform());

/** Samples are the same kind in curve and readings: truth and score go together, the instrument adds noise of its own. */
function drawn(rng: Rng, count: number, fall: number): readonly CorrectedUnit[] {
  return Array.from({ length: count }, () => {
    const own = 0.15 * normal(rng);
    const sample = (score: number) => {
      const truth = own - fall * score + 0.15 * normal(rng);
      return { truth, score, measured: 0.1 + 0.8 * truth + 0.05 * score + 0.1 * normal(rng) };
    };
    // Mean over many samples at the start, of few at the end, as in a curve of best-of-n.
    const mean = (score: number, samples: number) =>
      Array.from({ length: samples }, () => sample(score).measured).reduce((a, b) => a + b, 0) / samples;
    return {
      measured: [mean(0, 64), mean(1, 2)],
      score: [0, 1],
      read: [sample(normal(rng)), sample(normal(rng))],
    };
  });
}

for (const fall of [0, 0.2])
  test(`with 50 units and 100 readings the interval holds a fall of ${fall} in 93 to 97.5 %`, () => {
    let held = 0;
    for (let r = 0; r < REPETITIONS; r++) {
      const rng = rngFrom(`coverage ${fall} ${r}`);
      const [, gain] = correctedGains(drawn(rng.split("units"), 50, fall), {
        rng: rng.split("bootstrap"),
      }).gains;
      if (gain!.kind === "none") throw new Error(gain!.because);
      if (gain!.interval.low <= -fall && -fall <= gain!.interval.high) held++;
    }
    const share = held / REPETITIONS;
    assert.ok(share > 0.93 - 2 * Math.sqrt((0.05 * 0.95) / REPETITIONS) && share < 0.985, `held ${share}`);
  });
