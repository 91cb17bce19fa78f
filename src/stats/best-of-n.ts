// Best-of-n from one pool of samples: what the candidate with the best proxy score is worth, for every n at once.

export type Scored = { readonly proxy: number; readonly gold: number };

/** At each n of the grid: the expected proxy and gold of the candidate that the proxy prefers among n. */
export type BestOfN = { readonly proxy: readonly number[]; readonly gold: readonly number[] };

/**
 * Unbiased over the choice of n out of the pool's N samples: the i-th smallest proxy is the best of n in C(i-1, n-1) of the C(N, n)
 * subsets, so its gold weighs w_i = C(i-1, n-1) / C(N, n); w_N = n/N, w_{i-1} = w_i (i-n)/(i-1). Samples with equal proxies share their
 * weights evenly: among them the proxy chooses at random. Source: Nakano et al. (2021), arXiv 2112.09332, appendix; the recursion is ours.
 * @param grid increasing values of n, from 1 to at most the pool's size
 * @throws RangeError when a value of the grid does not fit the pool, or a score is not finite.
 */
export function bestOfN(pool: readonly Scored[], grid: readonly number[]): BestOfN {
  const total = pool.length;
  const odd = grid.find((n) => !Number.isInteger(n) || n < 1 || n > total);
  if (odd !== undefined) throw new RangeError(`bestOfN: n must be whole, from 1 to ${total}, got ${odd}`);
  if (!pool.every(({ proxy, gold }) => Number.isFinite(proxy) && Number.isFinite(gold)))
    throw new RangeError("bestOfN: every proxy and gold must be finite");
  const ranked = tiesAveraged(pool.toSorted((a, b) => a.proxy - b.proxy));
  const proxies: number[] = [];
  const golds: number[] = [];
  for (const n of grid) {
    let [weight, proxy, gold] = [n / total, 0, 0];
    for (let i = total; i >= n; i--) {
      const at = ranked[i - 1]!;
      proxy += weight * at.proxy;
      gold += weight * at.gold;
      weight *= (i - n) / Math.max(1, i - 1);
    }
    proxies.push(proxy);
    golds.push(gold);
  }
  return { proxy: proxies, gold: golds };
}

/** Sorted samples with the gold of each run of equal proxies replaced by the run's mean: their weights are shared evenly. */
function tiesAveraged(sorted: readonly Scored[]): readonly Scored[] {
  const out: Scored[] = [];
  for (let from = 0; from < sorted.length;) {
    let to = from + 1;
    while (to < sorted.length && sorted[to]!.proxy === sorted[from]!.proxy) to++;
    const run = sorted.slice(from, to);
    const gold = run.reduce((sum, s) => sum + s.gold, 0) / run.length;
    out.push(...run.map(({ proxy }) => ({ proxy, gold })));
    from = to;
  }
  return out;
}

/**
 * KL divergence (nats) of the best of n from one draw: log n - (n-1)/n. Exact where proxy scores never tie, an upper bound otherwise
 * (Beirami et al. 2024, arXiv 2401.01879).
 */
export function bestOfNKl(n: number): number {
  if (!(n >= 1)) throw new RangeError(`bestOfNKl: n must be at least 1, got ${n}`);
  return Math.log(n) - (n - 1) / n;
}

/** Values of n at which a curve is drawn: all of them up to 64, then as many as keep equal steps of log n, the last included. */
export function gridOf(most: number): readonly number[] {
  if (most <= 64) return Array.from({ length: most }, (_, i) => i + 1);
  const steps = 63;
  return [...new Set(Array.from({ length: steps + 1 }, (_, i) => Math.round(most ** (i / steps))))];
}
