// Loads a model: file, tokenizer, weights, sessions, self-check. Nothing of it outlives `close`.

import { SetupError } from "../core/errors.ts";
import type { Source } from "./arch/family.ts";
import type { ModelConfig } from "./arch/model-config.ts";
import { selfCheck, selfCheckLine, type SelfCheck } from "./check/self-check.ts";
import { openForward, type Forward } from "./forward/forward.ts";
import type { WeightsAs } from "./graph/serialize.ts";
import type { Weight } from "./graph/session.ts";
import { openModelFile, type ModelFile } from "./model-file.ts";
import type { Tokenizer } from "./tokenizer/tokenizer.ts";
import { refuseTooLarge } from "./weights/refuse-too-large.ts";

export type LoadedModel = {
  readonly config: ModelConfig;
  readonly forward: Forward;
  readonly tokenizer: Tokenizer;
  /** Tensor types in the file and how many of each: {"Q4_1": 210, …}. */
  readonly tensorTypes: Readonly<Record<string, number>>;
  readonly selfCheck: SelfCheck;
  /** How it multiplies: "fp32", or in words what is rounded. Names the model wherever its numbers are shown. */
  readonly arithmetic: string;
  readonly close: () => Promise<void>;
};

export type LoadOptions = {
  readonly threads: number;
  /** How the trunk's weights enter the graph. Constants are packed: faster, above all in decoding, for one more copy. */
  readonly weightsAs?: WeightsAs;
  /** Memory that is there to be taken, in bytes: a model that needs more is refused before it is read. */
  readonly availableBytes?: number;
  /** How stored tensors become weights, where that is not as the family declares: for tests that show what a wrong reading does. */
  readonly misread?: (source: Source, weight: string) => Source["take"];
  /** The self-check that was stored for this very file, if any: it is not run again. */
  readonly checked?: SelfCheck;
  /** Build it although the self-check fails: for tests that plant a fault. */
  readonly acceptFaults?: boolean;
};

/** @throws SetupError when the file is missing, corrupt, or of a kind that is not supported. */
export async function loadModel(path: string, options: LoadOptions): Promise<LoadedModel> {
  const { weights: _dropped, ...loaded } = await loadWithWeights(path, options);
  return loaded;
}

/** The same with the weights by name: who keeps them keeps a copy of the model in memory. */
export async function loadWithWeights(
  path: string,
  options: LoadOptions,
): Promise<LoadedModel & { readonly weights: ReadonlyMap<string, Weight> }> {
  const file = await openModelFile(path);
  try {
    const { config } = file;
    const weightsAs = options.weightsAs ?? "constants";
    if (options.availableBytes !== undefined)
      refuseTooLarge(path, file.tensors, { weightsAs, available: options.availableBytes });
    const tokenizer = await file.tokenizer();
    if (tokenizer.vocabulary > config.dVocab) {
      throw new SetupError(
        "CORRUPT_MODEL",
        `${path}: its tokenizer has ${tokenizer.vocabulary} tokens, its embedding only ${config.dVocab}`,
        { hint: "The file is damaged, or was put together from two models." },
      );
    }
    const weights = await file.weights(options.misread);
    const forward = await openForward(config, weights, {
      threads: options.threads,
      weightsAs,
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
    return {
      config,
      forward,
      tokenizer,
      tensorTypes: tensorTypesOf(file),
      selfCheck: check,
      arithmetic: "fp32",
      weights,
      close: () => forward.close(),
    };
  } finally {
    await file.close();
  }
}

export function tensorTypesOf({ tensors }: Pick<ModelFile, "tensors">): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const { type } of tensors.values()) counts[type] = (counts[type] ?? 0) + 1;
  return counts;
}
