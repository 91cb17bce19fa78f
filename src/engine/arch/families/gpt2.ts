// GPT-2: LayerNorms with biases, learned positions, a plain MLP with GELU, queries, keys and values in one stored matrix.

import { SetupError } from "../../../core/errors.ts";
import { entriesOf, type Neutral } from "../entries.ts";
import type { Family, WeightPlace } from "../family.ts";
import type { Activation, ModelConfig } from "../model-config.ts";

const JSON_NEUTRAL: Neutral = {
  activation_function: ["gelu_new", "gelu_pytorch_tanh", "gelu"],
  add_cross_attention: [false],
  scale_attn_weights: [true],
  scale_attn_by_inverse_layer_idx: [false],
};

const whole = { whole: true } as const;

export const gpt2: Family = {
  ggufArchitectures: ["gpt2"],
  modelTypes: ["gpt2"],
  prefix: "transformer.",
  ignored: /(?:^|\.)attn\.(?:bias|masked_bias)$/u,

  fromGguf: async ({ path, metadata }) => {
    const entries = entriesOf(path, metadata);
    const size = (name: string, otherwise?: number) =>
      entries.number(`gpt2.${name}`, otherwise === undefined ? whole : { ...whole, otherwise });
    const tokens = metadata["tokenizer.ggml.tokens"];
    const dModel = size("embedding_length");
    return configOf(path, {
      nLayers: size("block_count"),
      dModel,
      nHeads: size("attention.head_count"),
      dMlp: size("feed_forward_length", 4 * dModel),
      dVocab: size("vocab_size", Array.isArray(tokens) ? tokens.length : undefined),
      nCtx: size("context_length"),
      eps: entries.number("gpt2.attention.layer_norm_epsilon", { whole: false }),
      activation: "gelu_new",
    });
  },

  fromConfigJson: (path, json) => {
    const entries = entriesOf(path, json);
    entries.refuseUnless(JSON_NEUTRAL);
    const size = (name: string, otherwise?: number) =>
      entries.number(name, otherwise === undefined ? whole : { ...whole, otherwise });
    const dModel = size("n_embd");
    return configOf(path, {
      nLayers: size("n_layer"),
      dModel,
      nHeads: size("n_head"),
      dMlp: size("n_inner", 4 * dModel),
      dVocab: size("vocab_size"),
      nCtx: size("n_positions", typeof json["n_ctx"] === "number" ? json["n_ctx"] : undefined),
      eps: entries.number("layer_norm_epsilon", { whole: false, otherwise: 1e-5 }),
      activation: json["activation_function"] === "gelu" ? "gelu" : "gelu_new",
    });
  },

  weights: ({ nLayers, dModel, dMlp, dVocab, nCtx }) => {
    const block = (l: number): readonly WeightPlace[] => {
      const ours = (name: string) => `blocks.${l}.${name}`;
      const theirs = (name: string) => `h.${l}.${name}`;
      const blk = (name: string) => `blk.${l}.${name}`;
      const vector = (name: string, length: number, hf: string, gguf: string): WeightPlace => ({
        name: ours(name),
        shape: [length],
        safetensors: { tensor: theirs(hf) },
        gguf: { tensor: blk(gguf) },
      });
      /** `Conv1D` keeps its matrix as [in, out]; GGUF as [out, in]. */
      const matrix = (name: string, out: number, into: number, hf: string, gguf: string): WeightPlace => ({
        name: ours(name),
        shape: [out, into],
        safetensors: {
          tensor: theirs(`${hf}.weight`),
          stored: [into, out],
          take: (values) => columnsOf(values, out, 0, out),
        },
        gguf: { tensor: blk(`${gguf}.weight`) },
      });
      /** Queries, keys and values stand side by side: contiguous thirds. */
      const thirdOfMatrix = (part: string, i: number): WeightPlace => ({
        name: ours(`attn.W_${part}`),
        shape: [dModel, dModel],
        safetensors: {
          tensor: theirs("attn.c_attn.weight"),
          stored: [dModel, 3 * dModel],
          take: (values) => columnsOf(values, 3 * dModel, i * dModel, dModel),
        },
        gguf: {
          tensor: blk("attn_qkv.weight"),
          stored: [3 * dModel, dModel],
          take: (values) => values.slice(i * dModel * dModel, (i + 1) * dModel * dModel),
        },
      });
      const thirdOfBias = (part: string, i: number): WeightPlace => {
        const cut = {
          stored: [3 * dModel],
          take: (values: Float32Array) => values.slice(i * dModel, (i + 1) * dModel),
        };
        return {
          name: ours(`attn.b_${part}`),
          shape: [dModel],
          safetensors: { tensor: theirs("attn.c_attn.bias"), ...cut },
          gguf: { tensor: blk("attn_qkv.bias"), ...cut },
        };
      };
      return [
        vector("ln1.w", dModel, "ln_1.weight", "attn_norm.weight"),
        vector("ln1.b", dModel, "ln_1.bias", "attn_norm.bias"),
        ...["Q", "K", "V"].map(thirdOfMatrix),
        ...["Q", "K", "V"].map(thirdOfBias),
        matrix("attn.W_O", dModel, dModel, "attn.c_proj", "attn_output"),
        vector("attn.b_O", dModel, "attn.c_proj.bias", "attn_output.bias"),
        vector("ln2.w", dModel, "ln_2.weight", "ffn_norm.weight"),
        vector("ln2.b", dModel, "ln_2.bias", "ffn_norm.bias"),
        matrix("mlp.W_in", dMlp, dModel, "mlp.c_fc", "ffn_up"),
        vector("mlp.b_in", dMlp, "mlp.c_fc.bias", "ffn_up.bias"),
        matrix("mlp.W_out", dModel, dMlp, "mlp.c_proj", "ffn_down"),
        vector("mlp.b_out", dModel, "mlp.c_proj.bias", "ffn_down.bias"),
      ];
    };
    const plain = (
      name: string,
      shape: readonly number[],
      safetensors: string,
      gguf: string,
    ): WeightPlace => ({ name, shape, safetensors: { tensor: safetensors }, gguf: { tensor: gguf } });
    return [
      ...Array.from({ length: nLayers }, (_, l) => block(l)).flat(),
      plain("ln_final.w", [dModel], "ln_f.weight", "output_norm.weight"),
      plain("ln_final.b", [dModel], "ln_f.bias", "output_norm.bias"),
      plain("embed.W_E", [dVocab, dModel], "wte.weight", "token_embd.weight"),
      plain("pos_embed.W_pos", [nCtx, dModel], "wpe.weight", "position_embd.weight"),
      {
        ...plain("unembed.W_U", [dVocab, dModel], "lm_head.weight", "output.weight"),
        tiedTo: "embed.W_E",
      },
    ];
  },
};

type Found = Pick<ModelConfig, "nLayers" | "dModel" | "nHeads" | "dMlp" | "dVocab" | "nCtx" | "eps"> & {
  readonly activation: Activation;
};

function configOf(path: string, found: Found): ModelConfig {
  const dHead = found.dModel / found.nHeads;
  const heads = { nHeads: found.nHeads, nKeyValueHeads: found.nHeads, dHead };
  if (!Number.isInteger(dHead))
    throw new SetupError("CORRUPT_MODEL", `${path}: a width of ${found.dModel} over ${found.nHeads} heads`, {
      hint: "The file is damaged: heads divide the width evenly.",
    });
  return {
    family: "gpt2",
    ...found,
    ...heads,
    norm: "layer",
    positions: { kind: "learned" },
    gated: false,
    biases: { qkv: true, attnOut: true, mlp: true },
  };
}

/** Columns [from, from + count) of a matrix [rows, width], transposed: [count, rows]. */
function columnsOf(values: Float32Array, width: number, from: number, count: number): Float32Array {
  const rows = values.length / width;
  const out = new Float32Array(count * rows);
  for (let c = 0; c < count; c++)
    for (let r = 0; r < rows; r++) out[c * rows + r] = values[r * width + from + c]!;
  return out;
}
