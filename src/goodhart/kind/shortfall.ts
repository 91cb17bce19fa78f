// What following the proxy misses: gold gained by picking with it against gold gained by picking with the gold itself.

import { bestOfN } from "../../stats/best-of-n.ts";
import type { Difference } from "../../stats/estimate.ts";
import { noEstimate } from "../../stats/estimate.ts";
import { meanOf, type StandardPool } from "./standardised.ts";

/**
 * Gold of the best of n by gold minus gold of the best of n by proxy, averaged over n = 2, 4, 8, ... up to the smallest pool, in standard
 * deviations of gold within prompts; at least 0 in every prompt. The promise is what the gold itself would have given and not the proxy's own
 * gain in its standard deviations: a proxy that is any rising function of the gold misses nothing, whatever its tails promise. Averaged over n
 * because at the largest n a gold with a ceiling is reached by any proxy.
 * @param maxN the largest n wanted
 */
export function shortfall(pools: readonly StandardPool[], maxN = Number.POSITIVE_INFINITY): Difference {
  const most = pools.reduce((least, { samples }) => Math.min(least, samples.length), maxN);
  if (most < 2) return noEstimate("some prompt shows no choice between two samples", pools.length);
  const grid = Array.from({ length: Math.floor(Math.log2(most)) }, (_, i) => 2 ** (i + 1));
  return meanOf(
    pools.map(({ cluster, samples }) => {
      const own = bestOfN(samples, grid).gold;
      const best = bestOfN(
        samples.map(({ gold }) => ({ proxy: gold, gold })),
        grid,
      ).gold;
      const missed = best.reduce((sum, gold, i) => sum + gold - own[i]!, 0) / grid.length;
      return { cluster, value: missed < 1e-9 ? 0 : missed };
    }),
    { neverBelow0: true },
  );
}
