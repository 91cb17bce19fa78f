// Generalised least squares for a curve that is linear in its coefficients, with errors that do not rest on the weights being right.

import { bilinear, inverseOf, type Matrix } from "./positive-definite.ts";

export type GlsFit = {
  /** [coefficients] */
  readonly coefficients: readonly number[];
  /** [points] */
  readonly fitted: readonly number[];
  /** Of the coefficients, if the precision is the inverse of the values' true covariance: (X' P X)^-1. */
  readonly covariance: Matrix;
};

/**
 * Coefficients that minimise (y - X beta)' P (y - X beta). Source: Aitken (1935), Proc. R. Soc. Edinb. 55:42-48.
 * @param columns the columns of X, [coefficients][points]
 * @param precision P, [points][points]: the inverse of the covariance of y
 * @throws RangeError when the columns do not determine the coefficients
 */
export function gls(columns: Matrix, y: readonly number[], precision: Matrix): GlsFit {
  const covariance = inverseOf(columns.map((a) => columns.map((b) => bilinear(a, precision, b))));
  const right = columns.map((column) => bilinear(column, precision, y));
  const coefficients = covariance.map((row) => row.reduce((sum, value, k) => sum + value * right[k]!, 0));
  const fitted = y.map((_, p) => columns.reduce((sum, column, k) => sum + column[p]! * coefficients[k]!, 0));
  return { coefficients, fitted, covariance };
}

/**
 * The coefficients' covariance under another covariance S of y than the one that gave the weights:
 * A P-weighted fit is beta = (X' P X)^-1 X' P y, so its covariance is (X' P X)^-1 X' P S P X (X' P X)^-1.
 */
export function robustCovariance(
  columns: Matrix,
  precision: Matrix,
  { covariance }: GlsFit,
  spread: Matrix,
): Matrix {
  const weighed = columns.map((column) =>
    precision.map((row) => row.reduce((s, v, p) => s + v * column[p]!, 0)),
  );
  const meat = weighed.map((a) => weighed.map((b) => bilinear(a, spread, b)));
  return covariance.map((row) => covariance.map((other) => bilinear(row, meat, other)));
}
