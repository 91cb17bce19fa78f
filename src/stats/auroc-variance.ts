// How much the area under the ROC curve varies between samples, and how well that is known.

/**
 * A forecast's part: by how much the share of the other class that it is rightly ranked against lies off the
 * area.
 */
export type Placed = { readonly cluster: string; readonly outcome: 0 | 1; readonly off: number };

type Sums = { one: number; zero: number; hasOne: boolean; hasZero: boolean };

/**
 * Obuchowski's (1997) clustered variance; with one forecast a cluster it is DeLong's (1988). Degrees of freedom
 * by Satterthwaite's matching: 2 V^2 / (variance of V as seen in the clusters' own contributions), at most
 * clusters - 1; with the normal in place of t an area of .95 over few ones is covered in under 90 % of samples.
 */
export function aurocVariance(placed: readonly Placed[]): { readonly variance: number; readonly df: number } {
  const clusters = sumsOf(placed);
  const ones = placed.filter(({ outcome }) => outcome === 1).length;
  const zeros = placed.length - ones;
  const factor = (count: number) => count / (count - 1);
  const total = (of: (sums: Sums) => number) => clusters.reduce((sum, sums) => sum + of(sums), 0);

  const variance =
    (factor(total(({ hasOne }) => Number(hasOne))) * total(({ one }) => one * one)) / ones ** 2 +
    (factor(total(({ hasZero }) => Number(hasZero))) * total(({ zero }) => zero * zero)) / zeros ** 2 +
    (2 * factor(clusters.length) * total(({ one, zero }) => one * zero)) / (ones * zeros);
  const part = ({ one, zero }: Sums) => one / ones + zero / zeros;
  const second = total((sums) => part(sums) ** 2);
  const ofVariance = total((sums) => part(sums) ** 4) - second ** 2 / clusters.length;
  const most = clusters.length - 1;
  return { variance, df: ofVariance > 0 ? Math.min(most, (2 * second ** 2) / ofVariance) : most };
}

function sumsOf(placed: readonly Placed[]): readonly Sums[] {
  const sums = new Map<string, Sums>();
  for (const { cluster, outcome, off } of placed) {
    const sum = sums.get(cluster) ?? { one: 0, zero: 0, hasOne: false, hasZero: false };
    sums.set(cluster, sum);
    if (outcome === 1) {
      sum.one += off;
      sum.hasOne = true;
    } else {
      sum.zero += off;
      sum.hasZero = true;
    }
  }
  return [...sums.values()];
}
