// What a model thought of a prompt's own tokens: the prompt read part by part, so that scores and logits stay few.

import type { TokenLogprob } from "../engine/decode/decoder.ts";
import { logprobsAt } from "../engine/decode/logprobs-at.ts";
import { rowTable } from "../engine/decode/row-table.ts";
import { causalPass } from "../engine/forward/causal-pass.ts";
import type { Forward } from "../engine/forward/forward.ts";
import type { PromptScores } from "./served-model.ts";

/** Tokens of one pass, and places whose logits (places x vocabulary numbers) are there at a time. */
const PART = 512;
const PLACES = 64;

/**
 * @param prompt at least one token, at most as many as the context holds
 * @param top how many of the most probable tokens to list at each place; after the prompt at least one
 * @throws Error where a logit is not finite, and the signal's reason on abort
 */
export async function scorePrompt(
  forward: Forward,
  padding: number,
  prompt: readonly number[],
  top: number,
  signal: AbortSignal,
): Promise<PromptScores> {
  const { dModel, dVocab } = forward.config;
  const table = rowTable(forward.config);
  const places: { readonly logprob: number; readonly top: readonly TokenLogprob[] }[] = [];
  let next: readonly TokenLogprob[] = [];

  const look = (logits: Float32Array, place: number) => {
    const last = place === prompt.length - 1;
    const found = logprobsAt(logits, last ? 0 : prompt[place + 1]!, last ? Math.max(1, top) : top);
    if (!Number.isFinite(found.chosen))
      throw new Error("the model's numbers overflowed: a logit is not finite");
    if (last) next = found.top;
    else places.push({ logprob: found.chosen, top: found.top });
  };

  for (const [start, count] of parts(prompt.length, PART)) {
    signal.throwIfAborted();
    const part = prompt.slice(start, start + count);
    // One row of one token would take another path through the products and round differently.
    const rows = count === 1 ? [part, part] : [part];
    const past = start === 0 ? forward.emptyPast : table.past(1);
    const made = await forward.pass(causalPass(rows, count, padding, past, "all"));
    for (const [from, few] of parts(made.resid.length / dModel, PLACES)) {
      signal.throwIfAborted();
      const logits = await forward.logits(made.resid.subarray(from * dModel, (from + few) * dModel));
      for (let i = 0; i < few && from + i < count; i++)
        look(logits.subarray(i * dVocab, (i + 1) * dVocab), start + from + i);
    }
    table.fit(1, start + count);
    table.put(0, start, { made, width: count, row: 0 }, count);
  }
  return { places, next };
}

/** Beginning and size of parts of at most `most`, but that the last is never a single one beside others. */
function parts(length: number, most: number): readonly (readonly [number, number])[] {
  const found: (readonly [number, number])[] = [];
  for (let start = 0; start < length;) {
    const left = length - start;
    const count = left <= most + 1 ? left : most;
    found.push([start, count]);
    start += count;
  }
  return found;
}
