// Groups write asks into batches of prompts of like length, so that little is padded.

import type { PlannedBatch } from "../../model/model.ts";
import { sharedPrefix } from "../forward/prefix.ts";

/** Texts that are written side by side, at most. More are faster up to the point where the cache outgrows memory. */
const ROWS = 80;
/** Prompt tokens of one prefill. */
const PASS_TOKENS = 4096;
/** Slots of the cache behind all prompts, the shared prefix counted in each row: of a long system prompt every row holds a copy. */
const CACHE_SLOTS = 10_240;

/** `layout`: `prefix` tokens shared by all prompts of the batch, `width` of the longest remainder. Deterministic in the prompts alone. */
export function planReplies(prompts: readonly (readonly number[])[]): readonly PlannedBatch[] {
  const prefix = sharedPrefix(prompts);
  // Equal prompts stand side by side, so that one batch prefills them once.
  const firstOf = new Map<string, number>();
  const first = prompts.map((prompt, i) => {
    const name = prompt.join(" ");
    if (!firstOf.has(name)) firstOf.set(name, i);
    return firstOf.get(name)!;
  });
  const order = prompts
    .map((_, i) => i)
    .sort((a, b) => prompts[a]!.length - prompts[b]!.length || first[a]! - first[b]! || a - b);
  // As many batches as are needed, of nearly equal size: a last one of a few rows costs nearly as much as a full one.
  const share = Math.ceil(prompts.length / Math.ceil(prompts.length / ROWS));
  const batches: PlannedBatch[] = [];
  for (let at = 0; at < order.length;) {
    let end = at + 1;
    const width = (last: number) => prompts[order[last]!]!.length - prefix;
    const fits = (rows: number, last: number) =>
      rows <= share && rows * width(last) <= PASS_TOKENS && rows * (prefix + width(last)) <= CACHE_SLOTS;
    while (end < order.length && fits(end - at + 1, end)) end++;
    batches.push({
      members: order.slice(at, end),
      layout: { kind: "decode", prefix, width: width(end - 1) },
    });
    at = end;
  }
  return batches;
}
