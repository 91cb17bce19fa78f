// How many labels speak for the curve at each n: those of samples that are hardly ever the best of n say next to nothing there.

import { orderWeights } from "../stats/order-weights.ts";
import { inclusionsOf } from "./inclusions-of.ts";
import type { SpecificationRow } from "./specification-row.ts";

/**
 * At each n of the grid, how many labels of equal weight would weigh as much as these (Kish 1965): (sum of c)^2 / sum of c^2, c a labelled sample's weight in the
 * best of n over its probability of a label. 0 where none is labelled of a prompt that has so many samples. Looks at no gold, only at whether there is
 * one.
 */
export function effectiveLabels(
  rows: readonly SpecificationRow[],
  grid: readonly number[],
): readonly number[] {
  const inclusions = inclusionsOf(rows);
  const [sums, squares] = [grid.map(() => 0), grid.map(() => 0)];
  for (const own of Map.groupBy(rows.keys(), (i) => rows[i]!.prompt).values()) {
    const scored = own.flatMap((i) => {
      const { proxy, gold } = rows[i]!;
      return proxy.kind === "scored"
        ? [{ value: proxy.value, labelled: gold.kind === "scored", inclusion: inclusions[i]! }]
        : [];
    });
    const weights = orderWeights(
      scored.map(({ value }) => value),
      grid.filter((n) => n <= scored.length),
    );
    scored.forEach(({ labelled, inclusion }, k) => {
      if (labelled)
        weights[k]!.forEach((w, p) => {
          sums[p]! += w / inclusion;
          squares[p]! += (w / inclusion) ** 2;
        });
    });
  }
  return grid.map((_, p) => (squares[p]! > 0 ? sums[p]! ** 2 / squares[p]! : 0));
}
