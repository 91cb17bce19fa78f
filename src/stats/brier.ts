// The Brier score of confidences in yes/no outcomes, and what it is made of.

import { defaultLevel, zCritical } from "./critical-value.ts";
import { equalMassBins, forecastsOf, type Bin } from "./equal-mass-bins.ts";
import { noEstimate, type Rate } from "./estimate.ts";
import { intervalOf } from "./interval.ts";
import { mean } from "./mean.ts";
import { wilson } from "./wilson.ts";

/** score = reliability - resolution + uncertainty + within, exactly, where all five are given. */
export type Brier = {
  /** Mean of (confidence - outcome)^2; 0 is best. */
  readonly score: Rate;
  /** How far confidence is from what came true, bin by bin; 0 is best. */
  readonly reliability: Rate;
  /** How far the bins' outcomes differ; more is better. */
  readonly resolution: Rate;
  /** The score of always saying the overall share. */
  readonly uncertainty: Rate;
  /** What binning leaves out: spread of confidence within the bins less twice its covariance with the outcome. */
  readonly within: Rate;
};

/** The fewest forecasts for each bin asked for; below it the parts have no estimate. */
const leastPerBin = 10;

/**
 * Forecasts must be independent. The parts are those of the given confidences and equal-mass bins, corrected
 * for their bias in small bins, so that `reliability` or `resolution` may lie below 0: no more is seen than
 * noise makes. Sources: Murphy (1973), J. Appl. Meteorol. 12:595-600; Stephenson, Coelho and Jolliffe (2008),
 * Weather Forecast. 23:752-757 (within); Ferro and Fricker (2012), Q. J. R. Meteorol. Soc. 138:1954-1960
 * (bias). Intervals: `mean` for the score; the image of Wilson's interval for `uncertainty`; for the others
 * normal, with a bin's contribution (d + e)^2 - s^2 given the variance 4 d^2 s^2 + 2 s^4, which holds at d = 0
 * too.
 * @throws RangeError as `forecastsOf`.
 */
export function brier(
  confidences: readonly number[],
  outcomes: readonly (0 | 1)[],
  { bins = 10, level = defaultLevel }: { bins?: number; level?: number } = {},
): Brier {
  const forecasts = forecastsOf("brier", confidences, outcomes);
  const n = forecasts.length;
  const score = mean(
    forecasts.map(({ confidence, outcome }) => (confidence - outcome) ** 2),
    { range: [0, 1], level },
  );
  if (n < leastPerBin * bins) {
    const none = noEstimate(`the decomposition needs at least ${leastPerBin} forecasts a bin`, n);
    return { score, reliability: none, resolution: none, uncertainty: none, within: none };
  }
  const groups = equalMassBins(forecasts, bins);
  const ones = forecasts.filter(({ outcome }) => outcome === 1).length;
  const share = ones / n;
  const correction = (share * (1 - share)) / (n - 1);
  const noise = groups.reduce((sum, bin) => sum + bin.weight * noiseOf(bin), 0);
  const about = (aim: (bin: Bin) => number) =>
    groups.reduce((sum, bin) => sum + bin.weight * (aim(bin) - bin.accuracy) ** 2, 0);
  const deviation = (aim: (bin: Bin) => number) =>
    Math.sqrt(
      groups.reduce((sum, bin) => {
        const s2 = smoothedNoiseOf(bin);
        return sum + bin.weight ** 2 * (4 * (aim(bin) - bin.accuracy) ** 2 * s2 + 2 * s2 ** 2);
      }, 0),
    );
  const part = (point: number, standardError: number, method: string): Rate => {
    const half = zCritical(level) * standardError;
    return {
      kind: "rate",
      point,
      interval: intervalOf(point - half, point + half, level),
      n,
      observations: n,
      method,
    };
  };
  return {
    score,
    reliability: part(
      about((bin) => bin.confidence) - noise,
      deviation((bin) => bin.confidence),
      `bias-corrected, ${groups.length} bins`,
    ),
    resolution: part(
      about(() => share) - noise + correction,
      deviation(() => share),
      `bias-corrected, ${groups.length} bins`,
    ),
    uncertainty: uncertaintyOf(ones, n, correction, level),
    within: withinOf(groups, n, part),
  };
}

/** Variance of a bin's share of ones, unbiased. A bin holds at least two: `leastPerBin` and half a share at least. */
function noiseOf({ accuracy, forecasts }: Bin): number {
  return (accuracy * (1 - accuracy)) / (forecasts.length - 1);
}

/** The same for a standard error, where a bin of only ones or zeros must not count as certain. */
function smoothedNoiseOf({ accuracy, forecasts }: Bin): number {
  const n = forecasts.length;
  const smoothed = (accuracy * n + 1) / (n + 2);
  return (smoothed * (1 - smoothed)) / n;
}

function uncertaintyOf(ones: number, n: number, correction: number, level: number): Rate {
  const share = wilson(ones, n, { level });
  if (share.kind === "none") return share;
  const point = (ones / n) * (1 - ones / n) + correction;
  const { low, high } = share.interval;
  const ends = [low * (1 - low), high * (1 - high)];
  const most = low <= 0.5 && high >= 0.5 ? 0.25 : Math.max(...ends);
  const interval = intervalOf(Math.min(...ends, point), Math.max(most, point), level);
  return { kind: "rate", point, interval, n, observations: n, method: "bias-corrected, from Wilson score" };
}

function withinOf(
  bins: readonly Bin[],
  n: number,
  part: (point: number, standardError: number, method: string) => Rate,
): Rate {
  let sum = 0;
  let variance = 0;
  for (const bin of bins) {
    const size = bin.forecasts.length;
    const smoothed = (bin.accuracy * size + 1) / (size + 2);
    for (const { confidence, outcome } of bin.forecasts) {
      const off = confidence - bin.confidence;
      sum += off * off - 2 * off * (outcome - bin.accuracy);
      variance += 4 * off * off * smoothed * (1 - smoothed);
    }
  }
  if (!(variance > 0))
    return noEstimate("every bin holds one confidence only, so that nothing is left within", n);
  return part(sum / n, Math.sqrt(variance) / n, `normal, ${bins.length} bins`);
}
