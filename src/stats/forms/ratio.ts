// An interval for a ratio of two estimates that vary together, from the ratios that a test would not reject.

export type RatioParts = {
  readonly top: number;
  readonly bottom: number;
  readonly topVariance: number;
  readonly bottomVariance: number;
  readonly covariance: number;
};

/**
 * All r with (top - r bottom)^2 <= t^2 Var(top - r bottom): Fieller (1954), J. R. Stat. Soc. B 16:175-185. It is an interval only where
 * the bottom itself is further than t standard errors from 0; undefined elsewhere.
 * @param t critical value, two-sided
 */
export function ratioEnds(
  { top, bottom, topVariance, bottomVariance, covariance }: RatioParts,
  t: number,
): readonly [low: number, high: number] | undefined {
  const square = bottom ** 2 - t * t * bottomVariance;
  if (!(square > 0)) return undefined;
  const middle = top * bottom - t * t * covariance;
  const root = Math.sqrt(Math.max(0, middle ** 2 - square * (top ** 2 - t * t * topVariance)));
  return [(middle - root) / square, (middle + root) / square];
}
