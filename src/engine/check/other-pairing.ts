// The model with its rotary pairs read the other way: what a wrong layout looks like, for comparison.

import type { ModelConfig } from "../arch/model-config.ts";
import { openForward } from "../forward/forward.ts";
import type { Weight } from "../graph/session.ts";
import type { Tokenizer } from "../tokenizer/tokenizer.ts";
import { englishLoss } from "./reads-language.ts";

/** Loss on plain English (nats a token) when dimensions of queries and keys are paired otherwise than the family says. */
export async function lossWithOtherPairing(
  config: ModelConfig,
  weights: ReadonlyMap<string, Weight>,
  tokenizer: Tokenizer,
  threads: number,
): Promise<number> {
  const { positions } = config;
  if (positions.kind !== "rotary") throw new RangeError(`${config.family}: positions are ${positions.kind}`);
  const pairing = positions.pairing === "neighbours" ? "halves" : "neighbours";
  // The weights stay as they are, and uncopied: the graph pairs them otherwise.
  const other = { ...config, positions: { ...positions, pairing } } as const;
  const forward = await openForward(other, weights, { threads, weightsAs: "inputs" });
  try {
    return (await englishLoss(forward, tokenizer)).loss;
  } finally {
    await forward.close();
  }
}
