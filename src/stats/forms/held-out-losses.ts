// How well each form, fitted to some clusters, predicts the mean curve of others: cross-validation over whole clusters, repeated.

import { meanCurve, type ClusterSums } from "../curve-resamples.ts";
import type { Rng } from "../rng.ts";
import { clusterCovariance } from "./cluster-covariance.ts";
import type { Form } from "./forms.ts";
import { bilinear, inverseOf } from "./positive-definite.ts";

export type HeldOut = {
  /** Loss of each form in each fold, [forms][repeats][folds]. That of a form that is right is about 1: the noise of the fold itself. */
  readonly folds: readonly (readonly (readonly number[])[])[];
  /** What each cluster adds to the loss, up to a part that is the same for all forms, [forms][clusters], summing to the mean over folds. */
  readonly parts: readonly (readonly number[])[];
};

/** Partitions into folds, each by another shuffle: one alone would make the answer depend on the seed. */
const REPEATS = 5;
const FOLDS = 10;

/**
 * The loss of a prediction p in a fold of m units with mean y: (y - p)' P (y - p) / points, P the inverse of the covariance that
 * a mean of m units has by the other folds' clusters (`clusterCovariance`, shrunk). As y is linear in clusters, differences of loss between forms fall
 * into one part for each cluster.
 * @param of steps of the curve by cluster
 * @throws RangeError when a step does not vary between the clusters outside a fold
 */
export function heldOutLosses(
  of: ClusterSums,
  d: readonly number[],
  { forms, rng }: { readonly forms: readonly Form[]; readonly rng: Rng },
): HeldOut {
  const clusters = [...of.sums.keys()];
  const parts = forms.map(() => clusters.map(() => 0));
  const folds = forms.map(() => Array.from({ length: REPEATS }, (): number[] => []));
  for (let repeat = 0; repeat < REPEATS; repeat++) {
    const order = rng.split(`repeat ${repeat}`).shuffled(clusters);
    for (let fold = 0; fold < FOLDS; fold++) {
      const [inside, outside] = [true, false].map((wanted) =>
        order.filter((_, i) => (i % FOLDS === fold) === wanted),
      ) as [number[], number[]];
      const training = chosen(of, outside);
      const mean = Array.from(meanCurve(training));
      const { shrunk } = clusterCovariance(training);
      const precision = inverseOf(shrunk);
      const held = chosen(of, inside);
      const seen = meanCurve(held);
      const unit = 1 / (sumOf(training.sizes) * mean.length);
      forms.forEach((one, f) => {
        const predicted = one.fit(mean, precision, d).steps;
        const off = predicted.map((value, p) => seen[p]! - value);
        folds[f]![repeat]!.push(unit * sumOf(held.sizes) * bilinear(off, precision, off));
        const own = bilinear(predicted, precision, predicted);
        for (const c of inside) {
          const cross = bilinear(Array.from(of.sums[c]!), precision, predicted);
          parts[f]![c]! += (unit * (of.sizes[c]! * own - 2 * cross)) / (FOLDS * REPEATS);
        }
      });
    }
  }
  return { folds, parts };
}

function chosen({ sums, sizes }: ClusterSums, which: readonly number[]): ClusterSums {
  return { sums: which.map((c) => sums[c]!), sizes: which.map((c) => sizes[c]!) };
}

function sumOf(values: readonly number[]): number {
  return values.reduce((a, b) => a + b, 0);
}
