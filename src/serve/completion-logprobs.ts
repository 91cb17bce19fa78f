// Log-probabilities as completions write them: four lists of the same length.

import type { Scored } from "./piece.ts";
import { tokenName, writtenLogprob } from "./token-name.ts";

export type CompletionLogprobs = {
  readonly tokens: string[];
  readonly token_logprobs: (number | null)[];
  readonly top_logprobs: (Readonly<Record<string, number>> | null)[];
  readonly text_offset: number[];
};

/**
 * A function that writes the tokens of one choice, piece by piece. Offsets count characters from the beginning of the prompt, echoed
 * or not; a token that begins inside a character has that character's.
 * @param start where the first of these tokens begins. Below 0 where they have characters that the text lacks: the beginning-of-text
 * token that a model wants, the space that some tokenizers put before a text.
 */
export function completionLogprobs(
  bytesOf: (token: number) => Uint8Array,
  start: number,
): (scored: readonly Scored[]) => CompletionLogprobs {
  const decoder = new TextDecoder("utf-8", { ignoreBOM: true });
  let offset = start;
  const name = (token: number) => tokenName(bytesOf(token), "bytes:");
  return (scored) => {
    const lists: CompletionLogprobs = { tokens: [], token_logprobs: [], top_logprobs: [], text_offset: [] };
    for (const { token, logprob, top } of scored) {
      lists.tokens.push(name(token));
      lists.text_offset.push(Math.max(0, offset));
      offset += characters(decoder.decode(bytesOf(token), { stream: true }));
      lists.token_logprobs.push(logprob === undefined ? null : writtenLogprob(logprob));
      // The token itself is always among them, so there may be one more than was asked for.
      const listed = logprob === undefined ? null : [...top, { token, logprob }];
      lists.top_logprobs.push(
        listed && strongest(listed.map((t) => [name(t.token), writtenLogprob(t.logprob)])),
      );
    }
    return lists;
  };
}

export function characters(text: string): number {
  let count = 0;
  for (const _ of text) count++;
  return count;
}

/** Two tokens may be written alike: the more probable one stands for both. */
function strongest(entries: readonly (readonly [string, number])[]): Readonly<Record<string, number>> {
  const found = new Map<string, number>();
  for (const [name, logprob] of entries) found.set(name, Math.max(logprob, found.get(name) ?? -Infinity));
  return Object.fromEntries(found);
}
