// The mean gold over all samples, from the labels that there are and the proxy of every sample.

import type { Descriptor } from "../core/suite.ts";
import { predictionPowered, type ProxyScores } from "../stats/prediction-powered.ts";
import type { Rng } from "../stats/rng.ts";
import type { SpecificationRow } from "./specification-row.ts";

/** Labels must have been drawn evenly, or with the probabilities that the rows say. Samples that the proxy left unscored are left out. */
export function poweredGold(rows: readonly SpecificationRow[], rng: Rng): Descriptor {
  const scored = rows.flatMap(({ cluster, proxy, gold, inclusion }) =>
    proxy.kind === "unscored" ? [] : [{ cluster, proxy: proxy.value, gold, inclusion }],
  );
  const golds = scored.flatMap(({ gold }) => (gold.kind === "scored" ? [gold.value] : []));
  const range = golds.every((gold) => gold === 0 || gold === 1) ? ([0, 1] as const) : endsOf(golds);
  // The proxy has a scale of its own: it is stretched to the gold's, which changes no order.
  const [least, most] = endsOf(scored.map(({ proxy }) => proxy));
  const stretched = (proxy: number) =>
    most > least ? range[0] + ((proxy - least) / (most - least)) * (range[1] - range[0]) : range[0];
  const labelled: ProxyScores["labelled"] = scored.flatMap(({ cluster, proxy, gold }) =>
    gold.kind === "scored" ? [{ cluster, gold: gold.value, proxy: stretched(proxy) }] : [],
  );
  const unlabelled: ProxyScores["unlabelled"] = scored.flatMap(({ cluster, proxy, gold }) =>
    gold.kind === "scored" ? [] : [{ cluster, proxy: stretched(proxy) }],
  );
  const inclusion = scored.flatMap(({ gold, inclusion: own }) =>
    gold.kind === "scored" && own !== undefined ? [own] : [],
  );
  return {
    name: "powered gold",
    label: `gold at n = 1, from ${labelled.length} labels and ${scored.length} scores`,
    estimate: predictionPowered(
      { labelled, unlabelled },
      {
        range,
        rng,
        ...(inclusion.length === labelled.length && inclusion.length > 0 ? { inclusion } : {}),
      },
    ),
  };
}

/** Within rounding of the stretch nothing may lie outside. */
function endsOf(values: readonly number[]): readonly [number, number] {
  const [low, high] = [values.reduce((a, b) => Math.min(a, b)), values.reduce((a, b) => Math.max(a, b))];
  const room = 1e-9 * Math.max(high - low, 1e-300);
  return [low - room, high + room];
}
