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

/** How samples without a proxy score take part: not at all, never chosen, or always chosen. */
export type Unscored = "left out" | "last" | "first";

/** Rows without a gold score are left out. @param atMost the largest n wanted */
export function poolsOf(rows: readonly SpecificationRow[], unscored: Unscored, atMost?: number): Pools {
  const proxies = rows.flatMap(({ proxy }) => (proxy.kind === "scored" ? [proxy.value] : []));
  const [low, high] = [
    proxies.reduce((a, b) => Math.min(a, b), 0),
    proxies.reduce((a, b) => Math.max(a, b), 0),
  ];
  const stand = { "left out": undefined, last: low - 1, first: high + 1 }[unscored];
  const all = [...Map.groupBy(rows, ({ prompt }) => prompt)].map(([prompt, own]): Pool => ({
    prompt,
    cluster: own[0]!.cluster,
    samples: own.flatMap(({ proxy, gold }) => {
      const value = proxy.kind === "scored" ? proxy.value : stand;
      return gold.kind === "scored" && value !== undefined ? [{ proxy: value, gold: gold.value }] : [];
    }),
  }));
  const sizes = all.map(({ samples }) => samples.length).toSorted((a, b) => b - a);
  const enough = sizes[Math.ceil(SHARE_KEPT * sizes.length) - 1] ?? 0;
  const most = Math.min(enough, atMost ?? Number.POSITIVE_INFINITY);
  const pools = all.filter(({ samples }) => samples.length >= most && samples.length > 0);
  return { pools, most, leftOut: all.length - pools.length };
}
