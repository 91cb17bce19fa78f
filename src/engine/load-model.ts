// Loads a GGUF model: file, tokenizer, weights, sessions. Nothing of it outlives `close`.

import { SetupError } from "../core/errors.ts";
import { llamaConfigFrom, type LlamaConfig } from "./arch/llama-config.ts";
import { readLlamaWeights, type RotaryRows } from "./arch/llama-weights.ts";
import { openForward, type Forward } from "./forward/forward.ts";
import { selfCheck, selfCheckLine, type SelfCheck } from "./check/self-check.ts";
import type { WeightsAs } from "./graph/serialize.ts";
import { tokenizerFrom, type Tokenizer } from "./tokenizer/tokenizer.ts";
import { openGguf } from "./weights/gguf-file.ts";

export type LoadedModel = {
  readonly config: LlamaConfig;
  readonly forward: Forward;
  readonly tokenizer: Tokenizer;
  /** Tensor types in the file and how many of each: {"Q4_1": 210, …}. */
  readonly tensorTypes: Readonly<Record<string, number>>;
  readonly selfCheck: SelfCheck;
  readonly close: () => Promise<void>;
};

export type LoadOptions = {
  readonly threads: number;
  /** How the trunk's weights enter the graph. Constants are packed: faster, above all in decoding, for one more copy. */
  readonly weightsAs?: WeightsAs;
  readonly rotaryRows?: RotaryRows;
  /** The self-check that was stored for this very file, if any: it is not run again. */
  readonly checked?: SelfCheck;
  /** Build it although the self-check fails: for tests that plant a fault. */
  readonly acceptFaults?: boolean;
};

/** @throws SetupError when the file is missing, corrupt, or of a kind that is not supported. */
export async function loadModel(path: string, options: LoadOptions): Promise<LoadedModel> {
  const file = await openGguf(path);
  try {
    const config = llamaConfigFrom(path, file.metadata);
    const tokenizer = tokenizerFrom(path, file.metadata);
    if (tokenizer.vocabulary > config.dVocab) {
      throw new SetupError(
        "CORRUPT_MODEL",
        `${path}: its tokenizer has ${tokenizer.vocabulary} tokens, its embedding only ${config.dVocab}`,
        { hint: "The file is damaged, or was put together from two models." },
      );
    }
    const weights = await readLlamaWeights(file, config, options.rotaryRows);
    const forward = await openForward(config, weights, {
      threads: options.threads,
      weightsAs: options.weightsAs ?? "constants",
    });
    let check = options.checked;
    try {
      check ??= await selfCheck(config, weights, forward, tokenizer, options.threads);
      if (!check.passed && !options.acceptFaults) {
        throw new SetupError("SELF_CHECK", `${path}: ${selfCheckLine(check)}`, {
          hint: "This model would be measured wrongly, so it is not measured. Check the file's sha256; if it is whole, its architecture differs from what the engine knows.",
        });
      }
    } catch (error) {
      await forward.close();
      throw error;
    }
    const tensorTypes: Record<string, number> = {};
    for (const { type } of file.tensors.values()) tensorTypes[type] = (tensorTypes[type] ?? 0) + 1;
    return { config, forward, tokenizer, tensorTypes, selfCheck: check, close: () => forward.close() };
  } finally {
    await file.close();
  }
}
