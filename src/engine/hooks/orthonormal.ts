// An orthonormal basis of the space that some directions span, by Gram and Schmidt, in float64.

/** Nearer than this to the span of those before it, a direction adds nothing that rounding to float32 has not made. */
const DEPENDENT = 1e-6;

/** @returns the basis, each [length]; or what is wrong, in words */
export function orthonormal(
  directions: readonly ArrayLike<number>[],
  length: number,
): readonly Float64Array[] | string {
  if (directions.length === 0) return "was given no direction";
  const basis: Float64Array[] = [];
  for (const direction of directions) {
    if (direction.length !== length)
      return `takes directions of ${length} numbers, was given ${direction.length}`;
    const x = Float64Array.from(direction);
    if (!x.every(Number.isFinite)) return "was given a direction that is not finite";
    const size = norm(x);
    if (!Number.isFinite(size)) return "was given a direction too long to measure";
    if (size === 0) return "was given a direction of length 0";
    // Twice: once leaves a remainder of rounding where the directions are nearly dependent.
    for (let pass = 0; pass < 2; pass++)
      for (const b of basis) {
        const along = b.reduce((a, y, i) => a + y * x[i]!, 0);
        b.forEach((y, i) => (x[i]! -= along * y));
      }
    const left = norm(x);
    if (left > DEPENDENT * size) basis.push(x.map((y) => y / left));
  }
  return basis;
}

function norm(x: Float64Array): number {
  return Math.sqrt(x.reduce((a, y) => a + y * y, 0));
}
