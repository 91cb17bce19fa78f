// Log-probabilities as chat completions write them.

import type { Scored } from "./piece.ts";
import { tokenName, writtenLogprob } from "./token-name.ts";

export function chatLogprobs(scored: readonly Scored[], bytesOf: (token: number) => Uint8Array) {
  const entry = (token: number, logprob: number) => {
    const bytes = bytesOf(token);
    return { token: tokenName(bytes), logprob: writtenLogprob(logprob), bytes: [...bytes] };
  };
  return {
    content: scored.map(({ token, logprob = 0, top }) => ({
      ...entry(token, logprob),
      top_logprobs: top.map((t) => entry(t.token, t.logprob)),
    })),
    refusal: null,
  };
}
