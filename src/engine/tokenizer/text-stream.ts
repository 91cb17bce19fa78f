// Tokens to text one at a time: what each makes certain, in total exactly what `decode` makes of all of them.

import type { Tokenizer } from "./tokenizer.ts";

export type TextStream = {
  /** The text that this token makes certain: "" while a character is incomplete, and for special tokens. */
  push(id: number): string;
  /** What is left: an incomplete character, as U+FFFD. The stream begins anew. */
  end(): string;
};

/** @param tokenizer whose `decode` is followed */
export function textStream(
  tokenizer: Pick<Tokenizer, "tokenBytes" | "special" | "dropsFirstSpace">,
): TextStream {
  // A mark at the beginning is text like any other: a model wrote it.
  let decoder = new TextDecoder("utf-8", { ignoreBOM: true });
  let begun = !tokenizer.dropsFirstSpace;
  const out = (text: string) => {
    if (begun || text === "") return text;
    begun = true;
    return text.startsWith(" ") ? text.slice(1) : text;
  };
  return {
    push: (id) =>
      tokenizer.special.has(id) ? "" : out(decoder.decode(tokenizer.tokenBytes(id), { stream: true })),
    end: () => {
      const rest = out(decoder.decode());
      decoder = new TextDecoder("utf-8", { ignoreBOM: true });
      begun = !tokenizer.dropsFirstSpace;
      return rest;
    },
  };
}
