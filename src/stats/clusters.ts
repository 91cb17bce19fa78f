// Observations by the independent unit that they share, and how even those units are.

/** Values by cluster, in the order in which the clusters first appear. */
export function byCluster(
  units: readonly { readonly cluster: string; readonly value: number }[],
): readonly (readonly number[])[] {
  const groups = new Map<string, number[]>();
  for (const { cluster, value } of units) {
    const group = groups.get(cluster);
    if (group === undefined) groups.set(cluster, [value]);
    else group.push(value);
  }
  return [...groups.values()];
}

/**
 * How many clusters of one size would weigh as much as these: N^2 / sum of sizes^2, from 1 to their number.
 * Source: Kish (1965), Survey Sampling. It is also the effective n when the values within a cluster are all alike.
 */
export function evenClusters(clusters: readonly (readonly unknown[])[]): number {
  const total = clusters.reduce((n, cluster) => n + cluster.length, 0);
  const squares = clusters.reduce((sum, cluster) => sum + cluster.length ** 2, 0);
  return total ** 2 / squares;
}

/** Below this share of even clusters the larger ones rule the variance, and its estimate may not be trusted. */
export const leastEvenness = 0.75;
