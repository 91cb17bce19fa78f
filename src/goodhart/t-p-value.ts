// The two-sided p-value of a t statistic with whole degrees of freedom.

/** Below this the rounding of the sum takes over: a smaller p-value is given as this one. */
const LEAST = 1e-12;

/**
 * P(|T| >= |t|) at `df` degrees of freedom, from 1e-12 to 1. Source: Abramowitz and Stegun (1964), Handbook of
 * Mathematical Functions, 26.7.3 and 26.7.4 (finite sums in the powers of cos(theta), theta = arctan(t / sqrt(df))).
 * @throws RangeError when t is not a number or df not a whole number of at least 1.
 */
export function tPValue(t: number, df: number): number {
  if (Number.isNaN(t) || !Number.isInteger(df) || df < 1)
    throw new RangeError(`tPValue: t must be a number and df a whole number above 0, got ${t} and ${df}`);
  const theta = Math.atan(Math.abs(t) / Math.sqrt(df));
  const cos = Math.cos(theta);
  const odd = df % 2 === 1;
  // The terms go from cos^1 (odd df) or cos^0 (even df) to cos^(df - 2).
  let term = odd ? cos : 1;
  let sum = 0;
  for (let power = odd ? 1 : 0; power <= df - 2; power += 2) {
    sum += term;
    term *= ((power + 1) / (power + 2)) * cos * cos;
  }
  const inside = odd ? (2 / Math.PI) * (theta + Math.sin(theta) * sum) : Math.sin(theta) * sum;
  return Math.min(1, Math.max(LEAST, 1 - inside));
}
