// The sizes of a Llama-family model, read from a GGUF's metadata and checked.

import { SetupError } from "../../core/errors.ts";

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

/** @throws SetupError naming the entry that is missing or impossible, or the architecture when it is not `llama`. */
export function llamaConfigFrom(path: string, metadata: Readonly<Record<string, unknown>>): LlamaConfig {
  const architecture = metadata["general.architecture"];
  if (architecture !== "llama") {
    throw new SetupError(
      "ARCHITECTURE",
      `${path}: architecture ${JSON.stringify(architecture)} is not supported`,
      {
        hint: "Supported: llama (SmolLM2, Llama 2, Mistral and their kin). Any other model can be audited behind an OpenAI-compatible server.",
      },
    );
  }
  const scaling = metadata["llama.rope.scaling.type"];
  if (scaling !== undefined && scaling !== "none") {
    throw new SetupError(
      "ARCHITECTURE",
      `${path}: rotary scaling ${JSON.stringify(scaling)} is not supported`,
      {
        hint: "Use a model without rope scaling, or serve it behind an OpenAI-compatible server.",
      },
    );
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
      throw new SetupError("CORRUPT_MODEL", `${path}: metadata llama.${name} is ${String(value)}`, {
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
