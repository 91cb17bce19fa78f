// The text of some tokens inside a longer one: a first space is kept, which `decode` takes for the tokenizer's own in some families.

import type { Tokenizer } from "./tokenizer.ts";

/** Special tokens left out; bytes that are no character become U+FFFD. */
export function exactText(
  tokenizer: Pick<Tokenizer, "tokenBytes" | "special">,
  ids: readonly number[],
): string {
  const decoder = new TextDecoder("utf-8", { ignoreBOM: true });
  const parts = ids
    .filter((id) => !tokenizer.special.has(id))
    .map((id) => decoder.decode(tokenizer.tokenBytes(id), { stream: true }));
  return parts.join("") + decoder.decode();
}
