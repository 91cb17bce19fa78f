import assert from "node:assert/strict";
import { test } from "node:test";
import { SetupError } from "../../core/errors.ts";
import { llamaConfigFrom } from "./llama-config.ts";

const sound: Readonly<Record<string, unknown>> = {
  "general.architecture": "llama",
  "llama.block_count": 2,
  "llama.context_length": 128,
  "llama.embedding_length": 32,
  "llama.feed_forward_length": 48,
  "llama.attention.head_count": 4,
  "llama.attention.head_count_kv": 2,
  "llama.rope.freq_base": 1000,
  "llama.attention.layer_norm_rms_epsilon": 1e-5,
  "llama.vocab_size": 64,
};

const configOf = (change: Readonly<Record<string, unknown>>) =>
  llamaConfigFrom("m.gguf", { ...sound, ...change });
const refused = (change: Readonly<Record<string, unknown>>, words: RegExp) =>
  assert.throws(
    () => configOf(change),
    (error: unknown) =>
      error instanceof SetupError &&
      words.test(error.message) &&
      error.message.includes("m.gguf") &&
      error.hint !== undefined,
  );

test("all sizes come from the metadata, with llama's own defaults where an entry is absent", () => {
  assert.deepEqual(configOf({}), {
    nLayers: 2,
    dModel: 32,
    nHeads: 4,
    nKeyValueHeads: 2,
    dHead: 8,
    dMlp: 48,
    dVocab: 64,
    nCtx: 128,
    ropeBase: 1000,
    eps: 1e-5,
  });
  const bare = configOf({
    "llama.attention.head_count_kv": undefined,
    "llama.rope.freq_base": undefined,
    "llama.vocab_size": undefined,
    "tokenizer.ggml.tokens": ["a", "b", "c"],
  });
  assert.deepEqual([bare.nKeyValueHeads, bare.ropeBase, bare.dVocab], [4, 10000, 3]);
  assert.equal(configOf({ "llama.attention.key_length": 16 }).dHead, 16);
  assert.equal(configOf({ "llama.embedding_length": 32n }).dModel, 32);
});

test("another architecture is refused by its name", () => {
  refused({ "general.architecture": "qwen2" }, /architecture 'qwen2' is not supported/);
  refused({ "general.architecture": undefined }, /architecture/);
});

test("each entry that is missing or impossible is named", () => {
  for (const name of [
    "block_count",
    "context_length",
    "embedding_length",
    "feed_forward_length",
    "attention.head_count",
    "attention.layer_norm_rms_epsilon",
    "vocab_size",
  ]) {
    for (const value of [undefined, 0, -1, Number.NaN, "7", [7], 2 ** 40]) {
      if (name.endsWith("epsilon") && value === 2 ** 40) continue;
      refused({ [`llama.${name}`]: value }, new RegExp(`llama\\.${name} is|not supported`));
    }
  }
  refused({ "llama.rope.freq_base": 0 }, /llama\.rope\.freq_base is 0/);
  refused({ "llama.attention.head_count": 2.5 }, /head_count is 2\.5/);
  refused({ "llama.embedding_length": 33 }, /key_length is 8\.25/);
});

test("heads that don't divide, odd head widths and partly turned heads are refused", () => {
  refused({ "llama.attention.head_count_kv": 3 }, /4 heads over 3/);
  refused({ "llama.attention.key_length": 7 }, /of width 7/);
  refused({ "llama.rope.dimension_count": 4 }, /rotary over 4/);
});

test("settings that would change the computation are refused, harmless values of them are not", () => {
  refused({ "llama.rope.scaling.type": "linear" }, /llama\.rope\.scaling\.type = 'linear'/);
  refused({ "llama.rope.scale_linear": 4 }, /scale_linear = 4/);
  refused({ "llama.expert_count": 8 }, /expert_count = 8/);
  refused({ "llama.attention.sliding_window": 4096 }, /sliding_window/);
  refused({ "llama.attention.causal": false }, /causal = false/);
  assert.equal(configOf({ "llama.rope.scaling.type": "none", "llama.expert_count": 0 }).nLayers, 2);
});
