// The rows of test/golden/tokenizer: texts, and what reference tokenizers make of them.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";
import type { Tokenizer } from "./tokenizer.ts";

export type Row = {
  readonly pre?: string;
  readonly text: string;
  /** Special tokens in the text recognised. */
  readonly ids: readonly number[];
  /** Where it differs: special tokens taken for text. */
  readonly idsAsText?: readonly number[];
  /** Where it differs: with what the tokenizer puts around raw text. */
  readonly whole?: readonly number[];
  readonly decoded?: string;
};

export const goldenFolder = path.resolve(import.meta.dirname, "../../../test/golden/tokenizer");

export function golden(name: string): Readonly<Record<string, unknown>> & { readonly rows: readonly Row[] } {
  return JSON.parse(readFileSync(path.join(goldenFolder, name), "utf8"));
}

export function assertRow(t: Tokenizer, row: Row): void {
  const shown = JSON.stringify(row.text);
  assert.deepEqual(t.encode(row.text), row.ids, shown);
  assert.deepEqual(
    t.encode(row.text, { specialTokens: "text" }),
    row.idsAsText ?? row.ids,
    `as text: ${shown}`,
  );
  assert.deepEqual(t.encodeText(row.text), row.whole ?? row.ids, `whole: ${shown}`);
  if (row.decoded !== undefined) assert.equal(t.decode(row.ids), row.decoded, `decoded: ${shown}`);
}

/** The tiny byte-level vocabulary as a GGUF file holds it. */
export function byteLevelMetadata(pre: string): Readonly<Record<string, unknown>> {
  const { tokens, types, merges } = JSON.parse(
    readFileSync(path.join(goldenFolder, "byte-level.json"), "utf8"),
  );
  return {
    "tokenizer.ggml.model": "gpt2",
    "tokenizer.ggml.pre": pre,
    "tokenizer.ggml.tokens": tokens,
    "tokenizer.ggml.token_type": types,
    "tokenizer.ggml.merges": merges,
    "tokenizer.ggml.bos_token_id": 1,
    "tokenizer.ggml.eos_token_id": 2,
    "tokenizer.ggml.add_bos_token": false,
    "tokenizer.chat_template":
      "{% for m in messages %}{{ '<|im_start|>' + m['role'] + '\n' + m['content'] + '<|im_end|>\n' }}{% endfor %}{% if add_generation_prompt %}{{ '<|im_start|>assistant\n' }}{% endif %}",
  };
}

/** The tiny SentencePiece vocabulary as a GGUF file holds it. */
export function sentencepieceMetadata(name: string): Readonly<Record<string, unknown>> {
  const { tokens, scores, types, addSpacePrefix } = golden(name);
  return {
    "tokenizer.ggml.model": "llama",
    "tokenizer.ggml.tokens": tokens,
    "tokenizer.ggml.scores": scores,
    "tokenizer.ggml.token_type": types,
    "tokenizer.ggml.add_space_prefix": addSpacePrefix,
    "tokenizer.ggml.unknown_token_id": 0,
    "tokenizer.ggml.bos_token_id": 1,
    "tokenizer.ggml.eos_token_id": 2,
  };
}
