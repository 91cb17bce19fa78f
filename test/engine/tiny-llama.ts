// A tiny Llama with seeded random weights, in memory as the graph takes it and as the parts of a GGUF file.

import type { ModelConfig } from "../../src/engine/arch/model-config.ts";
import type { Weight } from "../../src/engine/graph/session.ts";
import { rngFrom, type Rng } from "../../src/stats/rng.ts";
import { f32, type Entry, type GgufParts, type TensorEntry } from "./gguf-bytes.ts";

const ROPE_BASE = 1000;

export const tinyConfig: ModelConfig = {
  family: "llama",
  nLayers: 2,
  dModel: 32,
  nHeads: 4,
  nKeyValueHeads: 2,
  dHead: 8,
  dMlp: 48,
  dVocab: 64,
  nCtx: 128,
  eps: 1e-4,
  norm: "rms",
  positions: { kind: "rotary", base: ROPE_BASE },
  activation: "silu",
  gated: true,
  biases: { qkv: false, attnOut: false, mlp: false },
};

/** Standard normal draws (Box and Muller). */
export function normals(rng: Rng, count: number, scale = 1): Float32Array {
  return Float32Array.from(
    { length: count },
    () => scale * Math.sqrt(-2 * Math.log(1 - rng.uniform())) * Math.cos(2 * Math.PI * rng.uniform()),
  );
}

/** One row-major matrix for each name of a Llama checkpoint ("layers.0.q", [out, in]), at scales at which every part matters. */
export type Checkpoint = ReadonlyMap<string, Weight>;

export function tinyCheckpoint(config: ModelConfig = tinyConfig, seed = "tiny"): Checkpoint {
  const { dModel, dHead, dMlp, dVocab, nHeads, nKeyValueHeads } = config;
  const rng = rngFrom(seed);
  const made = new Map<string, Weight>();
  const matrix = (name: string, out: number, into: number, scale: number) =>
    made.set(name, { shape: [out, into], values: normals(rng.split(name), out * into, scale) });
  const gain = (name: string) =>
    made.set(name, { shape: [dModel], values: normals(rng.split(name), dModel, 0.3).map((x) => 1 + x) });
  for (let l = 0; l < config.nLayers; l++) {
    // Queries and keys are large enough that attention is far from uniform.
    matrix(`layers.${l}.q`, nHeads * dHead, dModel, 0.4);
    matrix(`layers.${l}.k`, nKeyValueHeads * dHead, dModel, 0.4);
    matrix(`layers.${l}.v`, nKeyValueHeads * dHead, dModel, 0.2);
    matrix(`layers.${l}.o`, dModel, nHeads * dHead, 0.1);
    matrix(`layers.${l}.gate`, dMlp, dModel, 0.2);
    matrix(`layers.${l}.up`, dMlp, dModel, 0.2);
    matrix(`layers.${l}.down`, dModel, dMlp, 0.1);
    gain(`layers.${l}.norm1`);
    gain(`layers.${l}.norm2`);
  }
  // Small, so that the epsilon of the first norm matters.
  matrix("embed", dVocab, dModel, 0.1);
  matrix("unembed", dVocab, dModel, 0.3);
  gain("norm");
  return made;
}

/** The weights under the engine's names. */
export function engineWeights(
  checkpoint: Checkpoint,
  config: ModelConfig = tinyConfig,
): ReadonlyMap<string, Weight> {
  const made = new Map<string, Weight>();
  const of = (name: string) => checkpoint.get(name)!;
  for (let l = 0; l < config.nLayers; l++) {
    const layer = `layers.${l}`;
    made.set(`blocks.${l}.attn.W_Q`, of(`${layer}.q`));
    made.set(`blocks.${l}.attn.W_K`, of(`${layer}.k`));
    made.set(`blocks.${l}.attn.W_V`, of(`${layer}.v`));
    made.set(`blocks.${l}.attn.W_O`, of(`${layer}.o`));
    made.set(`blocks.${l}.mlp.W_gate`, of(`${layer}.gate`));
    made.set(`blocks.${l}.mlp.W_in`, of(`${layer}.up`));
    made.set(`blocks.${l}.mlp.W_out`, of(`${layer}.down`));
    made.set(`blocks.${l}.ln1.w`, of(`${layer}.norm1`));
    made.set(`blocks.${l}.ln2.w`, of(`${layer}.norm2`));
  }
  made.set("embed.W_E", of("embed"));
  made.set("unembed.W_U", of("unembed"));
  made.set("ln_final.w", of("norm"));
  return made;
}

/**
 * llama.cpp's converter: reshape(heads, 2, rows / heads / 2, in), swap axes 1 and 2, reshape back. Row (j, i) of a head, j the half
 * and i the pair, goes to row (i, j).
 */
export function permuteAsConverterDoes(weight: Weight, heads: number): Float32Array {
  const [rows, into] = weight.shape as readonly [number, number];
  const half = rows / heads / 2;
  const out: number[] = [];
  for (let h = 0; h < heads; h++)
    for (let i = 0; i < half; i++)
      for (let j = 0; j < 2; j++) {
        const row = h * 2 * half + j * half + i;
        out.push(...weight.values.subarray(row * into, (row + 1) * into));
      }
  return Float32Array.from(out);
}

/** Byte-level vocabulary: three control tokens, then one token for each byte in GPT-2's spelling, then " t", "he", " the". */
export const tinyTokens: readonly string[] = (() => {
  const bytes = Array.from({ length: 256 }, (_, b) => b);
  const plain = bytes.filter((b) => (b >= 33 && b <= 126) || (b >= 161 && b <= 172) || b >= 174);
  const shifted = bytes.filter((b) => !plain.includes(b));
  const spelt = bytes.map((b) => String.fromCharCode(plain.includes(b) ? b : 256 + shifted.indexOf(b)));
  return ["<|endoftext|>", "<|im_start|>", "<|im_end|>", ...spelt, "Ġt", "he", "Ġthe"];
})();

export const tinyTemplate =
  "{% for m in messages %}{{ '<|im_start|>' + m['role'] + '\n' + m['content'] + '<|im_end|>\n' }}{% endfor %}" +
  "{% if add_generation_prompt %}{{ '<|im_start|>assistant\n' }}{% endif %}";

export const spokenConfig: ModelConfig = { ...tinyConfig, dVocab: tinyTokens.length };

export const tinyMetadata: readonly (readonly [string, Entry])[] = [
  ["general.architecture", "llama"],
  ["llama.block_count", spokenConfig.nLayers],
  ["llama.context_length", spokenConfig.nCtx],
  ["llama.embedding_length", spokenConfig.dModel],
  ["llama.feed_forward_length", spokenConfig.dMlp],
  ["llama.attention.head_count", spokenConfig.nHeads],
  ["llama.attention.head_count_kv", spokenConfig.nKeyValueHeads],
  ["llama.rope.freq_base", { float: ROPE_BASE }],
  ["llama.rope.dimension_count", spokenConfig.dHead],
  ["llama.attention.layer_norm_rms_epsilon", { float: spokenConfig.eps }],
  ["llama.vocab_size", spokenConfig.dVocab],
  ["tokenizer.ggml.model", "gpt2"],
  ["tokenizer.ggml.pre", "smollm"],
  ["tokenizer.ggml.tokens", tinyTokens],
  ["tokenizer.ggml.token_type", { ints: tinyTokens.map((_, i) => (i < 3 ? 3 : 1)) }],
  ["tokenizer.ggml.merges", ["Ġ t", "h e", "Ġt he"]],
  ["tokenizer.ggml.bos_token_id", 1],
  ["tokenizer.ggml.eos_token_id", 2],
  ["tokenizer.ggml.padding_token_id", 2],
  ["tokenizer.chat_template", tinyTemplate],
];

/** The tensors of a checkpoint as a converter writes them, in F32. */
export function tinyTensors(
  checkpoint: Checkpoint,
  config: ModelConfig = spokenConfig,
): readonly TensorEntry[] {
  const tensor = (name: string, from: string, values = checkpoint.get(from)!.values): TensorEntry => ({
    name,
    dims: [...checkpoint.get(from)!.shape].reverse(),
    type: 0,
    bytes: f32(values),
  });
  const turned = (name: string, from: string, heads: number) =>
    tensor(name, from, permuteAsConverterDoes(checkpoint.get(from)!, heads));
  return [
    tensor("token_embd.weight", "embed"),
    ...Array.from({ length: config.nLayers }, (_, l) => [
      tensor(`blk.${l}.attn_norm.weight`, `layers.${l}.norm1`),
      turned(`blk.${l}.attn_q.weight`, `layers.${l}.q`, config.nHeads),
      turned(`blk.${l}.attn_k.weight`, `layers.${l}.k`, config.nKeyValueHeads),
      tensor(`blk.${l}.attn_v.weight`, `layers.${l}.v`),
      tensor(`blk.${l}.attn_output.weight`, `layers.${l}.o`),
      tensor(`blk.${l}.ffn_norm.weight`, `layers.${l}.norm2`),
      tensor(`blk.${l}.ffn_gate.weight`, `layers.${l}.gate`),
      tensor(`blk.${l}.ffn_up.weight`, `layers.${l}.up`),
      tensor(`blk.${l}.ffn_down.weight`, `layers.${l}.down`),
    ]).flat(),
    tensor("output_norm.weight", "norm"),
    tensor("output.weight", "unembed"),
  ];
}

export function tinyGguf(checkpoint: Checkpoint = tinyCheckpoint(spokenConfig)): GgufParts {
  return { metadata: tinyMetadata, tensors: tinyTensors(checkpoint) };
}
