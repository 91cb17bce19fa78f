// Does the model read English at all? A layout that is wrong in a self-consistent way (rotary pairs, say) passes every other invariant.

import { rngFrom } from "../../stats/rng.ts";
import type { Forward } from "../forward/forward.ts";
import type { Tokenizer } from "../tokenizer/tokenizer.ts";
import { writtenOut } from "./invariants.ts";

const TEXT =
  "In the spring the snow on the mountains melts, and the water runs down into the river. The river carries it past " +
  "the fields and the towns until it reaches the sea. There the sun warms the water, some of it rises into the air, " +
  "and clouds begin to form. When the clouds grow heavy, the rain falls, and the whole journey begins again.";

export type Loss = { readonly loss: number; readonly tokens: number };

/** Mean negative log-probability of a token (nats) in a plain English paragraph, from its second token on. */
export async function englishLoss(forward: Forward, tokenizer: Tokenizer): Promise<Loss> {
  return lossOf(forward, [...tokenizer.affixes.before, ...tokenizer.encode(TEXT)]);
}

/** The same of its tokens in another order: a model that reads finds it far harder. */
export async function shuffledLoss(forward: Forward, tokenizer: Tokenizer): Promise<Loss> {
  // A beginning-of-text token stays where it is.
  const ids = tokenizer.encode(TEXT);
  const rng = rngFrom("shuffled words");
  for (let i = ids.length - 1; i > 0; i--) {
    const j = rng.int(i + 1);
    [ids[i], ids[j]] = [ids[j]!, ids[i]!];
  }
  return lossOf(forward, [...tokenizer.affixes.before, ...ids]);
}

async function lossOf(forward: Forward, ids: readonly number[]): Promise<Loss> {
  const fitting = ids.slice(0, forward.config.nCtx);
  const total = await writtenOut(forward, fitting.slice(0, 1), fitting.slice(1));
  return { loss: -total / (fitting.length - 1), tokens: fitting.length - 1 };
}
