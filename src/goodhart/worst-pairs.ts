// Where proxy and truth part most: for a prompt, the sample that the proxy likes best beside the one that is best in truth.

import type { SpecificationRow } from "./specification-row.ts";

export type WorstPair = {
  readonly proxyFavourite: SpecificationRow;
  readonly truthFavourite: SpecificationRow;
  /** Gold that is lost by following the proxy. */
  readonly lost: number;
};

/** The prompts that lose most, worst first; of equal scores the first sample stands for them. */
export function worstPairs(rows: readonly SpecificationRow[], most: number): readonly WorstPair[] {
  const whole = rows.filter(({ proxy, gold }) => proxy.kind === "scored" && gold.kind === "scored");
  return [...Map.groupBy(whole, ({ prompt }) => prompt).values()]
    .map((pool) => {
      const best = (of: "proxy" | "gold") =>
        pool.reduce((top, row) => (valueOf(row, of) > valueOf(top, of) ? row : top));
      const [proxyFavourite, truthFavourite] = [best("proxy"), best("gold")];
      return {
        proxyFavourite,
        truthFavourite,
        lost: valueOf(truthFavourite, "gold") - valueOf(proxyFavourite, "gold"),
      };
    })
    .filter(({ lost }) => lost > 0)
    .sort((a, b) => b.lost - a.lost)
    .slice(0, most);
}

function valueOf(row: SpecificationRow, of: "proxy" | "gold"): number {
  const score = row[of];
  return score.kind === "scored" ? score.value : Number.NEGATIVE_INFINITY;
}
