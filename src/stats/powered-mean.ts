// The PPI++ mean: few gold labels, corrected by many proxy scores, with its cluster-robust variance. No interval yet.

import { clusterSums, residualSums, type LabelledRow } from "./cluster-sums.ts";
import { leastVariance } from "./least-variance.ts";
import type { Rng } from "./rng.ts";

export type ProxyRow = { readonly cluster: string; readonly proxy: number };

export type PoweredMean = {
  readonly point: number;
  readonly variance: number;
  /** How far the proxy is trusted, 0 to 1: the mean over the folds, each weighing as its labels do. */
  readonly lambda: number;
  /** Each labelled cluster's part in the error of the point, in the order of their names. */
  readonly influences: readonly number[];
  /** Of the clusters' sums of gold and of proxy residuals, -1 to 1; 0 when either does not vary. */
  readonly correlation: number;
};

/**
 * theta = lambda mean_N(f) + mean_n(Y - lambda f), Y gold, f proxy, N the rows of `proxies`, n those of `labelled`. Source:
 * Angelopoulos, Duchi and Zrnic (2023), arXiv 2311.01453. Deviations:
 * - lambda is cross-fitted: a label is corrected with the lambda of the folds it is not in (`leastVariance`), clusters whole.
 *   Fitted to the same labels, lambda makes the variance look smaller than it is (Mani et al. 2025, arXiv 2505.20178).
 * - The variance is the sum over clusters of squared influences, each side with its G / (G - 1): for one row a cluster it is
 *   lambda^2 Var_N(f) / N + Var_n(Y - lambda f) / n; it holds also when labelled and unlabelled rows share clusters, or
 *   when `proxies` contains the labelled rows.
 * Both lists hold at least two clusters.
 */
export function poweredMean(
  labelled: readonly LabelledRow[],
  proxies: readonly ProxyRow[],
  lambda: { readonly rng: Rng } | { readonly fixed: number },
): PoweredMean {
  const proxyMean = proxies.reduce((sum, { proxy }) => sum + proxy, 0) / proxies.length;
  const outside = clusterSums(proxies, ({ proxy }) => (proxy - proxyMean) / proxies.length);
  const lambdas = "fixed" in lambda ? () => lambda.fixed : crossFitted(labelled, outside, lambda.rng);

  const corrected = labelled.map((row) => row.gold - lambdas(row.cluster) * (row.proxy - proxyMean));
  const point = labelled.reduce((sum, { weight }, i) => sum + weight * (corrected[i] as number), 0);
  const inside = clusterSums(labelled, ({ weight }, i) => weight * ((corrected[i] as number) - point));
  const meanLambda = labelled.reduce((sum, { weight, cluster }) => sum + weight * lambdas(cluster), 0);

  const [ofInside, ofOutside] = [correctionFor(inside.size), meanLambda * correctionFor(outside.size)];
  let variance = 0;
  for (const name of new Set([...inside.keys(), ...outside.keys()]))
    variance += (ofInside * (inside.get(name) ?? 0) + ofOutside * (outside.get(name) ?? 0)) ** 2;
  return {
    point,
    variance,
    lambda: meanLambda,
    influences: [...inside.keys()].toSorted().map((name) => inside.get(name) as number),
    correlation: correlationOf(labelled),
  };
}

const mostFolds = 10;

/** Each cluster's lambda. The folds depend on the seed and on the clusters' names, not on the order of the rows. */
function crossFitted(labelled: readonly LabelledRow[], outside: ReadonlyMap<string, number>, rng: Rng) {
  const names = rng.split("folds").shuffled([...new Set(labelled.map(({ cluster }) => cluster))].toSorted());
  const folds = Math.min(mostFolds, names.length);
  const foldOf = new Map(names.map((name, i) => [name, i % folds]));
  const fitted = Array.from({ length: folds }, (_, fold) => {
    const others = labelled.filter(({ cluster }) => foldOf.get(cluster) !== fold);
    return leastVariance(others, outside);
  });
  return (cluster: string) => fitted[foldOf.get(cluster) as number] as number;
}

/** Pearson's, of the clusters' sums: with one row a cluster, that of the rows. */
function correlationOf(labelled: readonly LabelledRow[]): number {
  const { gold, proxy } = residualSums(labelled);
  let [both, ofGold, ofProxy] = [0, 0, 0];
  for (const [name, sum] of gold) {
    const other = proxy.get(name) as number;
    both += sum * other;
    ofGold += sum ** 2;
    ofProxy += other ** 2;
  }
  return ofGold > 0 && ofProxy > 0 ? Math.max(-1, Math.min(1, both / Math.sqrt(ofGold * ofProxy))) : 0;
}

function correctionFor(groups: number): number {
  return Math.sqrt(groups / (groups - 1));
}
