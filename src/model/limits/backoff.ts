// How long to wait before the next try: the server's word where it gave one, else doubling waits that chance spreads.

import type { Rng } from "../../stats/rng.ts";

export type Backoff = {
  /** The first wait, doubled with each further try. */
  readonly firstMs: number;
  readonly mostMs: number;
};

/**
 * Milliseconds after the failed try number `attempt` (from 1). The server's word is kept as it is; an own wait lies between
 * half and the whole of the doubled one, so that many askers do not return at once.
 */
export function backoffMs(
  attempt: number,
  serverMs: number | undefined,
  { firstMs, mostMs }: Backoff,
  rng: Rng,
): number {
  if (serverMs !== undefined) return serverMs;
  const whole = Math.min(mostMs, firstMs * 2 ** (attempt - 1));
  return Math.ceil(whole * (0.5 + 0.5 * rng.uniform()));
}
