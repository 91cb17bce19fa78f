// How often a score puts two samples of one prompt in the order in which the gold puts them.

import { clusteredRate } from "../stats/clustered-rate.ts";
import { clusteredDifference } from "../stats/clustered-difference.ts";
import { noEstimate, type Rate } from "../stats/estimate.ts";
import { rngFrom } from "../stats/rng.ts";

export type Ranked = {
  readonly prompt: string;
  readonly cluster: string;
  readonly score: number;
  readonly gold: number;
};

/** Pairs of one prompt that are looked at, so that a pool of thousands does not cost millions. */
const NEIGHBOURS = 8;

/**
 * The share of pairs with differing gold in which the better one has the higher score; an equal score counts half. Each sample is
 * compared with eight others of the prompt (all, in small pools), drawn with a seed of its own: files are often sorted by score, and neighbours then differ least. Clustered; 1/2 is chance.
 */
export function rankingAgreement(samples: readonly Ranked[]): Rate {
  const pools = [...Map.groupBy(samples, ({ prompt }) => prompt)].map(([prompt, pool]) =>
    mixed(prompt, pool),
  );
  if (pools.every(({ length }) => length === 1)) return noEstimate("no prompt has two samples", 0);
  const outcomes = pools.flatMap((pool) =>
    pool.flatMap((a, i) =>
      pool.slice(i + 1, i + 1 + NEIGHBOURS).flatMap((b) => {
        if (a.gold === b.gold) return [];
        const right = Math.sign(a.score - b.score) * Math.sign(a.gold - b.gold);
        return [{ cluster: a.cluster, value: (1 + right) / 2 }];
      }),
    ),
  );
  if (outcomes.length === 0) return noEstimate("no two samples of a prompt differ in gold", 0);
  if (outcomes.every(({ value }) => value === 0 || value === 1))
    return clusteredRate(outcomes.map(({ cluster, value }) => ({ cluster, value: value as 0 | 1 })));
  const mean = clusteredDifference(outcomes, { range: [0, 1] });
  return mean.kind === "none" ? mean : { ...mean, kind: "rate" };
}

/** In an order that hangs on the scores alone, so that the order of the rows plays no part. */
function mixed(prompt: string, pool: readonly Ranked[]): readonly Ranked[] {
  return rngFrom("ranking")
    .split(prompt)
    .shuffled(pool.toSorted((a, b) => a.score - b.score || a.gold - b.gold));
}
