// How far each prompt's gold has fallen from the peak to the last n, the peak picked on other prompts.

const FOLDS = 10;

/**
 * Value at the peak minus value at the last point, for each unit; below 0 for some, whose mean is then no fall. The folds are every tenth of
 * the clusters in the order of their names, which are hashes: as good as drawn, and the same in both runs and either order of them. For each
 * fold the peak is where the mean curve of the other folds is highest (of equals the last). The mean of these falls is at most the true fall:
 * what is picked is the peak or lies below it.
 * @param curves [units][points], of one length above 0
 * @param clusters one for each curve
 */
export function crossFittedFalls(
  curves: readonly (readonly number[])[],
  clusters: readonly string[],
): readonly number[] {
  const names = [...new Set(clusters)].toSorted();
  const foldOf = new Map(names.map((name, i) => [name, i % FOLDS] as const));
  const folds = clusters.map((cluster) => foldOf.get(cluster)!);
  const last = curves[0]!.length - 1;
  const peaks = Array.from({ length: FOLDS }, (_, fold) => {
    const sums = new Float64Array(last + 1);
    curves.forEach((curve, u) => {
      if (folds[u] !== fold) curve.forEach((value, p) => (sums[p]! += value));
    });
    return sums.reduce((best, value, p) => (value >= sums[best]! ? p : best), 0);
  });
  return curves.map((curve, u) => curve[peaks[folds[u]!]!]! - curve[last]!);
}
