// The count of tokens as the API writes it. A prompt counts once, however many choices go on from it.

import type { Used } from "./answer.ts";

export function usageOf({ promptTokens, completionTokens }: Used) {
  return {
    prompt_tokens: promptTokens,
    completion_tokens: completionTokens,
    total_tokens: promptTokens + completionTokens,
  };
}
