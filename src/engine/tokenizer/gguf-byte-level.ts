// Byte-level BPE as a GGUF file has it (`tokenizer.ggml.model` = "gpt2"): tokens, merges and the name of the cutting.

import { SetupError } from "../../core/errors.ts";
import { shown } from "../weights/shown.ts";
import type { GgufCodec } from "./codec.ts";
import { addedByType, CONTROL, textList, USER_DEFINED } from "./gguf-lists.ts";
import { libraryCodec } from "./library-codec.ts";
import { preTokenizers } from "./pre-tokenizers.ts";

/** @throws SetupError when a list is missing or damaged, or the cutting is not known */
export function ggufByteLevel(path: string, entry: (name: string) => unknown): GgufCodec {
  const unsupported = (what: string, hint: string) =>
    new SetupError("TOKENIZER", `${path}: ${what}`, { hint });
  const tokens = textList(entry("tokens"));
  const merges = textList(entry("merges"));
  if (!tokens || !merges) {
    throw unsupported(
      "tokenizer 'gpt2' is not supported without its lists of tokens and merges",
      "The file is damaged or was converted without its tokenizer.",
    );
  }
  // Files from before there were names mean GPT-2's.
  const pre = entry("pre") ?? "gpt-2";
  const cut = typeof pre === "string" && Object.hasOwn(preTokenizers, pre) ? preTokenizers[pre] : undefined;
  if (!cut) {
    throw unsupported(
      `pre-tokenizer ${shown(pre)} is not supported`,
      `Supported: ${Object.keys(preTokenizers).join(", ")}.`,
    );
  }
  const vocabulary = new Map(tokens.map((token, id) => [token, id]));
  const pairs = merges.map((merge) => merge.split(" "));
  // A merge whose result is no token would drop text without a word.
  const stray = merges.find((_, i) => pairs[i]!.length !== 2 || !vocabulary.has(pairs[i]!.join("")));
  if (stray !== undefined) {
    throw unsupported(
      `its merge ${JSON.stringify(stray.slice(0, 100))} makes no token of the vocabulary`,
      "The file is damaged, or its tokens and merges belong to two tokenizers.",
    );
  }
  return {
    tokens,
    addsBos: cut.addsBos === true,
    codec: libraryCodec({
      normalizer: null,
      preTokenizer: cut.steps,
      vocabulary,
      merges: pairs as unknown as readonly (readonly [string, string])[],
      ignoreMerges: cut.ignoreMerges === true,
      unknown: undefined,
      fuseUnknown: false,
      byteFallback: false,
      added: addedByType(tokens, entry("token_type"), { special: [CONTROL], text: [USER_DEFINED] }),
      written: "byte alphabet",
      dropsFirstSpace: false,
    }),
  };
}
