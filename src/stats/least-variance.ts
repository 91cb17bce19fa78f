// How far a proxy is to be trusted: the lambda at which the PPI++ mean varies least.

import { residualSums, type LabelledRow } from "./cluster-sums.ts";

/**
 * Cov(A, B) / Var(B), cut to [0, 1]; A the mean of gold, B the mean proxy of the labels less that of the other rows, both from
 * clusters' sums. For one row a cluster it is Cov_n(Y, f) / (Var_n(f) + n / N Var_N(f)). Source: Angelopoulos, Duchi and
 * Zrnic (2023), arXiv 2311.01453. Deviation: they pool the two variances of f, which clusters and weights forbid.
 * 0 when the proxy does not vary.
 * @param labelled those of all labels that lambda is fitted to, with weights that add up to `share`
 * @param outside the other rows' clusters' sums of (f - mean f) / N
 */
export function leastVariance(
  labelled: readonly LabelledRow[],
  outside: ReadonlyMap<string, number>,
): number {
  const share = labelled.reduce((sum, { weight }) => sum + weight, 0);
  const { gold, proxy } = residualSums(labelled);
  let [covariance, variance] = [0, 0];
  for (const sum of outside.values()) variance += sum ** 2;
  for (const [name, sum] of proxy) {
    const other = outside.get(name) ?? 0;
    covariance += ((gold.get(name) as number) * (sum - other)) / share;
    // The other rows' own part is in the sum above already.
    variance += ((sum - other) ** 2 - other ** 2) / share;
  }
  return variance > 0 ? Math.min(1, Math.max(0, covariance / variance)) : 0;
}
