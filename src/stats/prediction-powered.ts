// A mean from few gold labels and many proxy scores: narrower than the labels alone where the proxy helps, else the labels alone.

import { evenUnits, type LabelledRow } from "./cluster-sums.ts";
import { evenClusters, leastEvenness } from "./clusters.ts";
import { requireInRange, type Range } from "./counts.ts";
import { defaultLevel, tCritical, zCritical } from "./critical-value.ts";
import { noEstimate, type Rate } from "./estimate.ts";
import { intervalOf } from "./interval.ts";
import { labelsOnly } from "./labels-only.ts";
import { poweredMean, type PoweredMean, type ProxyRow } from "./powered-mean.ts";
import type { Rng } from "./rng.ts";
import { wilsonEnds } from "./wilson.ts";

export type ProxyScores = {
  readonly labelled: readonly { readonly cluster: string; readonly gold: number; readonly proxy: number }[];
  readonly unlabelled: readonly ProxyRow[];
};

export type PredictionPoweredOptions = {
  /** Of gold and of proxy. */
  readonly range: Range;
  readonly level?: number;
  /** Draws the folds on which lambda is fitted. */
  readonly rng: Rng;
  /**
   * Where the labelled rows were not drawn evenly: for each, the probability with which it was (in (0, 1]; a common factor does
   * not matter). `unlabelled` must then be the rest of the rows that could have been drawn. Without it the labelled rows
   * count as drawn evenly.
   */
  readonly inclusion?: readonly number[];
};

/** Below this the proxy is left aside: lambda costs more than it gives (arXiv 2505.20178). */
const leastLabels = 30;
/** Labels, each off by the whole range, that are added to the variance of a share, one in either direction. */
const pseudoErrors = 2;
/** A mean that is no share: the fewest clusters in which gold and proxy differ, at which t is used. */
const leastDifferent = 10;
/** The fewest clusters at which t is used, at skewness 0, as in `robustMean`. */
const leastForT = 28;

/**
 * The mean of gold over the population from which both lists were drawn, with the PPI++ interval (`poweredMean`), or with that of the
 * labels alone (`labelsOnly`) and the reason in `method`. `n` counts labelled clusters, `observations` labelled rows.
 *
 * A share (gold 0 or 1, range [0, 1]): Wilson's interval at the n that gives the variance, shrunk by (z / t)^2. Where gold and
 * proxy rarely differ the variance sees no error that is there (coverage below .80): so two labels are added to it that
 * differ by 1, one in either direction, as Bonett and Price (2012), J. Educ. Behav. Stat. 37:479-488, do for matched shares.
 * To wait for 10 differing labels instead was no safer and left most of the gain unused (mean width .98 of the labels' alone,
 * with the two added .87, over 750 simulated settings).
 * Any other mean: t, where the influences are not too skewed (`robustMean`'s rule) and 10 clusters differ.
 *
 * Labels alone: below 30 even clusters on either side; where a few large clusters rule; where the lower bound (Fisher's z,
 * one-sided 95 %) of the correlation lies under 1 / sqrt(n - 2), the point from which PPI++ gains (Mani et al. 2025, arXiv
 * 2505.20178); where their interval is the narrower.
 * @throws RangeError when the range is not in order, a value lies outside it, or a probability outside (0, 1].
 */
export function predictionPowered(
  { labelled, unlabelled }: ProxyScores,
  { range, level = defaultLevel, rng, inclusion }: PredictionPoweredOptions,
): Rate {
  requireInRange(
    "predictionPowered",
    labelled.map(({ gold }) => gold),
    range,
  );
  requireInRange(
    "predictionPowered",
    [...labelled, ...unlabelled].map(({ proxy }) => proxy),
    range,
  );
  requireProbabilities(inclusion, labelled.length);
  if (labelled.length === 0) return noEstimate("nothing is labelled", 0);

  const raw = labelled.map((_, i) => 1 / (inclusion?.[i] ?? 1));
  const total = raw.reduce((sum, weight) => sum + weight, 0);
  const labels = labelled.map((row, i) => ({ ...row, weight: (raw[i] as number) / total }));
  const share = range[0] === 0 && range[1] === 1 && labelled.every(({ gold }) => gold === 0 || gold === 1);
  const weighted = raw.some((weight) => weight !== raw[0]);
  const alone = labelsOnly(labels, { range, share, weighted, level });
  if (alone.kind === "none") return alone;

  // Unevenly drawn labels leave an uneven rest: then only all rows together are what the population is.
  const proxies = weighted && unlabelled.length > 0 ? [...labelled, ...unlabelled] : unlabelled;
  const found = powered(labels, proxies, { range, level, rng, share });
  if ("because" in found) return { ...alone, method: `labels only, ${alone.method}: ${found.because}` };
  const { point, low, high, lambda } = found;
  if (high - low >= alone.interval.high - alone.interval.low)
    return { ...alone, method: `labels only, ${alone.method}: the proxy would not narrow it` };
  return {
    ...alone,
    point,
    interval: intervalOf(low, high, level),
    method: `PPI++ (cross-fitted lambda ${lambda.toFixed(2)})`,
  };
}

type Found =
  | { readonly because: string }
  | { readonly point: number; readonly low: number; readonly high: number; readonly lambda: number };

function powered(
  labels: readonly LabelledRow[],
  proxies: readonly ProxyRow[],
  { range, level, rng, share }: { range: Range; level: number; rng: Rng; share: boolean },
): Found {
  if (proxies.length === 0) return { because: "nothing is unlabelled" };
  const units = evenUnits(labels);
  const outside = evenUnits(proxies.map(({ cluster }) => ({ cluster, weight: 1 / proxies.length })));
  const few = (n: number, what: string) =>
    ({ because: `${Math.floor(n + 1e-9)} even ${what}, at least ${leastLabels} are needed` }) as const;
  if (units < leastLabels - 1e-9) return few(units, "labelled units");
  if (outside < leastLabels - 1e-9) return few(outside, "unlabelled units");
  if (!isEven(labels) || !isEven(proxies)) return { because: "a few large clusters rule the variance" };

  const mean = poweredMean(labels, proxies, { rng });
  const least = 1 / Math.sqrt(units - 2);
  const bound = Math.tanh(Math.atanh(mean.correlation) - zCritical(0.9) / Math.sqrt(units - 3));
  if (bound < least)
    return {
      because: `the proxy's correlation may be as low as ${bound.toFixed(2)}, at least ${least.toFixed(2)} is needed`,
    };
  const t = tCritical(level, Math.min(units, outside) - 1);
  return share ? shareEnds(mean, units, t, level) : meanEnds(mean, labels, range, t);
}

function shareEnds({ point, variance, lambda }: PoweredMean, units: number, t: number, level: number): Found {
  if (!(point > 0 && point < 1)) return { because: "the corrected share lies outside (0, 1)" };
  const z = zCritical(level);
  const widened = variance + pseudoErrors / units ** 2;
  const [low, high] = wilsonEnds(point, ((point * (1 - point)) / widened) * (z / t) ** 2, z);
  return { point, low, high, lambda };
}

function meanEnds(
  { point, variance, influences, lambda }: PoweredMean,
  labels: readonly LabelledRow[],
  [min, max]: Range,
  t: number,
): Found {
  const different = new Set(labels.filter(({ gold, proxy }) => gold !== proxy).map(({ cluster }) => cluster))
    .size;
  if (different < leastDifferent)
    return {
      because: `${different} labelled units in which gold and proxy differ, at least ${leastDifferent} are needed`,
    };
  const needed = leastForT + 25 * skewnessOf(influences) ** 2;
  if (influences.length < needed) return { because: `skewed: t needs ${Math.ceil(needed)} labelled units` };
  if (!(point > min && point < max)) return { because: "the corrected mean lies outside the range" };
  const half = t * Math.sqrt(variance);
  return { point, low: Math.max(min, point - half), high: Math.min(max, point + half), lambda };
}

function skewnessOf(values: readonly number[]): number {
  const moment = (power: number) => values.reduce((sum, value) => sum + value ** power, 0) / values.length;
  const second = moment(2);
  return second > 0 ? moment(3) / second ** 1.5 : 0;
}

function isEven(rows: readonly { readonly cluster: string }[]): boolean {
  const sizes = new Map<string, unknown[]>();
  for (const { cluster } of rows) sizes.set(cluster, [...(sizes.get(cluster) ?? []), cluster]);
  return evenClusters([...sizes.values()]) >= leastEvenness * sizes.size;
}

function requireProbabilities(inclusion: readonly number[] | undefined, labels: number): void {
  if (inclusion === undefined) return;
  if (inclusion.length !== labels)
    throw new RangeError(`predictionPowered: ${inclusion.length} probabilities for ${labels} labelled rows`);
  for (const probability of inclusion) {
    if (!(probability > 0 && probability <= 1))
      throw new RangeError(`predictionPowered: a probability must lie in (0, 1], got ${probability}`);
  }
}
