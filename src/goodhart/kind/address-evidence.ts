// Whether responses that speak to the grader get more of the proxy than their gold explains.

import type { Difference } from "../../stats/estimate.ts";
import type { SpecificationRow } from "../specification-row.ts";
import { addressesTheGrader } from "./addresses-the-grader.ts";
import { meanOf, type StandardPool } from "./standardised.ts";

/**
 * Proxy of a marked response minus what an unmarked one of the same prompt and gold has: the prompt's unmarked mean, moved along the slope of proxy
 * on gold among all unmarked ones. In standard deviations of the proxy within prompts; the slope is taken as known. Undefined where no
 * response is marked.
 */
export function addressEvidence(
  pools: readonly StandardPool[],
  rows: readonly SpecificationRow[],
): Difference | undefined {
  const marked = new Set(
    pools.flatMap(({ prompt, samples }) =>
      samples.flatMap(({ at }) => (addressesTheGrader(rows[at]!.response ?? "", prompt) ? [at] : [])),
    ),
  );
  if (marked.size === 0) return undefined;
  const parts = pools.flatMap(({ cluster, samples }) => {
    const plain = samples.filter(({ at }) => !marked.has(at));
    if (plain.length === 0) return [];
    const mean = (of: "proxy" | "gold") => plain.reduce((sum, s) => sum + s[of] / plain.length, 0);
    return [{ cluster, samples, plain, proxy: mean("proxy"), gold: mean("gold") }];
  });
  let [top, bottom] = [0, 0];
  for (const { plain, proxy, gold } of parts)
    for (const s of plain) {
      top += (s.proxy - proxy) * (s.gold - gold);
      bottom += (s.gold - gold) ** 2;
    }
  const slope = bottom > 0 ? top / bottom : 0;
  return meanOf(
    parts.flatMap(({ cluster, samples, proxy, gold }) =>
      samples
        .filter(({ at }) => marked.has(at))
        .map((s) => ({ cluster, value: s.proxy - proxy - slope * (s.gold - gold) })),
    ),
  );
}
