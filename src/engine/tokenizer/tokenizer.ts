// The tokenizer and chat template that a GGUF file carries, run by the maintained libraries.

import { Template } from "@huggingface/jinja";
import { Tokenizer as HuggingFaceTokenizer } from "@huggingface/tokenizers";
import { SetupError } from "../../core/errors.ts";
import type { Message } from "../../core/message.ts";
import { shown } from "../weights/shown.ts";
import { preTokenizers } from "./pre-tokenizers.ts";

export interface Tokenizer {
  readonly vocabulary: number;
  /** Tokens at which a reply ends. */
  readonly stops: ReadonlySet<number>;
  /** Any token that may stand where nothing is looked at. */
  readonly padding: number;
  /** Text to token ids; special tokens written out in the text are recognised, as the model's own tooling does. */
  encode(text: string): number[];
  /** Token ids to text, special tokens left out. */
  decode(ids: readonly number[]): string;
  /** The conversation as the model was trained to read it, up to the beginning of the assistant's turn. @throws SetupError when the template refuses it. */
  render(messages: readonly Message[]): string;
}

/** ggml's token types: 3 marks control tokens, 4 user-defined ones. */
const CONTROL = 3;
const USER_DEFINED = 4;

/** @throws SetupError when the file has no tokenizer, or one of a kind that is not supported. */
export function tokenizerFrom(path: string, metadata: Readonly<Record<string, unknown>>): Tokenizer {
  const entry = (name: string) => metadata[`tokenizer.ggml.${name}`];
  const unsupported = (what: string, hint: string) =>
    new SetupError("TOKENIZER", `${path}: ${what}`, { hint });
  const tokens = textList(entry("tokens"));
  const merges = textList(entry("merges"));
  if (entry("model") !== "gpt2" || !tokens || !merges) {
    throw unsupported(
      `tokenizer ${shown(entry("model"))} is not supported`,
      "Supported: gpt2 (byte-level BPE) with its tokens and merges in the file.",
    );
  }
  const pre = entry("pre") ?? "gpt-2";
  const cut = typeof pre === "string" && Object.hasOwn(preTokenizers, pre) ? preTokenizers[pre] : undefined;
  if (!cut) {
    throw unsupported(
      `pre-tokenizer ${shown(pre)} is not supported`,
      `Supported: ${Object.keys(preTokenizers).join(", ")}.`,
    );
  }
  const vocabulary = new Map(tokens.map((token, id) => [token, id]));
  // A merge whose result is no token would drop text without a word.
  const stray = merges.find(
    (merge) => merge.split(" ").length !== 2 || !vocabulary.has(merge.replace(" ", "")),
  );
  if (stray !== undefined) {
    throw unsupported(
      `its merge ${JSON.stringify(stray.slice(0, 100))} makes no token of the vocabulary`,
      "The file is damaged, or its tokens and merges belong to two tokenizers.",
    );
  }
  const types = entry("token_type");
  const typeOf = (id: number) => (Array.isArray(types) ? Number(types[id]) : 0);
  const special = tokens.flatMap((content, id) =>
    typeOf(id) === CONTROL || typeOf(id) === USER_DEFINED
      ? [
          {
            id,
            content,
            special: typeOf(id) === CONTROL,
            single_word: false,
            lstrip: false,
            rstrip: false,
            normalized: false,
          },
        ]
      : [],
  );
  const inner = new HuggingFaceTokenizer(
    {
      version: "1.0",
      truncation: null,
      padding: null,
      added_tokens: special,
      normalizer: null,
      pre_tokenizer: cut,
      post_processor: null,
      decoder: { type: "ByteLevel" },
      model: {
        type: "BPE",
        vocab: Object.fromEntries(vocabulary),
        merges,
        unk_token: null,
        byte_fallback: false,
      },
    } as never,
    {} as never,
  );
  const id = (name: string) => {
    const value = entry(name);
    return typeof value === "number" && Number.isInteger(value) && value >= 0 && value < tokens.length
      ? value
      : undefined;
  };
  const eos = id("eos_token_id");
  if (eos === undefined)
    throw unsupported(
      "the file names no end-of-sequence token",
      "The file is damaged or was converted without its tokenizer.",
    );
  const stops = new Set([
    eos,
    ...[id("eot_token_id"), id("eom_token_id")].filter((token) => token !== undefined),
    ...special.filter((t) => t.content === "<|endoftext|>" || t.content === "<|im_end|>").map((t) => t.id),
  ]);
  const template = chatTemplate(path, metadata["tokenizer.chat_template"]);
  const bos = tokens[id("bos_token_id") ?? -1] ?? "";

  return {
    vocabulary: tokens.length,
    stops,
    padding: id("padding_token_id") ?? eos,
    encode: (text) => inner.encode(text, { add_special_tokens: false }).ids,
    // The library refuses an empty list, but a reply may end before it began.
    decode: (ids) =>
      ids.length === 0
        ? ""
        : inner.decode([...ids], { skip_special_tokens: true, clean_up_tokenization_spaces: false }),
    render: (messages) => {
      try {
        return template.render({
          messages: messages.map((m) => ({ ...m })),
          add_generation_prompt: true,
          bos_token: bos,
          eos_token: tokens[eos],
        });
      } catch (error) {
        throw templateFault(path, "refuses this conversation", error);
      }
    },
  };
}

function chatTemplate(path: string, source: unknown): Template {
  if (typeof source !== "string") {
    throw new SetupError("CHAT_TEMPLATE", `${path} has no chat template`, {
      hint: "Use an instruction-tuned model: the audit speaks to it in turns.",
    });
  }
  try {
    return new Template(source);
  } catch (error) {
    throw templateFault(path, "can't be read", error);
  }
}

function templateFault(path: string, what: string, error: unknown): SetupError {
  const reason = error instanceof Error ? error.message : String(error);
  return new SetupError("CHAT_TEMPLATE", `${path}: its chat template ${what}: ${reason}`, {
    hint: "The file is damaged, or its template uses what is not supported (some allow no system prompt).",
    cause: error,
  });
}

function textList(value: unknown): string[] | undefined {
  return Array.isArray(value) && value.every((x) => typeof x === "string") ? (value as string[]) : undefined;
}
