// How much each sample counts in the curve of its prompt, by its place in the proxy's order.

import { gridOf } from "../stats/best-of-n.ts";
import { orderWeights } from "../stats/order-weights.ts";
import type { SpecificationRow } from "./specification-row.ts";

/**
 * In the order of the rows, above 0: the root of the mean square of the sample's best-of-n weights for n from 1 to `most`. A row without a
 * proxy counts as one that is never chosen but at n = 1.
 */
export function curveCounts(rows: readonly SpecificationRow[], most: number): readonly number[] {
  const out = new Map<number, number>();
  for (const own of Map.groupBy(rows.keys(), (i) => rows[i]!.prompt).values()) {
    const scored = own.flatMap((i) => {
      const { proxy } = rows[i]!;
      return proxy.kind === "scored" ? [{ i, value: proxy.value }] : [];
    });
    const grid = gridOf(Math.max(1, Math.min(most, scored.length)));
    const weights =
      scored.length === 0
        ? []
        : orderWeights(
            scored.map(({ value }) => value),
            grid,
          );
    weights.forEach((at, k) =>
      out.set(scored[k]!.i, Math.sqrt(at.reduce((sum, w) => sum + w * w, 0) / grid.length)),
    );
    for (const i of own) if (!out.has(i)) out.set(i, 1 / (own.length * Math.sqrt(grid.length)));
  }
  return rows.map((_, i) => out.get(i)!);
}
