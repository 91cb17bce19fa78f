// The best fit among all curves of which only the direction is known, step by step: any that rises, or any that rises and then falls.

import { bilinear, type Matrix } from "./positive-definite.ts";

/** 1 for a step that may not fall, -1 for one that may not rise. */
export type Signs = readonly (1 | -1)[];

/**
 * Minimises (y - x)' P (y - x) over steps x of the given signs, 0 allowed, and over the patterns of signs. Coordinate by coordinate, which
 * for a strictly convex square with bounds ends at the one minimum (Tseng 2001, J. Optim. Theory Appl. 109:475-494).
 * @param steps y: differences between neighbouring points of a curve
 */
export function signedSteps(
  steps: readonly number[],
  precision: Matrix,
  patterns: readonly Signs[],
): readonly number[] {
  let best: { readonly loss: number; readonly fitted: readonly number[] } | undefined;
  for (const signs of patterns) {
    const fitted = withSigns(steps, precision, signs);
    const off = steps.map((step, p) => step - fitted[p]!);
    const loss = bilinear(off, precision, off);
    if (best === undefined || loss < best.loss) best = { loss, fitted };
  }
  if (best === undefined) throw new RangeError("signedSteps: there must be a pattern of signs");
  return best.fitted;
}

function withSigns(y: readonly number[], precision: Matrix, signs: Signs): readonly number[] {
  const within = (value: number, p: number) => signs[p]! * Math.max(0, signs[p]! * value);
  const x = y.map(within);
  const scale = y.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  for (let round = 0; round < 5000; round++) {
    let moved = 0;
    for (let p = 0; p < x.length; p++) {
      const row = precision[p]!;
      const slope = row.reduce((sum, value, q) => sum + value * (y[q]! - x[q]!), 0);
      const next = within(x[p]! + slope / row[p]!, p);
      moved = Math.max(moved, Math.abs(next - x[p]!));
      x[p] = next;
    }
    if (moved <= 1e-13 * scale) break;
  }
  return x;
}
