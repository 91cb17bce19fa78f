// Limits on asking a server: concurrency that adapts, repetitions that heed the server's word, caps on calls and tokens.

export type { Backoff } from "./backoff.ts";
export type { Attempt, LimitedAsk, RetryCause, TryOnce } from "./attempt.ts";
export type { LimitClock, Limits, RetryEvent } from "./limits.ts";
export { retryAfterMs } from "./retry-after.ts";
export { sleep } from "./sleep.ts";
export { type Limited, withLimits } from "./with-limits.ts";
