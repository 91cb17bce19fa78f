// The limits that asking a server is held to, their defaults, and what they are told of the world: clock and chance.

import type { Rng } from "../../stats/rng.ts";
import type { Backoff } from "./backoff.ts";
import type { RetryCause } from "./attempt.ts";

export type LimitClock = {
  /** Milliseconds since the epoch: a server may name a time of day. */
  readonly now: () => number;
  /** Resolves after that long; rejects once the signal is aborted. Time must have passed when it resolves. */
  readonly sleep: (ms: number, signal: AbortSignal) => Promise<void>;
};

export type RetryEvent = {
  readonly cause: RetryCause;
  readonly because: string;
  /** The try that failed, from 1. */
  readonly attempt: number;
  readonly waitMs: number;
  /** Requests allowed at once from now on. */
  readonly concurrency: number;
};

export type Limits = {
  /** Requests at once, at most; fewer for a while after the server asked for less. */
  readonly concurrency: number;
  readonly clock: LimitClock;
  /** Spreads the waits; nothing that is measured depends on it. */
  readonly rng: Rng;
  /** Requests in all, repetitions included. Absent: no cap. */
  readonly maxCalls?: number;
  /** Tokens in all, prompts and replies. Absent: no cap. */
  readonly maxTokens?: number;
  /** Tries of one ask, the first included. Default 5. */
  readonly tries?: number;
  /** Own waits, where the server names none. Default 500 ms, doubled up to 30 s. */
  readonly backoff?: Backoff;
  /** Told of each wait before it begins. */
  readonly onRetry?: (event: RetryEvent) => void;
};

export const TRIES = 5;
export const BACKOFF: Backoff = { firstMs: 500, mostMs: 30_000 };
/** A server that asks for more than this has no quota left: the run stops, and can go on later. */
export const LONGEST_SERVER_WAIT_MS = 120_000;
/** So many asks in a row without an answer, for reasons that are not the ask's own, end the run: the rest would only fail too. */
export const GIVE_UPS_IN_A_ROW = 10;
