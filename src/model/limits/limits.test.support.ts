// Fakes for tests of the limits: a clock in which sleeping is what makes time pass, and asks whose tries are told beforehand.

import { rngFrom } from "../../stats/rng.ts";
import type { Answered } from "../model.ts";
import type { Attempt, RetryCause, TryOnce } from "./attempt.ts";
import type { LimitClock, Limits } from "./limits.ts";

export type FakeClock = LimitClock & { readonly slept: number[] };

/** Starts at the epoch given; no real time passes. */
export function fakeClock(start = 0): FakeClock {
  let time = start;
  const slept: number[] = [];
  return {
    slept,
    now: () => time,
    sleep: async (ms, signal) => {
      signal.throwIfAborted();
      slept.push(ms);
      time += ms;
      await Promise.resolve();
    },
  };
}

export function limitsOf(change: Partial<Limits> = {}): Limits & { readonly clock: FakeClock } {
  return { concurrency: 4, rng: rngFrom(7), ...change, clock: (change.clock as FakeClock) ?? fakeClock() };
}

export function answeredBy(text: string, prefilled = 10, decoded = 2): Answered {
  return {
    answer: { kind: "wrote", text, finish: { unified: "stop", raw: "stop" }, tokens: decoded },
    usage: { prefilled, decoded },
  };
}

export function again(cause: RetryCause, because: string, afterMs?: number): Attempt {
  return { kind: "again", cause, because, ...(afterMs === undefined ? {} : { afterMs }) };
}

/** Tries in the order of the list, the last one for ever; `tried` holds what was asked. */
export function tellingTries(attempts: readonly Attempt[]): TryOnce<string> & { readonly tried: string[] } {
  const tried: string[] = [];
  const once: TryOnce<string> = async (ask) => {
    tried.push(ask);
    await Promise.resolve();
    return attempts[Math.min(tried.length, attempts.length) - 1] as Attempt;
  };
  return Object.assign(once, { tried });
}
