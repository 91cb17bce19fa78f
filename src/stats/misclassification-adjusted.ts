// The true rate behind a scorer's flags, widened by the error rates that were measured of that scorer.

import { clopperPearsonEnds } from "./clopper-pearson.ts";
import { requireCount } from "./counts.ts";
import { defaultLevel, zCritical } from "./critical-value.ts";
import { noEstimate, type Rate } from "./estimate.ts";
import { intervalOf } from "./interval.ts";

export type Flags = {
  /** Items that the scorer flagged, of n. */
  readonly flagged: number;
  readonly n: number;
  /** Of n labelled items that should not be flagged, how many the scorer flagged. */
  readonly falsePositives: { readonly count: number; readonly n: number };
  /** Of n labelled items that should be flagged, how many the scorer did not. */
  readonly falseNegatives: { readonly count: number; readonly n: number };
};

/** The fewest items, and the fewest labelled items of either kind. */
const leastForAdjusted = 20;

/** Why there is no estimate where the whole interval lies outside [0, 1]. */
export const noRateFits = "no rate from 0 to 1 fits both these flags and the scorer's measured error rates";

/**
 * (flagged share - FP rate) / (1 - FP rate - FN rate), clipped to [0, 1]. Sources: Rogan and Gladen (1978), Am.
 * J. Epidemiol. 107:71-76 (point); Lang and Reiczigel (2014), Prev. Vet. Med. 113:13-22 (interval, which counts
 * the uncertainty of all three shares). Assumes that the scorer errs on these items as it did on the labelled
 * ones. `n` counts the items, not the labelled ones. No estimate below 20 of any of the three, nor when the
 * exact bounds of sensitivity and specificity (each at `level`) allow a scorer no better than chance (low
 * sensitivity + low specificity at most 1), nor when the whole interval lies outside [0, 1].
 * @throws RangeError when counts are not whole or not in order.
 */
export function misclassificationAdjusted(
  flags: Flags,
  { level = defaultLevel }: { level?: number } = {},
): Rate {
  const { flagged, n, falsePositives: fp, falseNegatives: fn } = flags;
  requireCount("misclassificationAdjusted", flagged, n);
  requireCount("misclassificationAdjusted: false positives", fp.count, fp.n);
  requireCount("misclassificationAdjusted: false negatives", fn.count, fn.n);
  if (n === 0) return noEstimate("nothing was observed", 0);
  if (Math.min(n, fp.n, fn.n) < leastForAdjusted) {
    return noEstimate(
      `needs at least ${leastForAdjusted} items, and as many labelled ones of either kind`,
      n,
    );
  }
  const lowSensitivity = clopperPearsonEnds(fn.n - fn.count, fn.n, level)[0];
  const lowSpecificity = clopperPearsonEnds(fp.n - fp.count, fp.n, level)[0];
  if (lowSensitivity + lowSpecificity <= 1)
    return noEstimate("the scorer is not clearly better than chance", n);

  const youden = 1 - fp.count / fp.n - fn.count / fn.n;
  const point = clip((flagged / n - fp.count / fp.n) / youden);
  const [below, above] = langReiczigelEnds(flags, zCritical(level));
  if (below >= 1 || above <= 0) {
    return noEstimate(noRateFits, n);
  }
  const [low, high] = [clip(below), clip(above)];
  const interval = intervalOf(Math.min(low, point), Math.max(high, point), level);
  return {
    kind: "rate",
    point,
    interval,
    n,
    observations: n,
    method: "Rogan-Gladen, Lang-Reiczigel interval",
  };
}

/**
 * z^2 pseudo-items on the flags, 2 on each error rate, half of them errors; then a delta interval with a shift
 * of its centre.
 */
function langReiczigelEnds(
  { flagged, n, falsePositives: fp, falseNegatives: fn }: Flags,
  z: number,
): readonly [number, number] {
  const observed = (flagged + (z * z) / 2) / (n + z * z);
  const sensitivity = (fn.n - fn.count + 1) / (fn.n + 2);
  const specificity = (fp.n - fp.count + 1) / (fp.n + 2);
  const youden = sensitivity + specificity - 1;
  const centre = (observed + specificity - 1) / youden;
  const ofSensitivity = (sensitivity * (1 - sensitivity)) / (fn.n + 2);
  const ofSpecificity = (specificity * (1 - specificity)) / (fp.n + 2);
  const shift = 2 * z * z * (centre * ofSensitivity - (1 - centre) * ofSpecificity);
  const ofObserved = (observed * (1 - observed)) / (n + z * z);
  const half =
    (z * Math.sqrt(ofObserved + centre ** 2 * ofSensitivity + (1 - centre) ** 2 * ofSpecificity)) / youden;
  return [centre + shift - half, centre + shift + half];
}

function clip(share: number): number {
  return Math.min(1, Math.max(0, share));
}
