// Held-out losses with their intervals: one form's own, and one form's against another's.

import { tCritical } from "../critical-value.ts";
import type { Difference, Rate } from "../estimate.ts";
import { intervalOf } from "../interval.ts";
import type { FormSample } from "./form-sample.ts";
import type { HeldOut } from "./held-out-losses.ts";

const sumOf = (values: readonly number[]) => values.reduce((a, b) => a + b, 0);

/**
 * Mean loss over folds and repeats. The error is that of a mean of folds, its variance averaged over the repeats, which show the same clusters
 * again and so are no further evidence.
 */
export function lossOf(
  repeats: HeldOut["folds"][number],
  { of, level, observations }: FormSample,
): Extract<Rate, { kind: "rate" }> {
  const means = repeats.map((folds) => sumOf(folds) / folds.length);
  const variances = repeats.map((folds, r) => {
    const square = sumOf(folds.map((loss) => (loss - means[r]!) ** 2));
    return square / (folds.length - 1) / folds.length;
  });
  const folds = repeats[0]!.length;
  const point = sumOf(means) / repeats.length;
  const half = tCritical(level, folds - 1) * Math.sqrt(sumOf(variances) / repeats.length);
  return {
    kind: "rate",
    point,
    interval: intervalOf(Math.max(0, point - half), point + half, level),
    n: of.sums.length,
    observations,
    method: `mean over ${folds} folds of clusters, ${repeats.length} times over, t over folds`,
  };
}

/** One form's loss minus another's, by what each cluster adds to either: t over clusters, the fits held as they are. */
export function lossAgainst(
  [own, other]: readonly [own: readonly number[], other: readonly number[]],
  { of: { sizes }, level, observations }: FormSample,
): Difference {
  const groups = sizes.length;
  const parts = own.map((part, c) => part - other[c]!);
  const point = sumOf(parts);
  const units = sumOf(sizes);
  const square = sumOf(parts.map((part, c) => (part - (sizes[c]! * point) / units) ** 2));
  const half = tCritical(level, groups - 1) * Math.sqrt((groups / (groups - 1)) * square);
  return {
    kind: "difference",
    point,
    interval: intervalOf(point - half, point + half, level),
    n: groups,
    observations,
    method: "cross-validated over clusters, t over clusters' parts of the loss",
  };
}
