// Guards on what estimators are given: a wrong count is a bug of the caller and stops here, not in a figure.

/** @throws RangeError unless 0 <= count <= n, both whole. */
export function requireCount(who: string, count: number, n: number): void {
  if (!Number.isInteger(n) || n < 0)
    throw new RangeError(`${who}: n must be a whole number of at least 0, got ${n}`);
  if (!Number.isInteger(count) || count < 0 || count > n) {
    throw new RangeError(`${who}: the count must be a whole number from 0 to n = ${n}, got ${count}`);
  }
}

/** The closed range in which every value is known to lie before anything is measured. */
export type Range = readonly [min: number, max: number];

/** @throws RangeError unless the range is finite with min < max and holds every value. */
export function requireInRange(who: string, values: Iterable<number>, [min, max]: Range): void {
  if (!Number.isFinite(min) || !Number.isFinite(max) || min >= max) {
    throw new RangeError(`${who}: the range must be finite with min < max, got [${min}, ${max}]`);
  }
  for (const value of values) {
    if (!(value >= min && value <= max))
      throw new RangeError(`${who}: a value lies outside [${min}, ${max}]: ${value}`);
  }
}
