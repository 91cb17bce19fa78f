// The points of a reliability diagram: mean confidence of a bin, and the share that came true with its interval.

import { equalMassBins, forecastsOf } from "./equal-mass-bins.ts";
import type { Rate } from "./estimate.ts";
import { wilson } from "./wilson.ts";

export type ReliabilityPoint = { readonly confidence: number; readonly accuracy: Rate };

/**
 * At most `bins` equal-mass bins, low confidence first; Wilson's interval for each, one at a time (not for all
 * at once).
 */
export function reliabilityBins(
  confidences: readonly number[],
  outcomes: readonly (0 | 1)[],
  { bins = 10, level = 0.95 }: { bins?: number; level?: number } = {},
): readonly ReliabilityPoint[] {
  return equalMassBins(forecastsOf("reliabilityBins", confidences, outcomes), bins).map(
    ({ confidence, forecasts }) => ({
      confidence,
      accuracy: wilson(forecasts.filter(({ outcome }) => outcome === 1).length, forecasts.length, { level }),
    }),
  );
}
