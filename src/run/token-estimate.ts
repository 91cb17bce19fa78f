// How many tokens an ask will cost, guessed before it is asked: for the dry run and for the time left.

import type { Usage } from "../core/observation.ts";
import type { Ask } from "../core/sample.ts";

export type TokenEstimate = (ask: Ask) => Usage;

/** About four characters of English to a token, and a few tokens of chat template to each turn. */
export const roughTokens: TokenEstimate = (ask) => {
  const prompt =
    ask.messages.reduce((sum, turn) => sum + tokensIn(turn.content) + 4, 4) + tokensIn(ask.opening ?? "");
  return ask.kind === "write"
    ? { prefilled: prompt, decoded: ask.maxTokens }
    : { prefilled: prompt + ask.options.reduce((sum, option) => sum + tokensIn(option), 0), decoded: 0 };
};

function tokensIn(text: string): number {
  return Math.ceil(text.length / 4);
}
