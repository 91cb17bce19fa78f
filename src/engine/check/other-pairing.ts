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
    for (const [part, heads] of [
      ["W_Q", nHeads],
      ["W_K", nKeyValueHeads],
    ] as const) {
      const name = `blocks.${l}.attn.${part}`;
      const { shape, values } = weights.get(name)!;
      other.set(name, { shape, values: undoRotaryPermutation(values, heads, dHead, dModel) });
    }
  }
  const forward = await openForward(config, other, { threads, weightsAs: "inputs" });
  try {
    return (await englishLoss(forward, tokenizer)).loss;
  } finally {
    await forward.close();
  }
}
