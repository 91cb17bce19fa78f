// Limits on asking a server: concurrency that adapts, repetitions that heed the server's word, caps on calls and tokens.

export type { Attempt } from "./attempt.ts";
export type { Limits, RetryEvent } from "./limits.ts";
export { retryAfterMs } from "./retry-after.ts";
export { sleep } from "./sleep.ts";
export { withLimits } from "./with-limits.ts";
