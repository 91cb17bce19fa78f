import assert from "node:assert/strict";
import { test } from "node:test";
import { SetupError } from "../../../core/errors.ts";
import type { ModelConfig } from "../model-config.ts";
import { llama } from "./llama.ts";

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

type Tensors = Readonly<Record<string, readonly number[]>>;

const configOf = (change: Readonly<Record<string, unknown>>, tensors: Tensors = {}): Promise<ModelConfig> =>
  llama.fromGguf({
    path: "m.gguf",
    metadata: { ...sound, ...change },
    tensors: new Map(
      Object.keys(tensors).map((name) => [name, { shape: [tensors[name]!.length], type: "F32" }]),
    ),
    read: async (name) => Float32Array.from(tensors[name]!),
  });
const refused = (change: Readonly<Record<string, unknown>>, words: RegExp, tensors?: Tensors) =>
  assert.rejects(
    configOf(change, tensors),
    (error: unknown) =>
      error instanceof SetupError &&
      words.test(error.message) &&
      error.message.includes("m.gguf") &&
      error.hint !== undefined,
  );

test("all sizes come from the metadata, with llama's own defaults where an entry is absent", async () => {
  assert.deepEqual(await configOf({}), {
    family: "llama",
    nLayers: 2,
    dModel: 32,
    nHeads: 4,
    nKeyValueHeads: 2,
    dHead: 8,
    dMlp: 48,
    dVocab: 64,
    nCtx: 128,
    eps: 1e-5,
    norm: "rms",
    positions: { kind: "rotary", base: 1000 },
    activation: "silu",
    gated: true,
    biases: { qkv: false, attnOut: false, mlp: false },
  });
  const bare = await configOf({
    "llama.attention.head_count_kv": undefined,
    "llama.rope.freq_base": undefined,
    "llama.vocab_size": undefined,
    "tokenizer.ggml.tokens": ["a", "b", "c"],
  });
  assert.deepEqual(
    [bare.nKeyValueHeads, bare.positions, bare.dVocab],
    [4, { kind: "rotary", base: 10000 }, 3],
  );
  assert.equal((await configOf({ "llama.attention.key_length": 16 })).dHead, 16);
  assert.equal((await configOf({ "llama.embedding_length": 32n })).dModel, 32);
});

test("each entry that is missing or impossible is named", async () => {
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
      await refused({ [`llama.${name}`]: value }, new RegExp(`llama\\.${name} is|not supported`));
    }
  }
  await refused({ "llama.rope.freq_base": 0 }, /llama\.rope\.freq_base is 0/);
  await refused({ "llama.attention.head_count": 2.5 }, /head_count is 2\.5/);
  await refused({ "llama.embedding_length": 33 }, /key_length is 8\.25/);
});

test("heads that don't divide, odd head widths and partly turned heads are refused", async () => {
  await refused({ "llama.attention.head_count_kv": 3 }, /4 heads over 3/);
  await refused({ "llama.attention.key_length": 7 }, /of width 7/);
  await refused({ "llama.rope.dimension_count": 4 }, /rotary over 4/);
});

test("settings that would change the computation are refused, harmless values of them are not", async () => {
  await refused({ "llama.rope.scaling.type": "yarn" }, /llama\.rope\.scaling\.type = 'yarn'/);
  await refused({ "llama.rope.scale_linear": 4 }, /scale_linear = 4/);
  await refused({ "llama.expert_count": 8 }, /expert_count = 8/);
  await refused({ "llama.attention.causal": false }, /causal = false/);
  assert.equal((await configOf({ "llama.rope.scaling.type": "none", "llama.expert_count": 0 })).nLayers, 2);
});

test("a text is never longer than the attention window: within it the window changes nothing", async () => {
  assert.equal((await configOf({ "llama.attention.sliding_window": 64 })).nCtx, 64);
  assert.equal((await configOf({ "llama.attention.sliding_window": 4096 })).nCtx, 128);
});

test("scaled rotary frequencies come as a factor or as the divisors themselves", async () => {
  const linear = await configOf({ "llama.rope.scaling.type": "linear", "llama.rope.scaling.factor": 4 });
  assert.deepEqual(linear.positions, { kind: "rotary", base: 1000, divisors: [4, 4, 4, 4] });
  const unnamed = await configOf({ "llama.rope.scaling.factor": 4 });
  assert.deepEqual(unnamed.positions, linear.positions);
  const none = await configOf({ "llama.rope.scaling.type": "none", "llama.rope.scaling.factor": 4 });
  assert.deepEqual(none.positions, { kind: "rotary", base: 1000 });
  const written = await configOf({}, { "rope_freqs.weight": [1, 2, 4, 8] });
  assert.deepEqual(written.positions, { kind: "rotary", base: 1000, divisors: [1, 2, 4, 8] });
  await refused({}, /rope_freqs\.weight should be \[4\], is \[3\]/, { "rope_freqs.weight": [1, 1, 1] });
  await refused({}, /not above 0/, { "rope_freqs.weight": [1, 1, 0, 1] });
});

test("biases are there where the file has them", async () => {
  const { biases } = await configOf({}, { "blk.0.attn_q.bias": [0], "blk.0.ffn_up.bias": [0] });
  assert.deepEqual(biases, { qkv: true, attnOut: false, mlp: true });
});
