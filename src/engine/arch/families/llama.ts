// The Llama family: RMS norms, rotary positions, grouped heads, a gated MLP. Llama 1 to 3, SmolLM, TinyLlama, Mistral and their kin.

import { SetupError } from "../../../core/errors.ts";
import { entriesOf, refuseOddHeads, type Neutral } from "../entries.ts";
import type { Family, WeightPlace } from "../family.ts";
import type { ModelConfig } from "../model-config.ts";
import { divisorsOf } from "../rope-scaling.ts";
import { undoRotaryPermutation } from "./rotary-rows.ts";

const GGUF_NEUTRAL: Neutral = {
  "llama.rope.scaling.type": ["none", "linear"],
  "llama.rope.scale_linear": [1],
  "llama.expert_count": [0],
  "llama.attention.causal": [true],
  "llama.attention.clamp_kqv": [0],
  "llama.logit_scale": [0, 1],
  "llama.rope.scaling.attn_factor": [1],
  "llama.attention.scale": [0],
  "llama.attention.temperature_scale": [0],
  "llama.attention.max_alibi_bias": [0],
  "llama.attn_logit_softcapping": [0],
  "llama.final_logit_softcapping": [0],
  "llama.embedding_scale": [0, 1],
  "llama.residual_scale": [0, 1],
  "llama.use_parallel_residual": [false],
};

const JSON_NEUTRAL: Neutral = {
  hidden_act: ["silu", "swish"],
  partial_rotary_factor: [1],
};

const whole = { whole: true } as const;

export const llama: Family = {
  ggufArchitectures: ["llama"],
  modelTypes: ["llama", "mistral"],
  prefix: "model.",
  ignored: /(?:^|\.)rotary_emb\.inv_freq$|^rope_freqs\.weight$/u,

  fromGguf: async ({ path, metadata, tensors, read }) => {
    const entries = entriesOf(path, metadata);
    entries.refuseUnless(GGUF_NEUTRAL);
    const size = (name: string, otherwise?: number) =>
      entries.number(`llama.${name}`, otherwise === undefined ? whole : { ...whole, otherwise });
    const dModel = size("embedding_length");
    const nHeads = size("attention.head_count");
    const dHead = size("attention.key_length", dModel / nHeads);
    const base = entries.number("llama.rope.freq_base", { whole: false, otherwise: 10000 });
    const tokens = metadata["tokenizer.ggml.tokens"];
    // A factor without a name is a linear one: llama.cpp's default.
    const isLinear =
      metadata["llama.rope.scaling.type"] === "linear" ||
      (metadata["llama.rope.scaling.type"] === undefined &&
        metadata["llama.rope.scaling.factor"] !== undefined);
    const scaling = isLinear
      ? {
          rope_type: "linear",
          factor: entries.number("llama.rope.scaling.factor", { whole: false, otherwise: 1 }),
        }
      : undefined;
    const config = configOf(path, {
      nLayers: size("block_count"),
      dModel,
      nHeads,
      nKeyValueHeads: size("attention.head_count_kv", nHeads),
      dHead,
      dMlp: size("feed_forward_length"),
      dVocab: size("vocab_size", Array.isArray(tokens) ? tokens.length : undefined),
      nCtx: Math.min(
        size("context_length"),
        windowOf(metadata["llama.attention.sliding_window"]) ?? Number.POSITIVE_INFINITY,
      ),
      eps: entries.number("llama.attention.layer_norm_rms_epsilon", { whole: false }),
      base,
      scaling,
      turned: size("rope.dimension_count", dHead),
      biases: {
        qkv: tensors.has("blk.0.attn_q.bias"),
        attnOut: tensors.has("blk.0.attn_output.bias"),
        mlp: tensors.has("blk.0.ffn_up.bias"),
      },
    });
    // Llama 3's scaling is written as the divisors themselves.
    const written = tensors.get("rope_freqs.weight");
    if (!written) return config;
    if (scaling !== undefined || written.shape.length !== 1 || written.shape[0] !== dHead / 2) {
      throw new SetupError(
        "CORRUPT_MODEL",
        `${path}: tensor rope_freqs.weight should be [${dHead / 2}], is [${written.shape}]`,
        {
          hint: "The file is damaged, or names two scalings of its rotary frequencies.",
        },
      );
    }
    const divisors = [...(await read("rope_freqs.weight"))];
    if (!divisors.every((x) => x > 0)) {
      throw new SetupError(
        "CORRUPT_MODEL",
        `${path}: tensor rope_freqs.weight holds a number that is not above 0`,
        {
          hint: "The file is damaged.",
        },
      );
    }
    return { ...config, positions: { kind: "rotary", base, divisors } };
  },

  fromConfigJson: (path, json) => {
    const entries = entriesOf(path, json);
    entries.refuseUnless(JSON_NEUTRAL);
    const size = (name: string, otherwise?: number) =>
      entries.number(name, otherwise === undefined ? whole : { ...whole, otherwise });
    const dModel = size("hidden_size");
    const nHeads = size("num_attention_heads");
    const dHead = size("head_dim", dModel / nHeads);
    // Newer writers keep base and scaling together under `rope_parameters`; what is not there may stand outside.
    const together = isRecord(json["rope_parameters"]) ? json["rope_parameters"] : undefined;
    const scaling = json["rope_scaling"] ?? undefined;
    if (together && scaling !== undefined)
      throw new SetupError("ARCHITECTURE", `${path}: rope_parameters and rope_scaling are both given`, {
        hint: "Which one counts differs from reader to reader: leave the wrong one out.",
      });
    const rope = together && "rope_theta" in together ? together : json;
    const base = entriesOf(path, rope).number("rope_theta", { whole: false, otherwise: 10000 });
    const window = json["model_type"] === "mistral" ? mistralWindow(json) : undefined;
    const attention = entries.flag("attention_bias", false);
    return configOf(path, {
      nLayers: size("num_hidden_layers"),
      dModel,
      nHeads,
      nKeyValueHeads: size("num_key_value_heads", nHeads),
      dHead,
      dMlp: size("intermediate_size"),
      dVocab: size("vocab_size"),
      nCtx: Math.min(size("max_position_embeddings"), window ?? Number.POSITIVE_INFINITY),
      eps: entries.number("rms_norm_eps", { whole: false, otherwise: 1e-6 }),
      base,
      scaling: together ?? scaling,
      turned: dHead,
      biases: { qkv: attention, attnOut: attention, mlp: entries.flag("mlp_bias", false) },
      ...(typeof json["tie_word_embeddings"] === "boolean" ? { tied: json["tie_word_embeddings"] } : {}),
    });
  },

  weights: (config) => {
    const { nLayers, dModel, dHead, dMlp, dVocab, nHeads, nKeyValueHeads, biases } = config;
    const dQuery = nHeads * dHead;
    const dKeyValue = nKeyValueHeads * dHead;
    const plain = (
      name: string,
      shape: readonly number[],
      safetensors: string,
      gguf: string,
    ): WeightPlace => ({ name, shape, safetensors: { tensor: safetensors }, gguf: { tensor: gguf } });
    const turned = (place: WeightPlace, heads: number): WeightPlace => ({
      ...place,
      gguf: {
        ...place.gguf,
        take: (values) => undoRotaryPermutation(values, heads, dHead, place.shape[1] ?? 1),
        takeRows: (rows, bytes) => undoRotaryPermutation(rows, heads, dHead, bytes),
      },
    });
    const block = (l: number): readonly WeightPlace[] => {
      const ours = (name: string) => `blocks.${l}.${name}`;
      const theirs = (name: string) => `layers.${l}.${name}`;
      const blk = (name: string) => `blk.${l}.${name}`;
      const matrix = (
        name: string,
        out: number,
        into: number,
        hf: string,
        gguf: string,
        bias: boolean,
        heads?: number,
      ) =>
        [
          plain(ours(name), [out, into], theirs(`${hf}.weight`), blk(`${gguf}.weight`)),
          ...(bias
            ? [plain(ours(name.replace("W_", "b_")), [out], theirs(`${hf}.bias`), blk(`${gguf}.bias`))]
            : []),
        ].map((place) => (heads === undefined ? place : turned(place, heads)));
      return [
        plain(ours("ln1.w"), [dModel], theirs("input_layernorm.weight"), blk("attn_norm.weight")),
        ...matrix("attn.W_Q", dQuery, dModel, "self_attn.q_proj", "attn_q", biases.qkv, nHeads),
        ...matrix("attn.W_K", dKeyValue, dModel, "self_attn.k_proj", "attn_k", biases.qkv, nKeyValueHeads),
        ...matrix("attn.W_V", dKeyValue, dModel, "self_attn.v_proj", "attn_v", biases.qkv),
        ...matrix("attn.W_O", dModel, dQuery, "self_attn.o_proj", "attn_output", biases.attnOut),
        plain(ours("ln2.w"), [dModel], theirs("post_attention_layernorm.weight"), blk("ffn_norm.weight")),
        ...matrix("mlp.W_gate", dMlp, dModel, "mlp.gate_proj", "ffn_gate", biases.mlp),
        ...matrix("mlp.W_in", dMlp, dModel, "mlp.up_proj", "ffn_up", biases.mlp),
        ...matrix("mlp.W_out", dModel, dMlp, "mlp.down_proj", "ffn_down", biases.mlp),
      ];
    };
    return [
      ...Array.from({ length: nLayers }, (_, l) => block(l)).flat(),
      plain("ln_final.w", [dModel], "norm.weight", "output_norm.weight"),
      plain("embed.W_E", [dVocab, dModel], "embed_tokens.weight", "token_embd.weight"),
      {
        ...plain("unembed.W_U", [dVocab, dModel], "lm_head.weight", "output.weight"),
        tiedTo: "embed.W_E",
      },
    ];
  },
};

type Found = Pick<
  ModelConfig,
  "nLayers" | "dModel" | "nHeads" | "nKeyValueHeads" | "dHead" | "dMlp" | "dVocab" | "nCtx" | "eps" | "biases"
> & { readonly base: number; readonly scaling: unknown; readonly turned: number };

function configOf(path: string, { base, scaling, turned, ...sizes }: Found): ModelConfig {
  refuseOddHeads(path, sizes, turned);
  const divisors = divisorsOf(path, scaling, base, sizes.dHead);
  return {
    family: "llama",
    ...sizes,
    norm: "rms",
    positions: { kind: "rotary", base, ...(divisors ? { divisors } : {}) },
    activation: "silu",
    gated: true,
  };
}

/** transformers reads a Mistral config that does not speak of a window as one of 4,096, and one that says null as none. */
function mistralWindow(json: Readonly<Record<string, unknown>>): number | undefined {
  return "sliding_window" in json ? windowOf(json["sliding_window"]) : 4096;
}

/** The width of the attention window: within it, a windowed model and a full one compute the same. */
function windowOf(value: unknown): number | undefined {
  const width = typeof value === "bigint" ? Number(value) : value;
  return typeof width === "number" && Number.isInteger(width) && width > 0 ? width : undefined;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
