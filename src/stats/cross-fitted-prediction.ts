// A prediction of every row's value from its features, never fitted on the row's own cluster: what few labels teach about many rows.

import type { Rng } from "./rng.ts";

export type PredictableRow = {
  readonly cluster: string;
  /** As many for each row, of spread about 1. */
  readonly features: readonly number[];
  /** What the row is, where that is known, and how much it counts in the fit (above 0). */
  readonly label?: { readonly value: number; readonly weight: number };
};

export type CrossFitted = {
  /** In the order of the rows; between the least and the largest label that it was fitted to. */
  readonly predicted: readonly number[];
  /** How far the features are trusted, 0 (only the mean of the labels) to 1; the mean over the folds. */
  readonly lambda: number;
};

const FOLDS = 10;
/** The ridge on each slope, in labels of mean weight: slopes that few labels speak for stay near 0. */
const RIDGE = 2;

/**
 * Weighted least squares with a small ridge, in at most ten folds of whole clusters: a row's prediction is mean + lambda (fit - mean), mean
 * and fit from the labels of the other folds. lambda is the slope, cut to [0, 1], of those labels on predictions that were made without
 * their own fold and without the row's: so nothing in a row's prediction has seen its cluster's labels. Cross-fitting as in Zrnic and Candes (2024),
 * PNAS 121:e2322083121; lambda as in PPI++ (Angelopoulos et al. 2023, arXiv 2311.01453).
 * @throws RangeError where fewer than three clusters hold a label: something must be left to fit.
 */
export function crossFittedPrediction(rows: readonly PredictableRow[], rng: Rng): CrossFitted {
  const names = [
    ...new Set(rows.flatMap(({ cluster, label }) => (label === undefined ? [] : [cluster]))),
  ].toSorted();
  if (names.length < 3)
    throw new RangeError(`crossFittedPrediction: at least three labelled clusters, got ${names.length}`);
  const folds = Math.min(FOLDS, names.length);
  const others = [...new Set(rows.map(({ cluster }) => cluster))]
    .filter((name) => !names.includes(name))
    .toSorted();
  // Those without a label come after, so that no fold is left without labels.
  const foldOf = new Map(
    [...rng.split("folds").shuffled(names), ...others].map((name, i) => [name, i % folds] as const),
  );
  const labelled = Array.from({ length: folds }, () => [] as Labelled[]);
  for (const { cluster, features, label } of rows)
    if (label !== undefined) labelled[foldOf.get(cluster)!]!.push({ x: [1, ...features], ...label });
  const parts = labelled.map(momentsOf);
  const without = (...left: readonly number[]) => fitted(parts.filter((_, fold) => !left.includes(fold)));

  const fits = parts.map((_, fold) => {
    const fit = without(fold);
    let [both, square] = [0, 0];
    labelled.forEach((own, other) => {
      if (other === fold) return;
      const inner = without(fold, other);
      for (const { x, value, weight } of own) {
        const off = inner.at(x) - inner.mean;
        both += weight * off * (value - inner.mean);
        square += weight * off * off;
      }
    });
    return { ...fit, lambda: square > 0 ? Math.min(1, Math.max(0, both / square)) : 0 };
  });
  return {
    predicted: rows.map(({ cluster, features }) => {
      const { at, mean, lambda } = fits[foldOf.get(cluster)!]!;
      return mean + lambda * (at([1, ...features]) - mean);
    }),
    lambda: fits.reduce((sum, fit) => sum + fit.lambda, 0) / folds,
  };
}

type Labelled = { readonly x: readonly number[]; readonly value: number; readonly weight: number };

/** Sums that are all a fit needs, so that leaving out folds is adding up the others. */
type Moments = {
  readonly gram: readonly (readonly number[])[];
  readonly right: readonly number[];
  readonly count: number;
  readonly low: number;
  readonly high: number;
};

function momentsOf(rows: readonly Labelled[]): Moments {
  const size = rows[0]!.x.length;
  const gram = Array.from({ length: size }, () => Array.from({ length: size }, () => 0));
  const right = Array.from({ length: size }, () => 0);
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const { x, value, weight } of rows) {
    for (let a = 0; a < size; a++) {
      right[a]! += weight * x[a]! * value;
      for (let b = 0; b < size; b++) gram[a]![b]! += weight * x[a]! * x[b]!;
    }
    [low, high] = [Math.min(low, value), Math.max(high, value)];
  }
  return { gram, right, count: rows.length, low, high };
}

function fitted(parts: readonly Moments[]) {
  const { right: first } = parts[0]!;
  const sum = (of: (part: Moments) => number) => parts.reduce((s, part) => s + of(part), 0);
  const gram = first.map((_, a) => first.map((__, b) => sum(({ gram: g }) => g[a]![b]!)));
  const right = first.map((_, a) => sum(({ right: r }) => r[a]!));
  const total = gram[0]![0]!;
  const mean = right[0]! / total;
  const ridge = (RIDGE * total) / sum(({ count }) => count);
  const slopes = solved(
    gram.map((row, a) => row.map((g, b) => g + (a === b && a > 0 ? ridge : 0))),
    right,
  );
  const low = parts.reduce((least, part) => Math.min(least, part.low), Number.POSITIVE_INFINITY);
  const high = parts.reduce((most, part) => Math.max(most, part.high), Number.NEGATIVE_INFINITY);
  const at = (x: readonly number[]) =>
    Math.min(
      high,
      Math.max(
        low,
        x.reduce((s, value, a) => s + value * slopes[a]!, 0),
      ),
    );
  return { at, mean };
}

/** Gauss's elimination with pivots; the ridge keeps the matrix from being singular. */
function solved(matrix: readonly (readonly number[])[], right: readonly number[]): readonly number[] {
  const m = matrix.map((row, a) => [...row, right[a]!]);
  const size = right.length;
  for (let c = 0; c < size; c++) {
    const pivot = Array.from({ length: size - c }, (_, i) => c + i).reduce((best, r) =>
      Math.abs(m[r]![c]!) > Math.abs(m[best]![c]!) ? r : best,
    );
    [m[c], m[pivot]] = [m[pivot]!, m[c]!];
    for (let r = 0; r < size; r++) {
      if (r === c) continue;
      const factor = m[r]![c]! / m[c]![c]!;
      for (let k = c; k <= size; k++) m[r]![k]! -= factor * m[c]![k]!;
    }
  }
  return m.map((row, c) => row[size]! / row[c]!);
}
