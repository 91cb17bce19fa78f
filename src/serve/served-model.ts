// What the endpoint needs of a model: its name, its tokens, a running decoder, and the scores of a prompt's own tokens.

import type { Message } from "../core/message.ts";
import type { Decoder, TokenLogprob } from "../engine/decode/decoder.ts";

export type ServedTokens = {
  readonly vocabulary: number;
  /** Bytes of the longest token: a text of n bytes has at least n / longest tokens. */
  readonly longest: number;
  /** Tokens at which a reply ends. */
  readonly stops: ReadonlySet<number>;
  /** Whether there is a chat template. */
  readonly speaks: boolean;
  /** The conversation up to the beginning of the assistant's turn. @throws SetupError (code CHAT_TEMPLATE) where the model's template refuses it. */
  readonly encodeChat: (messages: readonly Message[]) => readonly number[];
  /** With what the model wants before a text, mostly a beginning-of-text token or nothing. */
  readonly encodeText: (text: string) => readonly number[];
  /** A token's part of the text in UTF-8; it may begin or end inside a character. */
  readonly bytesOf: (token: number) => Uint8Array;
};

/** What the model thought of each place of a text: `places[i]` of token i + 1, and the tokens that would come next. */
export type PromptScores = {
  readonly places: readonly { readonly logprob: number; readonly top: readonly TokenLogprob[] }[];
  /** The most probable tokens after the text, at least one. */
  readonly next: readonly TokenLogprob[];
};

export type ServedModel = {
  /** The name that clients ask for. Never a path. */
  readonly id: string;
  /** Changes whenever the weights or the engine change. */
  readonly fingerprint: string;
  /** Tokens of prompt and reply together. */
  readonly context: number;
  readonly tokens: ServedTokens;
  readonly decoder: Decoder;
  /** Natural logarithms, at temperature 1. `top` tokens are listed for each place, 0 or more. */
  scorePrompt(prompt: readonly number[], top: number, signal: AbortSignal): Promise<PromptScores>;
};
