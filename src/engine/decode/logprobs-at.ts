// The log-probabilities at one place: of the token that was taken and of the k most probable ones.

import type { TokenLogprob } from "./decoder.ts";

/**
 * Natural logarithms of softmax(logits), at temperature 1. `top` falls; of equal ones the lower token comes first.
 * @param logits finite, one for each token of the vocabulary
 */
export function logprobsAt(
  logits: Float32Array,
  token: number,
  k: number,
): { readonly chosen: number; readonly top: readonly TokenLogprob[] } {
  let largest = -Infinity;
  for (let i = 0; i < logits.length; i++) if (logits[i]! > largest) largest = logits[i]!;
  let total = 0;
  for (let i = 0; i < logits.length; i++) total += Math.exp(logits[i]! - largest);
  const all = largest + Math.log(total);
  return {
    chosen: logits[token]! - all,
    top: mostProbable(logits, k).map((t) => ({ token: t, logprob: logits[t]! - all })),
  };
}

function mostProbable(logits: Float32Array, k: number): readonly number[] {
  const best: number[] = [];
  for (let i = 0; i < logits.length && k > 0; i++) {
    if (best.length === k && !(logits[i]! > logits[best[k - 1]!]!)) continue;
    let at = best.length === k ? k - 1 : best.length;
    while (at > 0 && logits[i]! > logits[best[at - 1]!]!) {
      best[at] = best[at - 1]!;
      at--;
    }
    best[at] = i;
  }
  return best;
}
