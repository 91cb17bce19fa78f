// The caps on calls and tokens: what is under way counts at its worst until it is known, so that a cap is never passed.

import type { Usage } from "../../core/observation.ts";

export type Spent = { readonly calls: number; readonly tokens: number };

export type Reservation =
  /** To be settled once, with what it cost, or `unknown` where that never came to light: then the worst is kept. */
  | { readonly kind: "granted"; readonly settle: (usage: Usage | "unknown") => void }
  | { readonly kind: "refused"; readonly because: string };

export type Budget = {
  /** Room for one call that costs `worst` tokens at most. Once refused, always refused: else only short asks would come through. */
  readonly reserve: (worst: number) => Reservation;
  readonly spent: () => Spent;
};

export function budgetOf(caps: { readonly maxCalls?: number; readonly maxTokens?: number }): Budget {
  const { maxCalls = Infinity, maxTokens = Infinity } = caps;
  let calls = 0;
  let tokens = 0;
  let reserved = 0;
  let refusal: string | undefined;
  return {
    spent: () => ({ calls, tokens }),
    reserve: (worst) => {
      if (calls + 1 > maxCalls) refusal ??= `cap on calls reached (${maxCalls})`;
      else if (tokens + reserved + worst > maxTokens) refusal ??= `cap on tokens reached (${maxTokens})`;
      if (refusal !== undefined) return { kind: "refused", because: refusal };
      calls++;
      reserved += worst;
      return {
        kind: "granted",
        settle: (usage) => {
          reserved -= worst;
          tokens += usage === "unknown" ? worst : usage.prefilled + usage.decoded;
        },
      };
    },
  };
}
