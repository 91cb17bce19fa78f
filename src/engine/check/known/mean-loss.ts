// The loss of a text under a model: what most golden figures are.

import type { WhiteBox } from "../../hooks/white-box.ts";

/** Mean negative log-probability (nats) of each token but the first, given those before it. */
export async function meanLoss(model: WhiteBox, tokens: readonly number[]): Promise<number> {
  using run = await model.run({ tokens }, { logits: "all" });
  const { values } = run.logits();
  const { dVocab } = model.config;
  let total = 0;
  for (let i = 1; i < tokens.length; i++) {
    const row = values.subarray((i - 1) * dVocab, i * dVocab);
    let most = Number.NEGATIVE_INFINITY;
    for (const x of row) most = Math.max(most, x);
    let sum = 0;
    for (const x of row) sum += Math.exp(x - most);
    total += most + Math.log(sum) - row[tokens[i]!]!;
  }
  return total / (tokens.length - 1);
}
