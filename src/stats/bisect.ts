// Root of a falling function by halving: slow, but it never leaves its bracket.

/**
 * The place where a non-increasing `f` falls through 0 in [low, high], to the last bits of a double.
 * When f is at most 0 at `low`, `low`; when it is still above 0 at `high`, `high`.
 */
export function bisect(f: (x: number) => number, low: number, high: number): number {
  if (f(low) <= 0) return low;
  if (f(high) > 0) return high;
  let above = low;
  let below = high;
  for (let step = 0; step < 200; step++) {
    const middle = above + (below - above) / 2;
    if (middle <= above || middle >= below) break;
    if (f(middle) > 0) above = middle;
    else below = middle;
  }
  return above + (below - above) / 2;
}
