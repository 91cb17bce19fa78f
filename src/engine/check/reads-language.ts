// Does the model read English at all? A layout that is wrong in a self-consistent way (rotary pairs, say) passes every other invariant.

import type { Forward } from "../forward/forward.ts";
import type { Tokenizer } from "../tokenizer/tokenizer.ts";
import { writtenOut } from "./invariants.ts";

const TEXT =
  "In the spring the snow on the mountains melts, and the water runs down into the river. The river carries it past " +
  "the fields and the towns until it reaches the sea. There the sun warms the water, some of it rises into the air, " +
  "and clouds begin to form. When the clouds grow heavy, the rain falls, and the whole journey begins again.";

/** Mean negative log-probability of a token (nats) in a plain English paragraph, from its second token on. */
export async function englishLoss(
  forward: Forward,
  tokenizer: Tokenizer,
): Promise<{ readonly loss: number; readonly tokens: number }> {
  const ids = tokenizer.encode(TEXT);
  const total = await writtenOut(forward, ids.slice(0, 1), ids.slice(1));
  return { loss: -total / (ids.length - 1), tokens: ids.length - 1 };
}
