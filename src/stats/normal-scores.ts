// Values by their rank alone, on the scale of the normal distribution: what a score says whatever its own scale.

import normalQuantile from "@stdlib/stats-base-dists-normal-quantile";

/** The normal quantile of (rank - 1/2) / n for each value, in their order; equal values share the middle of their ranks. */
export function normalScores(values: readonly number[]): readonly number[] {
  const order = values.map((_, i) => i).sort((a, b) => values[a]! - values[b]!);
  const out = values.map(() => 0);
  for (let from = 0; from < order.length;) {
    let to = from + 1;
    while (to < order.length && values[order[to]!] === values[order[from]!]) to++;
    const score = normalQuantile((from + to) / (2 * order.length), 0, 1);
    for (let k = from; k < to; k++) out[order[k]!] = score;
    from = to;
  }
  return out;
}
