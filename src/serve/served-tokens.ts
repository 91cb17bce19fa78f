// The engine's tokenizer as the endpoint uses it: the one place that knows the names of both.

import type { Tokenizer } from "../engine/tokenizer/tokenizer.ts";
import type { ServedTokens } from "./served-model.ts";

type EngineTokenizer = Pick<
  Tokenizer,
  "vocabulary" | "stops" | "chat" | "affixes" | "encode" | "encodeConversation" | "tokenBytes"
>;

/**
 * Special tokens written out in a message are text, which a conversation's author can't use to fake a turn. In the prompt of a plain
 * completion they are control tokens, as with other local servers: whoever asks writes the model's whole input there. What the
 * tokenizer puts before raw text is put there too; what it puts after would end the text that is to go on.
 */
export function servedTokens(tokenizer: EngineTokenizer): ServedTokens {
  let longest = 1;
  for (let token = 0; token < tokenizer.vocabulary; token++)
    longest = Math.max(longest, tokenizer.tokenBytes(token).length);
  return {
    vocabulary: tokenizer.vocabulary,
    longest,
    stops: tokenizer.stops,
    speaks: tokenizer.chat.kind === "present",
    encodeChat: (messages) => tokenizer.encodeConversation(messages),
    encodeText: (text) => [...tokenizer.affixes.before, ...tokenizer.encode(text)],
    bytesOf: (token) => tokenizer.tokenBytes(token),
  };
}
