// A share read by an imperfect scorer: its interval made to hold whether the scorer errs here as it was measured to, or not.

import type { Rate } from "./estimate.ts";
import { intervalOf } from "./interval.ts";
import { misclassificationAdjusted, noRateFits, type Flags } from "./misclassification-adjusted.ts";

/**
 * The flagged share with the hull of its own interval and of `misclassificationAdjusted`'s: never narrower than without the
 * error rates. These are those of other texts, so they may not be those of these: where no rate fits both them and the flags
 * (fewer flags than false alarms alone would have given, as when nothing at all is flagged), the scorer errs less here than
 * there, and the share keeps its own interval. Any other reason for no adjusted rate (too few labels, a scorer no better than
 * chance) is a reason for none here.
 * @param raw the flagged share with an interval of its own; where it is none, it is returned
 * @throws RangeError when counts are not whole or not in order
 */
export function widenedByErrors(raw: Rate, flags: Flags): Rate {
  if (raw.kind === "none") return raw;
  const { level } = raw.interval;
  const adjusted = misclassificationAdjusted(flags, { level });
  if (adjusted.kind === "none") return adjusted.because === noRateFits ? raw : adjusted;
  const low = Math.min(raw.interval.low, adjusted.interval.low);
  const high = Math.max(raw.interval.high, adjusted.interval.high);
  return {
    ...raw,
    interval: intervalOf(low, high, level),
    method: `${raw.method}, widened to hold ${adjusted.method}`,
  };
}
