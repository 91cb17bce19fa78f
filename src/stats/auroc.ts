// How well confidence ranks what came true above what did not: the area under the ROC curve.

import { aurocVariance, type Placed } from "./auroc-variance.ts";
import { defaultLevel, tCritical, zCritical } from "./critical-value.ts";
import { forecastsOf, type Forecast } from "./equal-mass-bins.ts";
import { noEstimate, type Rate } from "./estimate.ts";
import { intervalOf } from "./interval.ts";
import { wilsonEnds } from "./wilson.ts";

/** The fewest independent units with a one, and with a zero. */
const leastForAuroc = 10;

/** Below this the variance rests on so few misranked units that the interval may not trust it to be small. */
const leastDf = 8;

/**
 * P(confidence of a one > that of a zero), ties counting half; 0.5 is no skill. Interval: Wilson's at the n at
 * which a share would have DeLong's variance, as wide as with t (see `aurocVariance`), so that it stays inside
 * [0, 1]. Where that variance is 0 (perfect ranking), or rests on very few units, the n is at most the number
 * of the rarer class, the least it can be: a U statistic varies at most as much as the mean over that many
 * independent pairs (Hoeffding (1963), J. Am. Stat. Assoc. 58:13-30). Sources: DeLong, DeLong and
 * Clarke-Pearson (1988), Biometrics 44:837-845; with `clusters`: Obuchowski (1997), Biometrics 53:567-578. No
 * estimate below 10 independent units of either outcome. `n` counts clusters.
 * @throws RangeError as `forecastsOf`, and when `clusters` has another length.
 */
export function auroc(
  confidences: readonly number[],
  outcomes: readonly (0 | 1)[],
  { clusters, level = defaultLevel }: { clusters?: readonly string[]; level?: number } = {},
): Rate {
  const forecasts = forecastsOf("auroc", confidences, outcomes);
  if (clusters !== undefined && clusters.length !== forecasts.length) {
    throw new RangeError(`auroc: ${forecasts.length} forecasts but ${clusters.length} clusters`);
  }
  const names = clusters ?? forecasts.map((_, i) => String(i));
  const units = new Set(names).size;
  const unitsWith = (of: 0 | 1) => new Set(names.filter((_, i) => forecasts[i]?.outcome === of)).size;
  const rarer = Math.min(unitsWith(0), unitsWith(1));
  if (rarer < leastForAuroc)
    return noEstimate(`needs at least ${leastForAuroc} independent units of either outcome`, units);

  const { area, placed } = placements(forecasts, names);
  const { variance, df } = aurocVariance(placed);
  const z = zCritical(level);
  const seen = ((area * (1 - area)) / variance) * (z / tCritical(level, df)) ** 2;
  const size = variance === 0 ? rarer : df < leastDf ? Math.min(seen, rarer) : seen;
  const [low, high] = wilsonEnds(area, size, z);
  const interval = intervalOf(Math.min(low, area), Math.max(high, area), level);
  const method =
    clusters === undefined ? "DeLong variance, Wilson score" : "Obuchowski clustered variance, Wilson score";
  return { kind: "rate", point: area, interval, n: units, observations: forecasts.length, method };
}

/**
 * For each forecast the share of the other class that it is rightly ranked against, less the area; by ranks,
 * ties halved.
 */
function placements(forecasts: readonly Forecast[], names: readonly string[]) {
  const ones = forecasts.filter(({ outcome }) => outcome === 1).length;
  const zeros = forecasts.length - ones;
  const order = forecasts
    .map((_, i) => i)
    .sort((a, b) => forecasts[a]!.confidence - forecasts[b]!.confidence);
  const share: number[] = [];
  let onesBelow = 0;
  let zerosBelow = 0;
  for (let start = 0; start < order.length;) {
    let end = start;
    while (end < order.length && forecasts[order[end]!]!.confidence === forecasts[order[start]!]!.confidence)
      end++;
    const tied = order.slice(start, end);
    const tiedOnes = tied.filter((i) => forecasts[i]!.outcome === 1).length;
    const tiedZeros = tied.length - tiedOnes;
    for (const i of tied) {
      const above = ones - onesBelow - tiedOnes;
      share[i] =
        forecasts[i]!.outcome === 1 ? (zerosBelow + tiedZeros / 2) / zeros : (above + tiedOnes / 2) / ones;
    }
    onesBelow += tiedOnes;
    zerosBelow += tiedZeros;
    start = end;
  }
  const area = forecasts.reduce((sum, { outcome }, i) => sum + (outcome === 1 ? share[i]! : 0), 0) / ones;
  const placed = forecasts.map(({ outcome }, i): Placed => ({
    cluster: names[i]!,
    outcome,
    off: share[i]! - area,
  }));
  return { area, placed };
}
