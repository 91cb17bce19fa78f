// A choose ask as tokens: the conversation with the opening words, and each option's own tokens after it.

import type { ChooseAsk } from "../../core/sample.ts";
import type { Tokenizer } from "../tokenizer/tokenizer.ts";

export type EncodedAsk = {
  readonly prompt: readonly number[];
  readonly options: readonly (readonly number[])[];
  /**
   * Where the greedy reply's first words are wanted (`ChooseAsk.begins`): the end of the opening of which every option carries its
   * own version, "" where the prompt holds all of it.
   */
  readonly begins?: { readonly overlap: string };
};

/**
 * Prompt and option are encoded as one text, as they would be if the model had written them. Where an option changes how
 * the prompt's last token is cut, the prompt ends before that token and every option carries its own version of it.
 */
export function encodeAsk(
  ask: ChooseAsk,
  tokenizer: Pick<Tokenizer, "startConversation" | "decode">,
): EncodedAsk {
  const start = tokenizer.startConversation(ask.messages);
  const bare = start(ask.opening);
  const whole = ask.options.map((option) => start(ask.opening + option));
  let shared = bare.length;
  for (const tokens of whole) {
    let i = 0;
    while (i < shared && i < tokens.length - 1 && tokens[i] === bare[i]) i++;
    shared = i;
  }
  return {
    prompt: bare.slice(0, shared),
    options: whole.map((tokens) => tokens.slice(shared)),
    ...(ask.begins ? { begins: { overlap: tokenizer.decode(bare.slice(shared)) } } : {}),
  };
}
