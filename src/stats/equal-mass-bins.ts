// Confidences in bins that hold about equally many, each with what came true in it.

export type Forecast = { readonly confidence: number; readonly outcome: 0 | 1 };

export type Bin = {
  readonly forecasts: readonly Forecast[];
  /** Mean confidence and share of ones. */
  readonly confidence: number;
  readonly accuracy: number;
  /** Its share of all forecasts. */
  readonly weight: number;
};

/**
 * @throws RangeError when the lists differ in length, a confidence lies outside [0, 1] or an outcome is
 * neither 0 nor 1.
 */
export function forecastsOf(
  who: string,
  confidences: readonly number[],
  outcomes: readonly (0 | 1)[],
): readonly Forecast[] {
  if (confidences.length !== outcomes.length) {
    throw new RangeError(`${who}: ${confidences.length} confidences but ${outcomes.length} outcomes`);
  }
  return confidences.map((confidence, i) => {
    const outcome = outcomes[i];
    if (!(confidence >= 0 && confidence <= 1))
      throw new RangeError(`${who}: a confidence must lie in [0, 1], got ${confidence}`);
    if (outcome !== 0 && outcome !== 1)
      throw new RangeError(`${who}: an outcome must be 0 or 1, got ${String(outcome)}`);
    return { confidence, outcome };
  });
}

/**
 * At most `bins` bins, from low confidence to high. Equal confidences always share a bin, so the order of the
 * items does not matter; a bin that ties would leave with less than half its share joins the one before it.
 */
export function equalMassBins(forecasts: readonly Forecast[], bins: number): readonly Bin[] {
  if (!Number.isInteger(bins) || bins < 1)
    throw new RangeError(`equalMassBins: bins must be a whole number of at least 1, got ${bins}`);
  const sorted = [...forecasts].sort((a, b) => a.confidence - b.confidence);
  const share = sorted.length / bins;
  const groups: Forecast[][] = [];
  let open: Forecast[] = [];
  sorted.forEach((forecast, i) => {
    open.push(forecast);
    const tied = sorted[i + 1]?.confidence === forecast.confidence;
    const full = Math.floor((i + 1) / share + 1e-9) > Math.floor((i + 1 - open.length) / share + 1e-9);
    if (i + 1 < sorted.length && (tied || !full)) return;
    const before = groups.at(-1);
    if (before !== undefined && open.length < share / 2) before.push(...open);
    else groups.push(open);
    open = [];
  });
  return groups.map((group) => binOf(group, sorted.length));
}

function binOf(forecasts: readonly Forecast[], total: number): Bin {
  const n = forecasts.length;
  const confidence = forecasts.reduce((sum, forecast) => sum + forecast.confidence, 0) / n;
  const accuracy = forecasts.reduce((sum, forecast) => sum + forecast.outcome, 0) / n;
  return { forecasts, confidence, accuracy, weight: n / total };
}
