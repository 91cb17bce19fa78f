// Expected calibration error over equal-mass bins, beside the error that chance alone would show.

import { quantileOf } from "./bootstrap.ts";
import { defaultLevel, zCritical } from "./critical-value.ts";
import { equalMassBins, forecastsOf, type Bin } from "./equal-mass-bins.ts";
import { noEstimate, type Rate } from "./estimate.ts";
import { intervalOf } from "./interval.ts";
import type { Rng } from "./rng.ts";

export type AdaptiveEce = {
  /**
   * Sum over bins of weight * |mean confidence - share of ones|: biased upward, so it must be read beside its
   * floor.
   */
  readonly ece: Rate;
  /**
   * The same figure for outcomes drawn from the confidences themselves: its mean, and where `level` of the draws
   * lie.
   */
  readonly floor: Rate;
};

/** The fewest forecasts for each bin asked for. */
const leastPerBin = 10;

/**
 * Forecasts must be independent. The interval is that of the binned error of the given confidences, sum w |d|,
 * and conservative by construction. With d + e observed, sum w |d + e| - sum w |d| is at most sum w |e|, whose
 * quantile is simulated and sets the lower end; and sum w |d| - sum w |d + e| is at most sum w (+-e), normal
 * whatever the signs, which sets the upper end. (Both: triangle inequality.) Source of the figure: Nguyen and
 * O'Connor (2015), EMNLP (adaptive bins); of the floor: Vaicenavicius et al. (2019), AISTATS (consistency
 * resampling). No estimate below 10 forecasts a bin.
 * @throws RangeError as `forecastsOf`.
 */
export function adaptiveEce(
  confidences: readonly number[],
  outcomes: readonly (0 | 1)[],
  {
    rng,
    bins = 15,
    resamples = 2000,
    level = defaultLevel,
  }: { rng: Rng; bins?: number; resamples?: number; level?: number },
): AdaptiveEce {
  const forecasts = forecastsOf("adaptiveEce", confidences, outcomes);
  const n = forecasts.length;
  if (n < leastPerBin * bins) {
    const none = noEstimate(`the error over ${bins} bins needs at least ${leastPerBin} forecasts a bin`, n);
    return { ece: none, floor: none };
  }
  const groups = equalMassBins(forecasts, bins);
  const point = groups.reduce((sum, bin) => sum + bin.weight * Math.abs(bin.confidence - bin.accuracy), 0);

  const noise = drawn(groups, smoothedAccuracy, rng.split("noise"), resamples);
  const deviation = Math.sqrt(
    groups.reduce((sum, bin) => {
      const share = smoothedAccuracy(bin);
      return sum + (bin.weight ** 2 * share * (1 - share)) / bin.forecasts.length;
    }, 0),
  );
  const low = Math.max(0, point - quantileOf(noise, (1 + level) / 2));
  const high = Math.min(1, point + zCritical(level) * deviation);
  const measured = { kind: "rate", n, observations: n } as const;
  const ece: Rate = {
    ...measured,
    point,
    interval: intervalOf(low, high, level),
    method: `triangle bound, ${groups.length} equal-mass bins`,
  };

  const chance = drawn(groups, undefined, rng.split("floor"), resamples);
  const floorPoint = chance.reduce((sum, value) => sum + value, 0) / chance.length;
  const floorInterval = intervalOf(
    quantileOf(chance, (1 - level) / 2),
    quantileOf(chance, (1 + level) / 2),
    level,
  );
  const floorMethod = `${resamples} resamples of a perfectly calibrated model`;
  return { ece, floor: { ...measured, point: floorPoint, interval: floorInterval, method: floorMethod } };
}

/**
 * Sorted draws of sum w |share drawn - share expected|: outcomes drawn with the bin's `chance`, or each with
 * its own confidence where that is absent.
 */
function drawn(
  bins: readonly Bin[],
  chance: ((bin: Bin) => number) | undefined,
  rng: Rng,
  resamples: number,
): readonly number[] {
  const draws: number[] = [];
  for (let i = 0; i < resamples; i++) {
    let error = 0;
    for (const bin of bins) {
      const shared = chance?.(bin);
      let ones = 0;
      for (const { confidence } of bin.forecasts) if (rng.uniform() < (shared ?? confidence)) ones++;
      error += bin.weight * Math.abs(ones / bin.forecasts.length - (shared ?? bin.confidence));
    }
    draws.push(error);
  }
  return draws.sort((a, b) => a - b);
}

/** A bin of only ones or zeros must not count as certain. */
function smoothedAccuracy({ accuracy, forecasts }: Bin): number {
  return (accuracy * forecasts.length + 1) / (forecasts.length + 2);
}
