// The samples of each prompt with what each weighs in the curve at every n, whether it is labelled or not.

import { gridOf } from "../../stats/best-of-n.ts";
import { orderWeights } from "../../stats/order-weights.ts";
import { poolsOf } from "../pools.ts";
import type { SpecificationRow } from "../specification-row.ts";

export type CurvePool = {
  readonly prompt: string;
  readonly cluster: string;
  readonly samples: readonly {
    /** Which of the rows it is. */
    readonly at: number;
    /** [points of the grid] */
    readonly weights: readonly number[];
  }[];
};

/** Those prompts that have as many scored samples as the largest n that nine in ten can show. */
export function curvePools(
  rows: readonly SpecificationRow[],
  maxN?: number,
): { readonly pools: readonly CurvePool[]; readonly most: number } {
  const { most, pools } = poolsOf(
    rows.map((row) => ({ ...row, gold: { kind: "scored", value: 0 } as const })),
    "left out",
    maxN,
  );
  const grid = gridOf(Math.max(1, most));
  const kept = new Set(pools.map(({ prompt }) => prompt));
  const made = [...Map.groupBy(rows.keys(), (i) => rows[i]!.prompt)].flatMap(([prompt, own]): CurvePool[] => {
    if (!kept.has(prompt)) return [];
    const scored = own.flatMap((at) => {
      const { proxy } = rows[at]!;
      return proxy.kind === "scored" ? [{ at, value: proxy.value }] : [];
    });
    const weights = orderWeights(
      scored.map(({ value }) => value),
      grid,
    );
    return [
      {
        prompt,
        cluster: rows[own[0]!]!.cluster,
        samples: scored.map(({ at }, k) => ({ at, weights: weights[k]! })),
      },
    ];
  });
  return { pools: made, most };
}
