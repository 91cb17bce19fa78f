// What the engine knows of a model's tokenizer, and the one that a GGUF file carries.

import { SetupError } from "../../core/errors.ts";
import type { Message } from "../../core/message.ts";
import { shown } from "../weights/shown.ts";
import { chatTemplate, type Chat } from "./chat-template.ts";
import type { GgufCodec } from "./codec.ts";
import { ggufByteLevel } from "./gguf-byte-level.ts";
import { ggufSentencepiece } from "./gguf-sentencepiece.ts";
import { makeTokenizer } from "./make-tokenizer.ts";

/** What becomes of a special token's text ("<|im_end|>"): the token itself, or the characters that are written there. */
export type SpecialTokens = "control" | "text";

export type ConversationOptions = {
  /** In messages and opening. "text" unless said otherwise; "control" is what transformers does: an author can fake turns. */
  readonly specialTokensInText?: SpecialTokens;
};

export interface Tokenizer {
  readonly vocabulary: number;
  /** Tokens at which a reply ends. */
  readonly stops: ReadonlySet<number>;
  /** Any token that may stand where nothing is looked at. */
  readonly padding: number;
  /** Whether the model can be spoken to in turns; if not, `because` is the error to show to who needs that. */
  readonly chat: Chat;
  /** Control tokens, left out of decoded text. */
  readonly special: ReadonlySet<number>;
  /** What the model's own tokenizer puts around raw text: mostly a beginning-of-text token before it, or nothing. */
  readonly affixes: { readonly before: readonly number[]; readonly after: readonly number[] };
  /** Whether `decode` takes off a first space, because the tokenizer put it there (SentencePiece). */
  readonly dropsFirstSpace: boolean;
  /** Text to token ids and nothing around it; special tokens written out in it are recognised unless they shall be text. */
  encode(text: string, options?: { readonly specialTokens?: SpecialTokens }): number[];
  /** Raw text as the model reads it where there is no conversation: `encode` between the affixes. */
  encodeText(text: string, options?: { readonly specialTokens?: SpecialTokens }): number[];
  /**
   * A conversation to token ids, up to the beginning of the assistant's turn and the words given for it. The template's own special tokens are
   * control tokens; the same text in a message or in the opening is text, unless the options say otherwise. Where no message
   * holds a special token's text this is `encode(render(messages) + opening)`. @throws SetupError as `render`
   */
  encodeConversation(
    messages: readonly Message[],
    options?: ConversationOptions & { readonly opening?: string },
  ): number[];
  /** The same with the template run once, for several openings. */
  startConversation(
    messages: readonly Message[],
    options?: ConversationOptions,
  ): (opening: string) => number[];
  /** Token ids to text, special tokens left out; bytes that are no character become U+FFFD. */
  decode(ids: readonly number[]): string;
  /** The bytes of one token, of a special one those of its name; none beyond the vocabulary. May end or begin inside a character. */
  tokenBytes(id: number): Uint8Array;
  /**
   * The conversation as the model was trained to read it, up to the beginning of the assistant's turn.
   * @throws SetupError when there is no template (see `chat`), or when it refuses the conversation
   */
  render(messages: readonly Message[]): string;
}

const kinds: Readonly<Record<string, (path: string, entry: (name: string) => unknown) => GgufCodec>> = {
  gpt2: ggufByteLevel,
  llama: ggufSentencepiece,
};

/**
 * @param path for messages
 * @param metadata of a GGUF file
 * @throws SetupError when the file has no tokenizer, or one of a kind that is not supported. A missing chat template is none: see `chat`.
 */
export function tokenizerFrom(path: string, metadata: Readonly<Record<string, unknown>>): Tokenizer {
  const entry = (name: string) => metadata[`tokenizer.ggml.${name}`];
  const kind = entry("model");
  const read = typeof kind === "string" && Object.hasOwn(kinds, kind) ? kinds[kind] : undefined;
  if (!read) {
    throw new SetupError("TOKENIZER", `${path}: tokenizer ${shown(kind)} is not supported`, {
      hint: "Supported: gpt2 (byte-level BPE), llama (SentencePiece with scores).",
    });
  }
  const { codec, tokens, addsBos } = read(path, entry);
  const id = (name: string) => {
    const value = entry(name);
    return typeof value === "number" && Number.isInteger(value) && value >= 0 && value < tokens.length
      ? value
      : undefined;
  };
  const eos = id("eos_token_id");
  if (eos === undefined) {
    throw new SetupError("TOKENIZER", `${path}: the file names no end-of-sequence token`, {
      hint: "The file is damaged or was converted without its tokenizer.",
    });
  }
  const bos = id("bos_token_id");
  const wanted = (name: string, otherwise: boolean) => {
    const value = entry(name);
    return typeof value === "boolean" ? value : otherwise;
  };
  return makeTokenizer({
    codec,
    template: chatTemplate(path, metadata["tokenizer.chat_template"], {
      bos_token: tokens[bos ?? -1] ?? "",
      eos_token: tokens[eos],
    }),
    stops: [eos, ...[id("eot_token_id"), id("eom_token_id")].filter((token) => token !== undefined)],
    padding: id("padding_token_id") ?? eos,
    affixes: {
      before: bos !== undefined && wanted("add_bos_token", addsBos) ? [bos] : [],
      after: wanted("add_eos_token", false) ? [eos] : [],
    },
  });
}
