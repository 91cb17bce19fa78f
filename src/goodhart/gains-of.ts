// What pressing a score promised and what it gained: the proxy's and the gold's gain from one sample to the best of all.

import { bestOfN } from "../stats/best-of-n.ts";
import { clusteredDifference } from "../stats/clustered-difference.ts";
import { noEstimate, type Estimate } from "../stats/estimate.ts";
import { poolsOf } from "./pools.ts";
import type { SpecificationRow } from "./specification-row.ts";

/** Gains from n = 1 to the largest n, each in the standard deviations of its score over the samples. */
export function gainsOf(
  rows: readonly SpecificationRow[],
  maxN?: number,
): readonly [proxy: Estimate, gold: Estimate] {
  const { pools, most } = poolsOf(rows, "left out", maxN);
  if (most < 2) return [none(pools.length), none(pools.length)];
  const ends = pools.map(({ samples }) => bestOfN(samples, [1, most]));
  return (["proxy", "gold"] as const).map((of): Estimate => {
    const values = pools.flatMap(({ samples }) => samples.map((s) => s[of]));
    const mean = values.reduce((a, b) => a + b, 0) / values.length;
    const sd = Math.sqrt(values.reduce((sum, v) => sum + (v - mean) ** 2, 0) / values.length);
    if (!(sd > 0)) return noEstimate("it does not vary", pools.length);
    const most = values.reduce((a, b) => Math.max(a, b)) - values.reduce((a, b) => Math.min(a, b));
    return clusteredDifference(
      ends.map((end, i) => ({ cluster: pools[i]!.cluster, value: (end[of][1]! - end[of][0]!) / sd })),
      { range: [-most / sd - 1e-9, most / sd + 1e-9] },
    );
  }) as unknown as readonly [Estimate, Estimate];
}

function none(prompts: number): Estimate {
  return noEstimate("too few prompts have two scored samples", prompts);
}
