// What a served model needs to be reached, and what it may cost.

import type { Limits } from "../limits/index.ts";

export type ServedOptions = {
  readonly name: string;
  readonly baseUrl: string;
  /** Never stored, never shown. */
  readonly apiKey?: string;
  /** A request that takes longer is given up, and tried again like any other that failed on the way. */
  readonly timeoutMs: number;
  readonly limits: Limits;
};
