// Which few points of a curve its forms are fitted to.

/** Points share their samples: more of them add near-copies, and a covariance that prompts cannot determine. */
const MOST_POINTS = 8;

/**
 * Indices into a grid of n: the values nearest to powers of two from 1, then the last; every other power and so on where that
 * would be more than eight.
 * @param grid increasing values of n, from 1
 */
export function formPoints(grid: readonly number[]): readonly number[] {
  const most = grid.at(-1);
  if (most === undefined || grid[0] !== 1) throw new RangeError("formPoints: the grid must begin with n = 1");
  // A power just below the end would be the end over again.
  const powers = Array.from({ length: Math.floor(Math.log2(most)) + 1 }, (_, i) => 2 ** i).filter(
    (n) => 1.4 * n < most || n === 1,
  );
  const nearest = powers.map((power) =>
    grid.reduce(
      (best, n, i) => (Math.abs(Math.log(n / power)) < Math.abs(Math.log(grid[best]! / power)) ? i : best),
      0,
    ),
  );
  const all = [...new Set([...nearest, grid.length - 1])];
  if (all.length <= MOST_POINTS) return all;
  const step = (all.length - 1) / (MOST_POINTS - 1);
  return Array.from({ length: MOST_POINTS }, (_, i) => all[Math.round(i * step)]!);
}
