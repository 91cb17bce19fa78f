// The branded interval: only `stats/` can make one, so no number elsewhere can claim an interval it never earned.

declare const madeByStats: unique symbol;

/** A closed interval [low, high] at confidence `level` (0.95 = 95 %). */
export type Interval = {
  readonly low: number;
  readonly high: number;
  readonly level: number;
  readonly [madeByStats]: true;
};

/**
 * Makes an interval. For estimators inside `stats/` only (the layer test holds this).
 * @throws RangeError when the ends are not finite or not in order, or the level is not inside (0, 1).
 */
export function intervalOf(low: number, high: number, level: number): Interval {
  if (!Number.isFinite(low) || !Number.isFinite(high) || low > high) {
    throw new RangeError(`intervalOf: ends must be finite and in order, got [${low}, ${high}]`);
  }
  if (!(level > 0 && level < 1))
    throw new RangeError(`intervalOf: level must lie inside (0, 1), got ${level}`);
  return { low, high, level } as Interval;
}
