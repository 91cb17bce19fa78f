// The inverse of a symmetric positive definite matrix, for the few rows that a fitted curve has.

/** [rows][columns]. */
export type Matrix = readonly (readonly number[])[];

/**
 * By Cholesky's decomposition L L' and forward substitution: inverse = L^-T L^-1.
 * @throws RangeError when the matrix is not positive definite to the precision of a double
 */
export function inverseOf(matrix: Matrix): Matrix {
  const n = matrix.length;
  const lower: number[][] = matrix.map(() => Array.from({ length: n }, () => 0));
  for (let i = 0; i < n; i++)
    for (let j = 0; j <= i; j++) {
      let left = matrix[i]![j]!;
      for (let k = 0; k < j; k++) left -= lower[i]![k]! * lower[j]![k]!;
      if (i === j) {
        if (!(left > 1e-14 * matrix[i]![i]!))
          throw new RangeError(`inverseOf: the matrix is not positive definite at row ${i + 1} of ${n}`);
        lower[i]![i] = Math.sqrt(left);
      } else lower[i]![j] = left / lower[j]![j]!;
    }
  // Column c of L^-1.
  const columns = Array.from({ length: n }, (_, c) => {
    const x = Array.from({ length: n }, () => 0);
    for (let i = c; i < n; i++) {
      let left = i === c ? 1 : 0;
      for (let k = c; k < i; k++) left -= lower[i]![k]! * x[k]!;
      x[i] = left / lower[i]![i]!;
    }
    return x;
  });
  return columns.map((a) => columns.map((b) => a.reduce((sum, value, k) => sum + value * b[k]!, 0)));
}

/** x' M y. */
export function bilinear(x: readonly number[], matrix: Matrix, y: readonly number[]): number {
  let sum = 0;
  for (let i = 0; i < x.length; i++) {
    const row = matrix[i]!;
    for (let j = 0; j < y.length; j++) sum += x[i]! * row[j]! * y[j]!;
  }
  return sum;
}
