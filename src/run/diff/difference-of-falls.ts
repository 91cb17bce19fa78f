// How much further one of two golds falls under the same pressure on the same prompts: paired where both fall, else from the two falls.

import { clusteredDifference } from "../../stats/clustered-difference.ts";
import type { Difference } from "../../stats/estimate.ts";
import { fallFromPeak } from "../../stats/fall-from-peak.ts";
import { independentDifference } from "../../stats/independent-difference.ts";
import { rngFrom } from "../../stats/rng.ts";
import { crossFittedFalls } from "./cross-fitted-falls.ts";
import type { Sides } from "./run-diff.ts";

export type FallCurves = {
  /** Gold in the common unit, [prompts][n]. */
  readonly curves: Sides<readonly (readonly number[])[]>;
  readonly clusters: readonly string[];
  /** Two golds of a prompt differ by at most this. */
  readonly spread: number;
  readonly level: number;
};

/**
 * B's fall minus A's. Each run's peak is cross-fitted by itself. Where in both the falls so measured average above 0, the mean of the prompts'
 * differences with the interval of `clusteredDifference`. Where one does not, no fall is seen and its peak is not known: a mean below 0 would
 * stand for a fall that can't be, and pairing it claimed a difference between two that do not fall in 13 % of cases in one simulated world. Then the
 * difference of the two falls of `fallFromPeak`, whose upper ends allow for every peak, the arms added (conservative).
 * In seven simulated worlds (40 and 150 prompts, n to 16, 300 repetitions) the interval held the true difference in 94.7 to 100 %.
 */
export function differenceOfFalls({ curves, clusters, spread, level }: FallCurves): {
  readonly how: "paired" | "unpaired";
  readonly difference: Difference;
} {
  const [before, after] = [crossFittedFalls(curves.a, clusters), crossFittedFalls(curves.b, clusters)];
  if (sumOf(before) > 0 && sumOf(after) > 0)
    return {
      how: "paired",
      difference: clusteredDifference(
        after.map((fall, i) => ({ cluster: clusters[i]!, value: fall - before[i]! })),
        { range: [-2 * spread, 2 * spread], level },
      ),
    };
  const [one, other] = [curves.a, curves.b].map(
    (own) =>
      fallFromPeak(
        { curves: own, clusters },
        { rng: rngFrom("diff"), range: [-spread, spread], peak: ANY, level },
      ).estimate,
  ) as [Difference, Difference];
  if (one.kind === "none" || other.kind === "none")
    return { how: "unpaired", difference: one.kind === "none" ? one : other };
  const difference = independentDifference(endsOf(one), endsOf(other), { shared: "units" });
  return {
    how: "unpaired",
    difference: difference.kind === "none" ? difference : { ...difference, observations: clusters.length },
  };
}

const ANY = { kind: "none", because: "every n could be the peak", n: 0 } as const;

function endsOf({ interval, ...rest }: Extract<Difference, { kind: "difference" }>) {
  return { ...rest, low: interval.low, high: interval.high, level: interval.level };
}

function sumOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0);
}
