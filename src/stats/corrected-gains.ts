// Gains along a curve whose values come from an instrument that errs, corrected by a random part of the samples that was read without error.

import { quantileOf } from "./bootstrap.ts";
import { defaultLevel } from "./critical-value.ts";
import { inverseOf } from "./forms/positive-definite.ts";
import { intervalOf } from "./interval.ts";
import { noEstimate, type Difference } from "./estimate.ts";
import type { Rng } from "./rng.ts";
import { leastForCurves } from "./sup-t-band.ts";

/** One independent unit: its mean curves, and those of its samples that were read. */
export type CorrectedUnit = {
  /** What the instrument says, [points], and the score by which samples were picked, [points]. */
  readonly measured: readonly number[];
  readonly score: readonly number[];
  readonly read: readonly { readonly measured: number; readonly score: number; readonly truth: number }[];
};

export type Correction = {
  /** truth = constant + slope * measured + bias * score, by least squares over what was read. */
  readonly slope: Difference;
  /** Not 0 where the instrument's errors go with the score: then its curve is not only stretched but bent. */
  readonly bias: Difference;
  /** Corrected value at each point minus that at the first, [points]; the first is 0 by definition and has no estimate. */
  readonly gains: readonly Difference[];
};

const RESAMPLES = 2000;

/**
 * Regression calibration with the score as a covariate (cf. Carroll, Ruppert, Stefanski and Crainiceanu (2006), Measurement Error in Nonlinear Models, ch. 4):
 * linear in both, so the corrected mean curve is slope * measured + bias * score. What was read must have been drawn at random. Percentile bootstrap over
 * units, curve and correction together, with wider tails for few units (Hesterberg 2015, as in `bootstrap`); pointwise.
 * @param units curves of one length
 */
export function correctedGains(
  units: readonly CorrectedUnit[],
  { rng, level = defaultLevel }: { readonly rng: Rng; readonly level?: number },
): Correction {
  const n = units.length;
  const points = units[0]?.measured.length ?? 0;
  const read = units.reduce((sum, unit) => sum + unit.read.length, 0);
  const all = (because: string): Correction => ({
    slope: noEstimate(because, n),
    bias: noEstimate(because, n),
    gains: Array.from({ length: points }, () => noEstimate(because, n)),
  });
  if (n < leastForCurves) return all(`at least ${leastForCurves} independent units are needed`);
  if (read < leastForCurves) return all(`at least ${leastForCurves} samples must have been read`);
  const found = valuesOf(units);
  if (found === undefined) return all("what was read does not determine a correction");
  const draws: (readonly number[])[] = [];
  for (let b = 0; b < RESAMPLES; b++) {
    const drawn = valuesOf(units.map(() => rng.pick(units)));
    if (drawn !== undefined) draws.push(drawn);
  }
  if (draws.length < 0.99 * RESAMPLES) return all("more than 1 % of resamples do not determine a correction");
  const tail = (1 - level) / 2;
  // Percentiles of n units are too narrow by about sqrt((n - 1) / n) and by the tails of t.
  const estimates = found.map((point, p): Difference => {
    if (p === 2) return noEstimate("it is 0 by definition", n);
    const sorted = draws.map((draw) => draw[p]!).toSorted((a, c) => a - c);
    const stretch = Math.sqrt(n / (n - 1));
    return {
      kind: "difference",
      point,
      interval: intervalOf(
        point - stretch * Math.max(0, point - quantileOf(sorted, tail)),
        point + stretch * Math.max(0, quantileOf(sorted, 1 - tail) - point),
        level,
      ),
      n,
      observations: read,
      method: `corrected by ${read} samples that were read; percentile bootstrap over units, ${RESAMPLES} resamples`,
    };
  });
  return { slope: estimates[0]!, bias: estimates[1]!, gains: estimates.slice(2) };
}

/** Slope, bias, then the corrected gain at each point; undefined where the readings leave them open. */
function valuesOf(units: readonly CorrectedUnit[]): readonly number[] | undefined {
  const read = units.flatMap((unit) => unit.read);
  const mean = (of: (one: (typeof read)[number]) => number) =>
    read.reduce((sum, one) => sum + of(one), 0) / read.length;
  const [m, s, t] = [mean((o) => o.measured), mean((o) => o.score), mean((o) => o.truth)];
  let [mm, ms, ss, mt, st] = [0, 0, 0, 0, 0];
  for (const { measured, score, truth } of read) {
    mm += (measured - m) ** 2;
    ms += (measured - m) * (score - s);
    ss += (score - s) ** 2;
    mt += (measured - m) * (truth - t);
    st += (score - s) * (truth - t);
  }
  let inverse: readonly (readonly number[])[];
  try {
    inverse = inverseOf([
      [mm, ms],
      [ms, ss],
    ]);
  } catch {
    return undefined;
  }
  const slope = inverse[0]![0]! * mt + inverse[0]![1]! * st;
  const bias = inverse[1]![0]! * mt + inverse[1]![1]! * st;
  const at = (of: "measured" | "score", p: number) =>
    units.reduce((sum, unit) => sum + unit[of][p]! - unit[of][0]!, 0) / units.length;
  return [
    slope,
    bias,
    ...units[0]!.measured.map((_, p) => slope * at("measured", p) + bias * at("score", p)),
  ];
}
