// What forms are fitted to: steps of a curve by cluster, and the pressure at its points.

import type { ClusterSums } from "../curve-resamples.ts";

export type FormSample = {
  /** Differences between neighbouring points, summed by cluster. */
  readonly of: ClusterSums;
  /** The points' n, and their d = sqrt(KL) in sqrt(nat): one more than there are steps, from n = 1 and d = 0. */
  readonly points: readonly number[];
  readonly d: readonly number[];
  /** Of the intervals. */
  readonly level: number;
  readonly observations: number;
};
