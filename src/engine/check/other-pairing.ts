// The model with its rotary pairs read the other way: what a wrong layout looks like, for comparison.

import type { LlamaConfig } from "../arch/llama-config.ts";
import { undoRotaryPermutation } from "../arch/llama-weights.ts";
import { openForward } from "../forward/forward.ts";
import type { Weight } from "../graph/session.ts";
import type { Tokenizer } from "../tokenizer/tokenizer.ts";
import { englishLoss } from "./reads-language.ts";

/** Loss on plain English (nats a token) when every head's query and key rows are paired otherwise than they were loaded. */
export async function lossWithOtherPairing(
  config: LlamaConfig,
  weights: ReadonlyMap<string, Weight>,
  tokenizer: Tokenizer,
  threads: number,
): Promise<number> {
  const { nHeads, nKeyValueHeads, dHead, dModel } = config;
  const other = new Map(weights);
  for (let l = 0; l < config.nLayers; l++) {
    const name = `blocks.${l}.attn.W_QKV`;
    const { shape, values } = weights.get(name)!;
    const turned = (nHeads + nKeyValueHeads) * dHead * dModel;
    const swapped = Float32Array.from(values);
    swapped.set(undoRotaryPermutation(values.subarray(0, turned), nHeads + nKeyValueHeads, dHead, dModel));
    other.set(name, { shape, values: swapped });
  }
  const forward = await openForward(config, other, { threads, trunkWeightsAs: "inputs" });
  try {
    return (await englishLoss(forward, tokenizer)).loss;
  } finally {
    await forward.close();
  }
}
