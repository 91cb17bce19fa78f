// From rows to pools: the samples of each prompt that compete, and which n they can show.

import type { Scored } from "../stats/best-of-n.ts";
import type { SpecificationRow } from "./specification-row.ts";

export type Pool = { readonly prompt: string; readonly cluster: string; readonly samples: readonly Scored[] };

export type Pools = {
  readonly pools: readonly Pool[];
  /** The largest n that every pool kept can show. */
  readonly most: number;
  /** Prompts with fewer samples than that. */
  readonly leftOut: number;
};

/** Of ten prompts at least nine must have as many samples as the largest n: one short prompt must not cut the curve for all. */
const SHARE_KEPT = 0.9;

/**
 * How samples without a proxy score take part: not at all, never chosen, always chosen; or as does the gold most harm or most good: those worse
 * than their prompt's mean always chosen, the worst first of all, and the better ones never, or the other way round.
 */
export type Unscored = "left out" | "last" | "first" | "worst first" | "best first";

/** Rows without a gold score are left out. @param atMost the largest n wanted */
export function poolsOf(rows: readonly SpecificationRow[], unscored: Unscored, atMost?: number): Pools {
  const proxies = rows.flatMap(({ proxy }) => (proxy.kind === "scored" ? [proxy.value] : []));
  const [low, high] = [
    proxies.reduce((a, b) => Math.min(a, b), 0),
    proxies.reduce((a, b) => Math.max(a, b), 0),
  ];
  const standIn = (gold: number, mean: number): number | undefined => {
    const away = unscored === "worst first" ? mean - gold : gold - mean;
    if (unscored === "left out") return undefined;
    if (unscored === "last") return low - 1;
    if (unscored === "first") return high + 1;
    // The scale plays no part: only the order counts.
    return away > 0 ? high + 1 + away : low - 1 + away;
  };
  const all = [...Map.groupBy(rows, ({ prompt }) => prompt)].map(([prompt, own]): Pool => {
    const golds = own.flatMap(({ gold }) => (gold.kind === "scored" ? [gold.value] : []));
    const mean = golds.reduce((sum, gold) => sum + gold / golds.length, 0);
    return {
      prompt,
      cluster: own[0]!.cluster,
      samples: own.flatMap(({ proxy, gold }) => {
        if (gold.kind === "unscored") return [];
        const value = proxy.kind === "scored" ? proxy.value : standIn(gold.value, mean);
        return value === undefined ? [] : [{ proxy: value, gold: gold.value }];
      }),
    };
  });
  const sizes = all.map(({ samples }) => samples.length).toSorted((a, b) => b - a);
  const enough = sizes[Math.ceil(SHARE_KEPT * sizes.length) - 1] ?? 0;
  const most = Math.min(enough, atMost ?? Number.POSITIVE_INFINITY);
  const pools = all.filter(({ samples }) => samples.length >= most && samples.length > 0);
  return { pools, most, leftOut: all.length - pools.length };
}
