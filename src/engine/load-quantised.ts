// Loads a GGUF model that multiplies with its matrices as they are stored, in blocks of 4 or 8 bits: faster where one reply is written at a time.

import { SetupError } from "../core/errors.ts";
import { relativeError } from "./check/closeness.ts";
import { selfCheckLine, type SelfCheck } from "./check/self-check.ts";
import { causalPass } from "./forward/causal-pass.ts";
import { openForward, type Forward } from "./forward/forward.ts";
import { loadModel, tensorTypesOf, type LoadedModel, type LoadOptions } from "./load-model.ts";
import { openModelFile } from "./model-file.ts";
import { quantisedProduct } from "./quantised/quantised-product.ts";
import type { Tokenizer } from "./tokenizer/tokenizer.ts";

/** What the rounding of activations moves logits by is 0.02 to 0.11; a block that is read wrongly, by 1 and more. */
const LIMIT = 0.25;
const TEXT =
  "The ship left the harbour before sunrise, and by noon nobody on board could see the coast any more.";

/**
 * Weights are those of the file to the last bit, but for matrices whose type has no form in such blocks. Activations are rounded to 8 bits in
 * blocks of 32, as llama.cpp does it: logits are off by 2 to 11 %, and differ with who else is in a batch. Not for analysis.
 * @throws SetupError as `loadModel`, and where the file has no blocks
 */
export async function loadQuantised(path: string, options: LoadOptions): Promise<LoadedModel> {
  const file = await openModelFile(path);
  try {
    if (!file.packed)
      throw new SetupError("NOT_QUANTISED", `${path}: its weights are not in blocks`, {
        hint: "Name a quantised GGUF file, or leave the option out.",
      });
    const tokenizer = await file.tokenizer();
    const { weights, forms, rounded } = await file.packed(await file.weights());
    if (rounded.length === forms.size)
      throw new SetupError(
        "NOT_QUANTISED",
        `${path}: none of its weights are in blocks that can be multiplied with`,
        {
          hint: "Such are Q4_0, Q4_1 and Q8_0. Name another file, or leave the option out.",
        },
      );
    const forward = await openForward(file.config, weights, {
      threads: options.threads,
      weightsAs: "constants",
      product: quantisedProduct(forms, "int8"),
    });
    try {
      const selfCheck = options.checked ?? (await check(path, options, forward, tokenizer));
      const worst = rounded.toSorted((a, b) => b.relativeError - a.relativeError)[0];
      return {
        config: file.config,
        forward,
        tokenizer,
        tensorTypes: tensorTypesOf(file),
        selfCheck,
        arithmetic:
          "4- and 8-bit blocks, activations rounded to 8 bits" +
          (worst
            ? `, ${rounded.length} matrices rounded to 8 bits (by ${worst.relativeError.toExponential(0)} at most)`
            : ""),
        close: () => forward.close(),
      };
    } catch (error) {
      await forward.close();
      throw error;
    }
  } finally {
    await file.close();
  }
}

/** The invariants of the model in float32, and that the blocks say the same as it does. */
async function check(
  path: string,
  { threads }: LoadOptions,
  forward: Forward,
  tokenizer: Tokenizer,
): Promise<SelfCheck> {
  const exact = await loadModel(path, { threads, weightsAs: "inputs" });
  try {
    const logitsOf = async (of: Forward) => {
      const ids = tokenizer.encode(TEXT).slice(0, of.config.nCtx);
      const { resid } = await of.pass(causalPass([ids], ids.length, tokenizer.padding, of.emptyPast, "all"));
      return of.logits(resid);
    };
    const found = relativeError(await logitsOf(forward), await logitsOf(exact.forward));
    const checks = [...exact.selfCheck.checks, { name: "blocks = float32", found, limit: LIMIT }];
    const selfCheck = { passed: found <= LIMIT, checks };
    if (!selfCheck.passed)
      throw new SetupError("SELF_CHECK", `${path}: ${selfCheckLine(selfCheck)}`, {
        hint: "Use the model in float32: leave the option out.",
      });
    return selfCheck;
  } finally {
    await exact.close();
  }
}
