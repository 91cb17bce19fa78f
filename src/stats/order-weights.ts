// How much each sample of a pool counts for the best of n: the weights that `bestOfN` gives it, as numbers of their own.

/**
 * For each sample, in the order of `proxies`, its weight at each n of the grid, [samples][grid]: the curve is the sum of weight times
 * gold. At every n the weights add up to 1; equal proxies share theirs evenly. The law is that of `bestOfN` (Nakano et al. 2021, arXiv
 * 2112.09332, appendix), which stays linear in the gold.
 * @param grid values of n, from 1 to at most the number of proxies
 * @throws RangeError when a value of the grid does not fit the pool, or a proxy is not finite.
 */
export function orderWeights(
  proxies: readonly number[],
  grid: readonly number[],
): readonly (readonly number[])[] {
  const total = proxies.length;
  const odd = grid.find((n) => !Number.isInteger(n) || n < 1 || n > total);
  if (odd !== undefined)
    throw new RangeError(`orderWeights: n must be whole, from 1 to ${total}, got ${odd}`);
  if (!proxies.every(Number.isFinite)) throw new RangeError("orderWeights: every proxy must be finite");
  const order = proxies.map((_, i) => i).sort((a, b) => proxies[a]! - proxies[b]!);
  const out = proxies.map(() => grid.map(() => 0));
  grid.forEach((n, p) => {
    let weight = n / total;
    for (let i = total; i >= n; i--) {
      out[order[i - 1]!]![p] = weight;
      weight *= (i - n) / Math.max(1, i - 1);
    }
  });
  for (let from = 0; from < total;) {
    let to = from + 1;
    while (to < total && proxies[order[to]!] === proxies[order[from]!]) to++;
    const tied = order.slice(from, to);
    if (tied.length > 1)
      grid.forEach((_, p) => {
        const share = tied.reduce((sum, i) => sum + out[i]![p]!, 0) / tied.length;
        for (const i of tied) out[i]![p] = share;
      });
    from = to;
  }
  return out;
}
