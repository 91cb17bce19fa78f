// How long a run will still take, from how long its work so far has taken.

import type { Usage } from "../core/observation.ts";

export type TimeLeft =
  | { readonly kind: "known"; readonly seconds: number }
  | { readonly kind: "unknown"; readonly because: string };

/** Work in units of one prefilled token. A decoded token costs about three times as much in a full batch. */
export function workOf(usage: Usage): number {
  return usage.prefilled + 3 * usage.decoded;
}

/**
 * Proportional: what is left takes as long for each unit of work as what was done in this session.
 * @param work units done in this session and units that remain, 0 or more
 * @param elapsedSeconds since the first of them was begun
 */
export function timeLeft(
  work: { readonly done: number; readonly remaining: number },
  elapsedSeconds: number,
): TimeLeft {
  if (work.remaining <= 0) return { kind: "known", seconds: 0 };
  if (work.done <= 0 || elapsedSeconds <= 0)
    return { kind: "unknown", because: "nothing has been asked yet" };
  return { kind: "known", seconds: (elapsedSeconds / work.done) * work.remaining };
}
