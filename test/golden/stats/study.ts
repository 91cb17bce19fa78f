// What a coverage study is made of: truths, the share of samples whose interval holds the truth, and the bars for it.

import type { Estimate, Rng } from "../../../src/stats/index.ts";
import { rngFrom } from "../../../src/stats/index.ts";

/**
 * `floor`: an interval that promises its level at every truth. `mean`: in the mean over truths. `asymptotic`:
 * 93 to 97 %.
 */
export type Promise = "floor" | "mean" | "asymptotic" | "printed";

export type Cell = {
  readonly truth: string;
  /** Share of samples whose interval holds the truth. */
  readonly coverage: number;
  /**
   * Whether the upper bar holds here too: not where a share lies near its bound or a fallback takes over, which
   * errs on the safe side.
   */
  readonly capped: boolean;
};

export type Study = {
  readonly estimator: string;
  readonly design: string;
  readonly promise: Promise;
  /** Samples per truth; 0 where coverage is an exact sum over all samples. */
  readonly samples: number;
  /** Seconds, not minutes: re-derived in every test run. */
  readonly quick: boolean;
  readonly cells: () => readonly Cell[];
};

export type Row = {
  readonly estimator: string;
  readonly design: string;
  readonly promise: Promise;
  readonly samples: number;
  readonly truths: number;
  readonly mean: number;
  readonly minimum: number;
  readonly minimumAt: string;
  /** Over the capped truths only; absent where there are none. */
  readonly maximum?: number;
  readonly maximumAt?: string;
};

export function rowOf({ estimator, design, promise, samples, cells }: Study): Row {
  const found = cells();
  const least = found.reduce((a, b) => (b.coverage < a.coverage ? b : a));
  const capped = found.filter((cell) => cell.capped);
  const most = capped.length > 0 ? capped.reduce((a, b) => (b.coverage > a.coverage ? b : a)) : undefined;
  return {
    estimator,
    design,
    promise,
    samples,
    truths: found.length,
    mean: round(found.reduce((sum, { coverage }) => sum + coverage, 0) / found.length),
    minimum: round(least.coverage),
    minimumAt: least.truth,
    ...(most === undefined ? {} : { maximum: round(most.coverage), maximumAt: most.truth }),
  };
}

/** What is wrong with a row, or undefined. `slack`: two standard errors of a simulated share, 0 for an exact sum. */
export function faultOf(row: Row): string | undefined {
  const slack = row.samples === 0 ? 0 : 2 * Math.sqrt((0.95 * 0.05) / row.samples);
  const says = `${row.estimator}, ${row.design}`;
  if (row.promise === "floor" && row.minimum < 0.95 - slack)
    return `${says}: ${row.minimum} at ${row.minimumAt} is below .95`;
  if (row.promise === "mean" && !(row.mean >= 0.945 && row.mean <= 0.96))
    return `${says}: mean ${row.mean} is not in .945-.96`;
  if (row.promise === "asymptotic" && row.minimum < 0.93 - slack)
    return `${says}: ${row.minimum} at ${row.minimumAt} is below .93`;
  if (row.promise === "asymptotic" && row.maximum !== undefined && row.maximum > 0.97 + slack) {
    return `${says}: ${row.maximum} at ${row.maximumAt} is above .97`;
  }
  return undefined;
}

export function covers(estimate: Estimate, truth: number): boolean {
  if (estimate.kind === "none") throw new Error(`no estimate: ${estimate.because}`);
  return holds([estimate.interval.low, estimate.interval.high], truth);
}

/** With room for rounding, so that an end that equals the truth counts. */
export function holds([low, high]: readonly [number, number], truth: number): boolean {
  return low <= truth + 1e-12 && truth <= high + 1e-12;
}

/** The share of `samples` seeded samples for which `hit` is true. */
export function shareOf(seed: string, samples: number, hit: (rng: Rng) => boolean): number {
  const rng = rngFrom(`coverage/${seed}`);
  let hits = 0;
  for (let i = 0; i < samples; i++) if (hit(rng)) hits++;
  return hits / samples;
}

const logs = [0];
export function logFactorial(n: number): number {
  for (let i = logs.length; i <= n; i++) logs.push((logs[i - 1] as number) + Math.log(i));
  return logs[n] as number;
}

function round(share: number): number {
  return Math.round(share * 1e4) / 1e4;
}
