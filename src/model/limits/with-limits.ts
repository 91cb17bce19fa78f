// Asks a server within limits: so many at once, tried again where that helps, no more calls and tokens than allowed.

import { SetupError } from "../../core/errors.ts";
import type { Usage } from "../../core/observation.ts";
import type { Answered } from "../model.ts";
import type { Attempt, LimitedAsk, TryOnce } from "./attempt.ts";
import { backoffMs } from "./backoff.ts";
import { budgetOf, type Spent } from "./budget.ts";
import { adaptiveGate } from "./gate.ts";
import { BACKOFF, GIVE_UPS_IN_A_ROW, LONGEST_SERVER_WAIT_MS, TRIES, type Limits } from "./limits.ts";

export type Limited<A> = {
  /**
   * An ask that no try answers, or that a cap leaves no room for, is answered `failed` with the reason.
   * @throws SetupError what `tryOnce` throws; when the server asks to wait too long; when it answers none of many in a row.
   * @throws the signal's reason once it is aborted: requests under way are ended, nothing is answered.
   */
  readonly ask: LimitedAsk<A>;
  readonly spent: () => Spent & { readonly retries: number };
};

/** @param worst tokens that one try of an ask can cost. */
export function withLimits<A>(tryOnce: TryOnce<A>, worst: (ask: A) => number, limits: Limits): Limited<A> {
  const { clock, rng, tries = TRIES } = limits;
  const gate = adaptiveGate(limits.concurrency);
  const budget = budgetOf(limits);
  let retries = 0;
  let unanswered = 0;
  /** What the server says holds for all: nobody asks before this time (ms since the epoch). */
  let notBefore = -Infinity;

  async function askOne(ask: A, signal: AbortSignal): Promise<Answered> {
    for (let attempt = 1; ; attempt++) {
      const { tried, waitMs, shared } = await tryInTurn(ask, attempt, signal);
      if (tried.kind === "answered") return counted(tried);
      if ((tried.afterMs ?? 0) > LONGEST_SERVER_WAIT_MS) throw tooLong(tried.afterMs as number);
      if (attempt >= tries) {
        const because = `given up after ${tries} ${tries === 1 ? "try" : "tries"}: ${tried.because}`;
        return counted({ kind: "answered", answered: failed(because), ...(shared ? {} : { suspect: true }) });
      }
      retries++;
      const { cause, because } = tried;
      limits.onRetry?.({ cause, because, attempt, waitMs, concurrency: gate.width() });
      if (!shared) await clock.sleep(waitMs, signal);
    }
  }

  /** One try, and how long to wait after it. A wait that all share is set before the next asker is let through. */
  async function tryInTurn(
    ask: A,
    attempt: number,
    signal: AbortSignal,
  ): Promise<{ tried: Attempt; waitMs: number; shared: boolean }> {
    const pass = await gate.enter(signal);
    let how: Parameters<typeof pass.leave>[0] = "neither";
    try {
      for (let wait = notBefore - clock.now(); wait > 0; wait = notBefore - clock.now()) {
        await clock.sleep(wait, signal);
      }
      signal.throwIfAborted();
      const tried = await tryWithin(ask, signal);
      if (tried.kind === "answered") {
        how = "passed";
        return { tried, waitMs: 0, shared: false };
      }
      const throttled = tried.cause === "throttled";
      const shared = throttled || tried.afterMs !== undefined;
      const waitMs = backoffMs(attempt, tried.afterMs, limits.backoff ?? BACKOFF, rng);
      if (shared) notBefore = Math.max(notBefore, clock.now() + waitMs);
      if (throttled) how = "throttled";
      return { tried, waitMs, shared };
    } finally {
      pass.leave(how);
    }
  }

  async function tryWithin(ask: A, signal: AbortSignal): Promise<Attempt> {
    const room = budget.reserve(worst(ask));
    if (room.kind === "refused") return { kind: "answered", answered: failed(room.because) };
    let cost: Usage | "unknown" = "unknown";
    try {
      const tried = await tryOnce(ask, { signal });
      signal.throwIfAborted();
      if (tried.kind === "answered") cost = tried.answered.usage;
      else if (tried.cause !== "timeout") cost = { prefilled: 0, decoded: 0 };
      return tried;
    } finally {
      room.settle(cost);
    }
  }

  /** Counts answers that say more of the server than of the ask. */
  function counted({ answered, suspect }: Extract<Attempt, { kind: "answered" }>): Answered {
    if (answered.answer.kind !== "failed") unanswered = 0;
    if (answered.answer.kind === "failed" && suspect && ++unanswered >= GIVE_UPS_IN_A_ROW) {
      throw new SetupError(
        "NO_ANSWERS",
        `none of the last ${unanswered} requests was answered: ${answered.answer.because}`,
        {
          hint: "See to the server and give the same command again: it goes on with what is stored.",
        },
      );
    }
    return answered;
  }

  return {
    spent: () => ({ ...budget.spent(), retries }),
    ask: async (asks, { signal } = {}) => {
      const faults = new AbortController();
      const both = signal === undefined ? faults.signal : AbortSignal.any([signal, faults.signal]);
      const settled = await Promise.allSettled(
        asks.map(async (ask) => {
          try {
            return await askOne(ask, both);
          } catch (error) {
            faults.abort(error);
            throw error;
          }
        }),
      );
      signal?.throwIfAborted();
      if (faults.signal.aborted) throw faults.signal.reason;
      return settled.map((one) => (one as PromiseFulfilledResult<Answered>).value);
    },
  };
}

function failed(because: string): Answered {
  return { answer: { kind: "failed", because }, usage: { prefilled: 0, decoded: 0 } };
}

function tooLong(ms: number): SetupError {
  return new SetupError(
    "RATE_LIMIT",
    `the server asks to wait ${Math.ceil(ms / 1000)} s before the next request`,
    {
      hint: "Give the same command again when that time is over: it goes on with what is stored. A lower --concurrency may help.",
    },
  );
}
