// Cohen's kappa: how far two raters agree beyond what their own shares of each category would give by chance.

import { bisect } from "./bisect.ts";
import { clusteredRate } from "./clustered-rate.ts";
import { clusterSums } from "./cluster-sums.ts";
import { byCluster } from "./clusters.ts";
import { defaultLevel, zCritical } from "./critical-value.ts";
import { effectiveSize, leastEvenClusters } from "./effective-size.ts";
import { noEstimate, type NoEstimate, type Rate } from "./estimate.ts";
import { intervalOf } from "./interval.ts";
import { wilsonEnds } from "./wilson.ts";

/** One item: the category that each of two raters gave it. */
export type RatedTwice = {
  readonly cluster: string;
  readonly first: string | number;
  readonly second: string | number;
};

/** The fewest independent units in which either rater leaves the commonest category. */
const leastUncommon = 10;

/**
 * kappa = 1 - O / E, O the share of items on which the two differ, E the share on which two raters with the same shares of
 * categories would differ by chance. From -1 to 1; 0 is chance. Unweighted: categories have no order. Each item weighs the same.
 *
 * Interval: O has that of `clusteredRate`, E Wilson's at the n at which a share would have its cluster-robust variance; the two are
 * joined for their ratio, each end taking the side of O and of E that moves it (MOVER), so that perfect agreement has width too.
 * Sources: Cohen (1960), Educ. Psychol. Meas. 20:37-46; Donner and Zou (2012), Stat. Methods Med. Res. 21:347-359 (MOVER for
 * ratios). Deviation: applied to O / E. Coverage by simulation: cohen-kappa.long.test.ts.
 *
 * No estimate below 20 even clusters, nor below 10 clusters in which either rater leaves the category that both together give most
 * often: on so few items the interval can hold kappa in under 90 % of samples. `n` counts clusters.
 */
export function cohenKappa(
  items: readonly RatedTwice[],
  { level = defaultLevel }: { level?: number } = {},
): Rate {
  const differ = clusteredRate(items.map(differing), { level });
  if (differ.kind === "none") return differ;
  const chance = chanceOf(items, differ.point, differ.n, level);
  if (chance.kind === "none") return chance;

  const { point: observed, interval } = differ;
  const { expected, ends, correlation } = chance;
  /** How far O - theta E may be off when O errs by `a` and E by `b`. */
  const off = (a: number, b: number, theta: number) =>
    Math.sqrt(Math.max(0, a * a + (theta * b) ** 2 - 2 * correlation * a * theta * b));
  const ratio = observed / expected;
  const below = (theta: number) => off(observed - interval.low, ends[1] - expected, theta);
  const above = (theta: number) => off(interval.high - observed, expected - ends[0], theta);
  const least = bisect((theta) => observed - theta * expected - below(theta), 0, ratio);
  // Kappa is never below -1, so the ratio never above 2.
  const most = bisect((theta) => observed - theta * expected + above(theta), ratio, 2);
  return {
    kind: "rate",
    point: 1 - ratio,
    interval: intervalOf(1 - most, 1 - least, level),
    n: differ.n,
    observations: items.length,
    method: "Cohen's kappa, MOVER interval",
  };
}

function differing({ cluster, first, second }: RatedTwice) {
  return { cluster, value: first === second ? 0 : 1 } as const;
}

type Chance = {
  readonly kind: "chance";
  readonly expected: number;
  readonly ends: readonly [low: number, high: number];
  /** Of the estimates of O and E. */
  readonly correlation: number;
};

function chanceOf(
  items: readonly RatedTwice[],
  observed: number,
  units: number,
  level: number,
): Chance | NoEstimate {
  const first = sharesOf(items.map((item) => item.first));
  const second = sharesOf(items.map((item) => item.second));
  const share = (of: ReadonlyMap<string | number, number>, category: string | number) =>
    of.get(category) ?? 0;
  const categories = [...new Set([...first.keys(), ...second.keys()])];
  const commonest = categories.reduce((a, b) =>
    share(first, b) + share(second, b) > share(first, a) + share(second, a) ? b : a,
  );
  const uncommon = new Set(
    items.filter((item) => item.first !== commonest || item.second !== commonest).map((i) => i.cluster),
  );
  if (uncommon.size === 0) return noEstimate("both give one and the same category throughout", units);
  if (uncommon.size < leastUncommon)
    return noEstimate(
      `needs at least ${leastUncommon} independent units in which one of the two leaves the commonest category`,
      units,
    );

  const expected = 1 - categories.reduce<number>((sum, of) => sum + share(first, of) * share(second, of), 0);
  /** What an item adds to E, to first order. */
  const partOf = (one: string | number, other: string | number) =>
    2 * (1 - expected) - share(second, one) - share(first, other);
  const parts = items.map((item) => ({ cluster: item.cluster, value: partOf(item.first, item.second) }));
  const size = effectiveSize(byCluster(parts), level);
  if (size.kind === "too-few")
    return noEstimate(`needs at least ${leastEvenClusters} independent units of even size`, units);
  const variance = parts.reduce((sum, { value }) => sum + value ** 2 / items.length, 0) / size.n;
  const spread = expected * (1 - expected);
  // With even shares E does not move to first order.
  const ends: Chance["ends"] =
    variance <= 1e-12 * spread
      ? [expected, expected]
      : wilsonEnds(expected, spread / variance, zCritical(level));

  const offO = clusterSums(items.map(differing), ({ value }) => value - observed);
  const offE = clusterSums(parts, ({ value }) => value);
  const seen = [...offO].map(([cluster, o]) => [o, offE.get(cluster)!] as const);
  // Once more with two clusters (half of z squared, as Agresti and Coull do for a share) added in every cell of the table, so that an agreement on something rare that happened not to occur
  // is thought possible: without it O and E look tied to each other and the interval far too short. The wider one holds.
  const each = items.length / offO.size;
  const added = categories.flatMap((one) =>
    categories.map(
      (other) => [each * ((one === other ? 0 : 1) - observed), each * partOf(one, other)] as const,
    ),
  );
  const correlation = Math.min(correlationOf(seen), correlationOf([...seen, ...added, ...added]));
  return { kind: "chance", expected, ends, correlation };
}

/** Of pairs that have mean 0. */
function correlationOf(pairs: readonly (readonly [number, number])[]): number {
  const total = (of: (a: number, b: number) => number) => pairs.reduce((sum, [a, b]) => sum + of(a, b), 0);
  const scale = Math.sqrt(total((a) => a * a) * total((_, b) => b * b));
  return scale > 1e-12 ? Math.min(1, Math.max(-1, total((a, b) => a * b) / scale)) : 0;
}

function sharesOf(values: readonly (string | number)[]): ReadonlyMap<string | number, number> {
  const counts = new Map<string | number, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return new Map([...counts].map(([value, count]) => [value, count / values.length]));
}
