// Labelled rows and their clusters' sums: what the variance of a mean of clustered rows is made of.

/** A row of which gold and proxy are known. `weight` is its share of all labels: the weights add up to 1. */
export type LabelledRow = {
  readonly cluster: string;
  readonly gold: number;
  readonly proxy: number;
  readonly weight: number;
};

/** The sum of `valueOf` over each cluster's rows, in the order in which the clusters first appear. */
export function clusterSums<T extends { readonly cluster: string }>(
  rows: readonly T[],
  valueOf: (row: T, place: number) => number,
): Map<string, number> {
  const sums = new Map<string, number>();
  rows.forEach((row, i) => sums.set(row.cluster, (sums.get(row.cluster) ?? 0) + valueOf(row, i)));
  return sums;
}

/** Clusters' weighted sums of what gold and proxy are above their weighted means. */
export function residualSums(labelled: readonly LabelledRow[]) {
  const total = labelled.reduce((sum, { weight }) => sum + weight, 0);
  const gold = labelled.reduce((sum, row) => sum + row.weight * row.gold, 0) / total;
  const proxy = labelled.reduce((sum, row) => sum + row.weight * row.proxy, 0) / total;
  return {
    gold: clusterSums(labelled, (row) => row.weight * (row.gold - gold)),
    proxy: clusterSums(labelled, (row) => row.weight * (row.proxy - proxy)),
  };
}

/** How many units of equal weight would weigh as much as these clusters: 1 / sum of squared shares (Kish 1965). */
export function evenUnits(rows: readonly Pick<LabelledRow, "cluster" | "weight">[]): number {
  const shares = clusterSums(rows, ({ weight }) => weight);
  return 1 / [...shares.values()].reduce((sum, weight) => sum + weight ** 2, 0);
}
