// llama.cpp's own tokens for the same vocabularies and texts. With --write it makes llama-cpp.json; without, it prints where that differs.
//
//   npm install --prefix ELSEWHERE --ignore-scripts node-llama-cpp@3.22.1
//   node test/golden/tokenizer/llama-cpp-tokens.ts ELSEWHERE [--write]

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { f32, ggufSections, joined, u32, u64, type Entry } from "../../engine/gguf-bytes.ts";

const [elsewhere, how] = process.argv.slice(2);
const here = import.meta.dirname;
const read = (name: string) => JSON.parse(readFileSync(path.join(here, name), "utf8"));
const { getLlama } = await import(
  pathToFileURL(path.resolve(elsewhere!, "node_modules/node-llama-cpp/dist/index.js")).href
);
const llama = await getLlama({ gpu: false, build: "never", maxThreads: 1 });
const folder = mkdtempSync(path.join(tmpdir(), "vocabulary-"));

const FLOAT32 = 6;
const ARRAY = 9;
const floats = (values: readonly number[]): Entry => ({
  raw: [ARRAY, joined(u32(FLOAT32), u64(values.length), f32(values))],
});

async function tokensOf(metadata: readonly (readonly [string, Entry])[], texts: readonly string[]) {
  const common: readonly (readonly [string, Entry])[] = [
    ["general.architecture", "llama"],
    ["llama.context_length", 64],
    ["llama.embedding_length", 8],
    ["llama.block_count", 1],
    ["llama.attention.head_count", 1],
    ["llama.feed_forward_length", 8],
    ["llama.attention.layer_norm_rms_epsilon", { float: 1e-5 }],
    ["tokenizer.ggml.bos_token_id", 1],
    ["tokenizer.ggml.eos_token_id", 2],
  ];
  const place = path.join(folder, "vocabulary.gguf");
  writeFileSync(place, joined(...ggufSections({ metadata: [...common, ...metadata], tensors: [] })));
  const model = await llama.loadModel({ modelPath: place, vocabOnly: true });
  const rows = texts.map((text) => {
    const ids: number[] = [...model.tokenize(text, true)];
    const idsAsText: number[] = [...model.tokenize(text, false)];
    return ids.join() === idsAsText.join() ? { text, ids } : { text, ids, idsAsText };
  });
  await model.dispose();
  return rows;
}

const rows: unknown[] = [];
const bytes = read("byte-level.json");
for (const pre of ["gpt-2", "smollm", "llama-bpe", "tekken", "default"]) {
  const texts = read("byte-level-rows.json")
    .rows.filter((row: { pre: string }) => row.pre === pre)
    .map((row: { text: string }) => row.text);
  const found = await tokensOf(
    [
      ["tokenizer.ggml.model", "gpt2"],
      ["tokenizer.ggml.pre", pre],
      ["tokenizer.ggml.tokens", bytes.tokens],
      ["tokenizer.ggml.token_type", { ints: bytes.types }],
      ["tokenizer.ggml.merges", bytes.merges],
    ],
    texts,
  );
  rows.push(...found.map((row) => ({ from: pre, ...row })));
}
// Without tokens for bytes llama.cpp ends the process: it wants one for the line end.
for (const name of ["sentencepiece"]) {
  const { tokens, scores, types, addSpacePrefix, rows: golden } = read(`${name}.json`);
  const found = await tokensOf(
    [
      ["tokenizer.ggml.model", "llama"],
      ["tokenizer.ggml.pre", "default"],
      ["tokenizer.ggml.tokens", tokens],
      ["tokenizer.ggml.scores", floats(scores)],
      ["tokenizer.ggml.token_type", { ints: types }],
      ["tokenizer.ggml.unknown_token_id", 0],
      ["tokenizer.ggml.add_space_prefix", addSpacePrefix],
    ],
    [
      ...golden.map((row: { text: string }) => row.text),
      "«x»a «x» <unused>b<unused>",
      "<s>The river </s> the sea<s>",
      "<s> <s>«x»",
    ],
  );
  rows.push(...found.map((row) => ({ from: name, ...row })));
}
await llama.dispose();
rmSync(folder, { recursive: true });

const text = `[\n${rows.map((row) => JSON.stringify(row)).join(",\n")}\n]\n`;
const place = path.join(here, "llama-cpp.json");
if (how === "--write") writeFileSync(place, text);
else
  console.log(readFileSync(place, "utf8") === text ? `${rows.length} compared, none differs` : "they differ");
