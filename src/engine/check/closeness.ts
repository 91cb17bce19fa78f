// How far two tensors are apart: the norm of their difference over the norm of the reference. Blind to nothing but order.

/** ||a - b|| / ||b||, in float64. Infinity where the lengths differ, a value is not finite, or the reference is all zero. */
export function relativeError(a: ArrayLike<number>, b: ArrayLike<number>): number {
  if (a.length !== b.length || b.length === 0) return Number.POSITIVE_INFINITY;
  let difference = 0;
  let reference = 0;
  for (let i = 0; i < b.length; i++) {
    difference += (a[i]! - b[i]!) ** 2;
    reference += b[i]! ** 2;
  }
  const error = Math.sqrt(difference / reference);
  return Number.isFinite(error) ? error : Number.POSITIVE_INFINITY;
}
