// The next token from one row of logits: the largest, or a seeded draw at a temperature from the top-p nucleus.

import type { Rng } from "../../stats/rng.ts";

/** Index of the largest; of equal ones the first. */
export function argmax(logits: Float32Array): number {
  let best = 0;
  for (let i = 1; i < logits.length; i++) if (logits[i]! > logits[best]!) best = i;
  return best;
}

/**
 * A draw from softmax(logits / temperature), cut to the smallest set of most probable tokens whose share reaches topP
 * (Holtzman et al. 2020). topP = 1 keeps all, topP = 0 the most probable one.
 * @throws RangeError when the temperature is not above 0, topP is not within [0, 1], or the largest logit is not finite
 */
export function drawToken(logits: Float32Array, temperature: number, topP: number, rng: Rng): number {
  const top = logits[argmax(logits)]!;
  if (!(temperature > 0) || !(topP >= 0 && topP <= 1) || !Number.isFinite(top)) {
    throw new RangeError(`drawToken: temperature ${temperature}, topP ${topP}, largest logit ${top}`);
  }
  const weights = new Float64Array(logits.length);
  let total = 0;
  for (let i = 0; i < logits.length; i++) total += weights[i] = Math.exp((logits[i]! - top) / temperature);
  if (topP >= 1) return walk(weights, undefined, rng.uniform() * total);
  // No token below this floor can be needed: all tokens under it together hold less than what topP leaves out.
  const floor = ((1 - topP) * total) / logits.length;
  const order: number[] = [];
  for (let i = 0; i < weights.length; i++) if (weights[i]! >= floor) order.push(i);
  order.sort((a, b) => weights[b]! - weights[a]! || a - b);
  let kept = 0;
  let share = 0;
  while (kept < order.length && (kept === 0 || share < topP * total)) share += weights[order[kept++]!]!;
  return walk(weights, order.slice(0, kept), rng.uniform() * share);
}

function walk(weights: Float64Array, order: readonly number[] | undefined, target: number): number {
  let passed = 0;
  const count = order?.length ?? weights.length;
  for (let i = 0; i < count; i++) {
    const token = order ? order[i]! : i;
    passed += weights[token]!;
    if (passed > target) return token;
  }
  return order ? order[count - 1]! : argmax(new Float32Array(weights));
}
