// Whether what proxy and gold have to do with each other in the bulk of the samples still holds for those that the proxy likes best.

import normalQuantile from "@stdlib/stats-base-dists-normal-quantile";

import { bestOfN, gridOf } from "../../stats/best-of-n.ts";
import { noEstimate, type Difference } from "../../stats/estimate.ts";
import { fallFromPeak } from "../../stats/fall-from-peak.ts";
import type { Rng } from "../../stats/rng.ts";
import { meanOf, type StandardPool } from "./standardised.ts";

export type TailEvidence = {
  readonly bulk: Difference;
  readonly top: Difference;
  readonly break: Difference;
  readonly fall: Difference;
};

/** Where the top begins for `bulk` and `top`, as a share of the ranks. */
const TOP = 0.75;
/** Where a break may begin. */
const CUTS = [0.5, 0.6, 0.7, 0.75, 0.8, 0.85, 0.9, 0.95];
/** Samples that a slope at the top needs. */
const LEAST_TOP = 3;
const FOLDS = 5;
/** Pairs of a top that may tie on the proxy: a ceiling or a coarse scale makes a flat top of any relation. */
const TIED = 0.4;
/** A top that rises less than this share of what the bulk lets expect is broken. */
const HOLDS = 0.5;

/**
 * Slopes of gold (standard deviations within prompts) on the normal score of the proxy's rank within the prompt, least squares prompt by prompt:
 * if proxy and gold are jointly normal, as with an error that is merely noise, the slope is their correlation at every rank. Equal proxies share
 * their ranks' gold.
 *
 * `break`: slope above a cut minus half of c times the slope below it, c what the same two slopes have to each other when the samples are ranked by
 * the gold itself, from 0 to 1. c takes care of a gold with a ceiling, which nobody can raise further. The cut is picked on the other four of five folds of
 * clusters, where the break is clearest, and measured on the fold's own; c is taken as known, and the folds as independent. A break has its whole
 * interval below 0. `fall`: gold of best-of-n at its peak less at the largest n (`fallFromPeak`; its upper end is over all points of the curve).
 */
export function tailEvidence(
  pools: readonly StandardPool[],
  { rng, maxN = Number.POSITIVE_INFINITY }: { readonly rng: Rng; readonly maxN?: number },
): TailEvidence {
  const least = pools.reduce(
    (fewest, { samples }) => Math.min(fewest, samples.length),
    Number.POSITIVE_INFINITY,
  );
  const fall = fallOf(pools, Math.min(least, maxN), rng.split("fall"));
  if (least * (1 - TOP) < LEAST_TOP) {
    const none = noEstimate(
      `at least ${LEAST_TOP / (1 - TOP)} samples of every prompt are needed`,
      pools.length,
    );
    return { bulk: none, top: none, break: none, fall };
  }
  const ranked = pools.map(({ cluster, samples }) => ({
    cluster,
    by: { proxy: goldInOrderOf(samples, "proxy"), gold: goldInOrderOf(samples, "gold") },
  }));
  const slopes = (by: "proxy" | "gold", part: "bulk" | "top", cut: number) =>
    ranked.map(({ cluster, by: golds }) => ({ cluster, value: slopeOf(golds[by], part, cut) }));
  const bulkOf = meanOf(slopes("proxy", "bulk", TOP));
  if (tiedAbove(pools, TOP) > TIED) {
    const none = noEstimate(
      "the proxy gives most of its favourites the same score: their order says nothing",
      pools.length,
    );
    return { bulk: bulkOf, top: none, break: none, fall };
  }
  const cuts = CUTS.filter(
    (cut) => Math.floor(least * (1 - cut) + 1e-9) >= LEAST_TOP && tiedAbove(pools, cut) <= TIED,
  );
  const breaks = cuts.map((cut) => {
    const total = (part: "bulk" | "top") =>
      slopes("gold", part, cut).reduce((sum, { value }) => sum + value, 0);
    const expected = Math.max(0, Math.min(1, total("top") / total("bulk")));
    const [bulk, top] = [slopes("proxy", "bulk", cut), slopes("proxy", "top", cut)];
    return top.map(({ cluster, value }, i) => ({
      cluster,
      value: value - HOLDS * expected * bulk[i]!.value,
    }));
  });
  return {
    bulk: bulkOf,
    top: meanOf(slopes("proxy", "top", TOP)),
    break: meanOf(crossFitted(breaks, rng.split("folds"))),
    fall,
  };
}

/** Mean over prompts of the share of pairs above the cut whose proxies are equal. */
function tiedAbove(pools: readonly StandardPool[], cut: number): number {
  const shares = pools.map(({ samples }) => {
    const top = samples
      .map(({ proxy }) => proxy)
      .toSorted((a, b) => a - b)
      .slice(Math.floor(cut * samples.length + 1e-9));
    const tied = [...Map.groupBy(top, (proxy) => proxy).values()].reduce(
      (sum, { length }) => sum + length * (length - 1),
      0,
    );
    return top.length < 2 ? 0 : tied / (top.length * (top.length - 1));
  });
  return shares.reduce((sum, share) => sum + share, 0) / shares.length;
}

type Units = readonly { readonly cluster: string; readonly value: number }[];

/** Of several columns of the same units, for each fold the one whose mean over the other folds lies farthest below 0 in its standard errors. */
function crossFitted(columns: readonly Units[], rng: Rng): Units {
  const [first] = columns as readonly [Units, ...Units[]];
  const names = rng.shuffled([...new Set(first.map(({ cluster }) => cluster))]);
  const foldOf = new Map(names.map((name, i) => [name, i % FOLDS]));
  return Array.from({ length: FOLDS }, (_, fold) => {
    const scores = columns.map((units) => tOf(units.filter(({ cluster }) => foldOf.get(cluster) !== fold)));
    const picked = scores.reduce((best, t, c) => (t < scores[best]! ? c : best), 0);
    return columns[picked]!.filter(({ cluster }) => foldOf.get(cluster) === fold);
  }).flat();
}

function tOf(units: Units): number {
  const mean = units.reduce((sum, { value }) => sum + value, 0) / units.length;
  const square = units.reduce((sum, { value }) => sum + (value - mean) ** 2, 0);
  return square > 0 ? mean / Math.sqrt(square) : 0;
}

function fallOf(pools: readonly StandardPool[], most: number, rng: Rng): Difference {
  if (most < 2) return noEstimate("some prompt shows no choice between two samples", pools.length);
  const curves = pools.map(({ samples }) => bestOfN(samples, gridOf(most)).gold);
  const reach = pools.reduce(
    (far, { samples }) => samples.reduce((m, { gold }) => Math.max(m, Math.abs(gold)), far),
    1,
  );
  return fallFromPeak(
    { curves, clusters: pools.map(({ cluster }) => cluster) },
    { rng, range: [-2 * reach, 2 * reach], peak: { kind: "none", because: "not looked for", n: 0 } },
  ).estimate;
}

/** Golds from the lowest to the highest score; those of equal scores are their mean. */
function goldInOrderOf(samples: StandardPool["samples"], by: "proxy" | "gold"): readonly number[] {
  const sorted = samples.toSorted((a, b) => a[by] - b[by]);
  const out: number[] = [];
  for (let from = 0; from < sorted.length;) {
    let to = from;
    let sum = 0;
    while (to < sorted.length && sorted[to]![by] === sorted[from]![by]) sum += sorted[to++]!.gold;
    for (const mean = sum / (to - from); from < to; from++) out.push(mean);
  }
  return out;
}

/** Least squares on Blom's normal scores (Blom 1958: (i - 3/8) / (m + 1/4)). */
function slopeOf(golds: readonly number[], part: "bulk" | "top", cut: number): number {
  const m = golds.length;
  const at = Math.floor(cut * m + 1e-9);
  const [from, to] = part === "bulk" ? [0, at] : [at, m];
  const scores = scoresOf(m).slice(from, to);
  const mean = scores.reduce((sum, z) => sum + z, 0) / scores.length;
  let [top, bottom] = [0, 0];
  scores.forEach((z, i) => {
    top += (z - mean) * golds[from + i]!;
    bottom += (z - mean) ** 2;
  });
  return top / bottom;
}

const known = new Map<number, readonly number[]>();

function scoresOf(m: number): readonly number[] {
  const found =
    known.get(m) ?? Array.from({ length: m }, (_, i) => normalQuantile((i + 0.625) / (m + 0.25), 0, 1));
  known.set(m, found);
  return found;
}
