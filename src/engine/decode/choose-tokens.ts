// The next token of each reply, from the residuals of its last one: the most probable, or a seeded draw.

import type { Forward } from "../forward/forward.ts";
import { logprobsAt } from "./logprobs-at.ts";
import type { Choice, Reply } from "./reply.ts";
import type { TokenDrawer } from "./token-drawer.ts";

/**
 * @param resid [replies, dModel]
 * @returns for each reply its choice, undefined where a logit is not finite. A reply that is over draws nothing.
 */
export async function chooseTokens(
  forward: Forward,
  drawer: TokenDrawer,
  replies: readonly Reply[],
  resid: Float32Array,
): Promise<readonly (Choice | undefined)[]> {
  if (replies.every((reply) => reply.over() || isGreedy(reply.request))) {
    const best = await forward.greedy(resid);
    return best.map(({ token, logit }) => (Number.isFinite(logit) ? { token } : undefined));
  }
  const { dVocab } = forward.config;
  const logits = await forward.logits(resid);
  return replies.map((reply, r) => {
    if (reply.over()) return undefined;
    const { temperature, topP, topLogprobs } = reply.request;
    const row = logits.subarray(r * dVocab, (r + 1) * dVocab);
    const best = finiteArgmax(row);
    if (best === undefined) return undefined;
    const token = temperature > 0 ? drawer.draw(row, temperature, topP, reply.uniform()) : best;
    return topLogprobs === undefined ? { token } : { token, logprobs: logprobsAt(row, token, topLogprobs) };
  });
}

/** Two numbers a row suffice for it, where others need all logits. */
function isGreedy(request: Reply["request"]): boolean {
  return request.temperature === 0 && request.topLogprobs === undefined;
}

/** Index of the largest, of equal ones the first; undefined where one of all is not finite. */
function finiteArgmax(logits: Float32Array): number | undefined {
  let best = 0;
  for (let i = 0; i < logits.length; i++) {
    if (!(Math.abs(logits[i]!) < Infinity)) return undefined;
    if (logits[i]! > logits[best]!) best = i;
  }
  return best;
}
