// What a served model needs to be reached, and what it may cost.

import type { Limits } from "../limits/index.ts";

export type ServedOptions = {
  readonly name: string;
  readonly baseUrl: string;
  /** Never stored, never shown. White space around it is dropped; empty is none. */
  readonly apiKey?: string;
  /** A request that takes longer is given up, and tried again like any other that failed on the way. Milliseconds. */
  readonly timeoutMs: number;
  /** A longer answer is given up, and not asked for again. Bytes; default 4 MiB. */
  readonly mostBytes?: number;
  readonly limits: Limits;
};
