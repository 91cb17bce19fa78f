// What an estimator returns: a number that carries its interval and its n, or the reason why there is none.

import type { Interval } from "./interval.ts";

/** No number, and why. `n` says how many usable observations there were. */
export type NoEstimate = { readonly kind: "none"; readonly because: string; readonly n: number };

type Measured = {
  readonly point: number;
  readonly interval: Interval;
  /** Independent units: clusters where observations are clustered, else observations. */
  readonly n: number;
  /** Observations, where several share one unit. */
  readonly observations: number;
  /** The estimator's name as it is printed beside the number, e.g. "Wilson score". */
  readonly method: string;
};

/** A share or a mean on its own scale. */
export type Rate = ({ readonly kind: "rate" } & Measured) | NoEstimate;

/** Treatment minus control, paired unit by unit, from -1 to 1 for proportions. */
export type Difference = ({ readonly kind: "difference" } & Measured) | NoEstimate;

export type Estimate = Rate | Difference;

export function noEstimate(because: string, n: number): NoEstimate {
  return { kind: "none", because, n };
}
