// Groups write asks into batches of prompts of like length, so that little is padded.

import type { PlannedBatch } from "../../model/model.ts";
import { sharedPrefix } from "../forward/prefix.ts";

/** Texts that are written side by side. More are faster up to the point where the cache outgrows memory. */
const ROWS = 96;
/** Prompt tokens of one prefill. */
const PASS_TOKENS = 4096;

/** `layout`: `prefix` tokens shared by all prompts of the batch, `width` of the longest remainder. Deterministic in the prompts alone. */
export function planReplies(prompts: readonly (readonly number[])[]): readonly PlannedBatch[] {
  const prefix = sharedPrefix(prompts);
  const order = prompts.map((_, i) => i).sort((a, b) => prompts[a]!.length - prompts[b]!.length || a - b);
  const batches: PlannedBatch[] = [];
  for (let at = 0; at < order.length;) {
    let end = at + 1;
    const width = (last: number) => prompts[order[last]!]!.length - prefix;
    while (end < order.length && end - at < ROWS && (end - at + 1) * width(end) <= PASS_TOKENS) end++;
    batches.push({
      members: order.slice(at, end),
      layout: { kind: "decode", prefix, width: width(end - 1) },
    });
    at = end;
  }
  return batches;
}
