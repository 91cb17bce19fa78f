// The sizes of a Llama-family model, read from a GGUF's metadata and checked.

import { SetupError } from "../../core/errors.ts";
import { shown } from "../weights/shown.ts";

export type LlamaConfig = {
  readonly nLayers: number;
  readonly dModel: number;
  readonly nHeads: number;
  readonly nKeyValueHeads: number;
  readonly dHead: number;
  readonly dMlp: number;
  readonly dVocab: number;
  readonly nCtx: number;
  readonly ropeBase: number;
  readonly eps: number;
};

/** Entries that would change the computation: supported only where they are absent or hold what changes nothing. */
const NEUTRAL: Readonly<Record<string, readonly unknown[]>> = {
  "llama.rope.scaling.type": ["none"],
  "llama.rope.scale_linear": [1],
  "llama.expert_count": [0],
  "llama.attention.causal": [true],
  "llama.attention.sliding_window": [0],
  "llama.attention.clamp_kqv": [0],
  "llama.logit_scale": [0, 1],
};

/** @throws SetupError naming the entry that is missing or impossible, or the architecture when it is not `llama`. */
export function llamaConfigFrom(path: string, metadata: Readonly<Record<string, unknown>>): LlamaConfig {
  const architecture = metadata["general.architecture"];
  if (architecture !== "llama") {
    throw new SetupError("ARCHITECTURE", `${path}: architecture ${shown(architecture)} is not supported`, {
      hint: "Supported: llama (SmolLM2, Llama 2, Mistral and their kin). Any other model can be audited behind an OpenAI-compatible server.",
    });
  }
  for (const [name, harmless] of Object.entries(NEUTRAL)) {
    const value = metadata[name];
    if (value === undefined || harmless.includes(value)) continue;
    throw new SetupError("ARCHITECTURE", `${path}: ${name} = ${shown(value)} is not supported`, {
      hint: "Use a model without it, or serve this one behind an OpenAI-compatible server.",
    });
  }
  const entry = (name: string, options: { whole: boolean; otherwise?: number }) => {
    const value = metadata[`llama.${name}`] ?? options.otherwise;
    const number = typeof value === "bigint" ? Number(value) : value;
    if (
      typeof number !== "number" ||
      !Number.isFinite(number) ||
      number <= 0 ||
      (options.whole && (!Number.isInteger(number) || number > 2 ** 24))
    ) {
      throw new SetupError("CORRUPT_MODEL", `${path}: metadata llama.${name} is ${shown(value)}`, {
        hint: "The file is damaged or of a kind that is not supported.",
      });
    }
    return number;
  };
  const whole = { whole: true };
  const dModel = entry("embedding_length", whole);
  const nHeads = entry("attention.head_count", whole);
  const tokens = metadata["tokenizer.ggml.tokens"];
  const config: LlamaConfig = {
    nLayers: entry("block_count", whole),
    dModel,
    nHeads,
    nKeyValueHeads: entry("attention.head_count_kv", { whole: true, otherwise: nHeads }),
    dHead: entry("attention.key_length", { whole: true, otherwise: dModel / nHeads }),
    dMlp: entry("feed_forward_length", whole),
    dVocab: entry("vocab_size", {
      whole: true,
      ...(Array.isArray(tokens) ? { otherwise: tokens.length } : {}),
    }),
    nCtx: entry("context_length", whole),
    ropeBase: entry("rope.freq_base", { whole: false, otherwise: 10000 }),
    eps: entry("attention.layer_norm_rms_epsilon", { whole: false }),
  };
  const turned = entry("rope.dimension_count", { whole: true, otherwise: config.dHead });
  if (config.nHeads % config.nKeyValueHeads !== 0 || config.dHead % 2 !== 0 || turned !== config.dHead) {
    throw new SetupError(
      "ARCHITECTURE",
      `${path}: ${nHeads} heads over ${config.nKeyValueHeads} key/value heads of width ${config.dHead}, rotary over ${turned}: not supported`,
      {
        hint: "Supported: heads that divide evenly over key/value heads, with rotary over the whole head.",
      },
    );
  }
  return config;
}
