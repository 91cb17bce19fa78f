// What a config.json may say, what it contradicts itself in, and what stands in where it says nothing, as transformers has it.

import assert from "node:assert/strict";
import { test } from "node:test";
import { SetupError } from "../../../core/errors.ts";
import { gpt2 } from "./gpt2.ts";
import { llama } from "./llama.ts";

const sound = {
  model_type: "llama",
  num_hidden_layers: 2,
  hidden_size: 32,
  num_attention_heads: 4,
  intermediate_size: 48,
  vocab_size: 64,
  max_position_embeddings: 8192,
  rms_norm_eps: 1e-5,
  rope_theta: 1000,
};
const of = (change: Readonly<Record<string, unknown>>) =>
  llama.fromConfigJson("config.json", { ...sound, ...change });
const refused = (change: Readonly<Record<string, unknown>>, words: RegExp) =>
  assert.throws(
    () => of(change),
    (error: unknown) => error instanceof SetupError && words.test(error.message),
  );

test("rotary settings may stand together or apart, and a base outside counts where none is inside", () => {
  const base = (change: Readonly<Record<string, unknown>>) => of(change).positions;
  const rotary = (b: number, divisors?: readonly number[]) => ({
    kind: "rotary",
    base: b,
    ...(divisors ? { divisors } : {}),
  });
  assert.deepEqual(base({}), rotary(1000));
  assert.deepEqual(base({ rope_theta: undefined }), rotary(10000));
  assert.deepEqual(base({ rope_parameters: { rope_type: "default", rope_theta: 500 } }), rotary(500));
  assert.deepEqual(base({ rope_parameters: { rope_type: "default" } }), rotary(1000));
  assert.deepEqual(base({ rope_parameters: { rope_theta: 500 } }), rotary(500));
  assert.deepEqual(base({ rope_scaling: { type: "linear", factor: 4 } }), rotary(1000, [4, 4, 4, 4]));
});

test("scalings that are not known, or that contradict each other, are refused", () => {
  for (const type of ["yarn", "dynamic", "longrope"])
    refused({ rope_scaling: { rope_type: type, factor: 4 } }, /is not supported/u);
  refused({ rope_scaling: { factor: 4 } }, /is not supported/u);
  refused({ rope_scaling: { rope_type: "linear", type: "dynamic", factor: 4 } }, /is not supported/u);
  refused(
    { rope_scaling: { rope_type: "linear", factor: 4 }, rope_parameters: { rope_theta: 1 } },
    /both given/u,
  );
});

test("Mistral's window is the context; one that is not spoken of is 4,096, null is none, and Llama has none", () => {
  const context = (change: Readonly<Record<string, unknown>>) => of(change).nCtx;
  assert.equal(context({ model_type: "mistral" }), 4096);
  assert.equal(context({ model_type: "mistral", sliding_window: null }), 8192);
  assert.equal(context({ model_type: "mistral", sliding_window: 8, use_sliding_window: false }), 8);
  assert.equal(context({ sliding_window: 8 }), 8192);
});

test("whether the unembedding is the embedding is kept where the config says it", () => {
  assert.equal(of({ tie_word_embeddings: false }).tied, false);
  assert.equal(of({ tie_word_embeddings: true }).tied, true);
  assert.equal(of({}).tied, undefined);
});

test("GPT-2's heads may be of odd width: nothing turns in them; they must divide the width", () => {
  const small = { model_type: "gpt2", n_layer: 1, n_embd: 15, n_head: 3, vocab_size: 9, n_positions: 8 };
  assert.equal(gpt2.fromConfigJson("config.json", small).dHead, 5);
  assert.throws(() => gpt2.fromConfigJson("config.json", { ...small, n_head: 4 }), SetupError);
  assert.throws(
    () => gpt2.fromConfigJson("config.json", { ...small, scale_attn_by_inverse_layer_idx: true }),
    SetupError,
  );
});
