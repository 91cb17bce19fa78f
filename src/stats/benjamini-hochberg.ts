// Many tests at once: which may be called discoveries when at most a share q of the calls should be false.

export type Discovery = {
  /** The smallest q at which this test would be a discovery. */
  readonly adjusted: number;
  readonly discovered: boolean;
};

/**
 * The step-up procedure, in the order of `pValues`; controls the false discovery rate at q for independent or
 * positively dependent tests. Source: Benjamini and Hochberg (1995), J. R. Stat. Soc. B 57:289-300.
 * @throws RangeError when a p-value or q lies outside [0, 1].
 */
export function benjaminiHochberg(pValues: readonly number[], q: number): readonly Discovery[] {
  for (const p of [q, ...pValues]) {
    if (!(p >= 0 && p <= 1))
      throw new RangeError(`benjaminiHochberg: q and p-values must lie in [0, 1], got ${p}`);
  }
  const m = pValues.length;
  const descending = pValues.map((p, at) => ({ p, at })).sort((a, b) => b.p - a.p);
  const adjusted: number[] = [];
  let least = 1;
  descending.forEach(({ p, at }, i) => {
    least = Math.min(least, (p * m) / (m - i));
    adjusted[at] = least;
  });
  return adjusted.map((value) => ({ adjusted: value, discovered: value <= q }));
}
