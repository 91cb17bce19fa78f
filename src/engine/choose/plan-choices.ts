// Groups choose asks into rows and batches: neighbours that begin alike share a row, rows of like length share a batch.

import type { PlannedBatch } from "../../model/model.ts";
import { sharedPrefix } from "../forward/prefix.ts";
import type { EncodedAsk } from "./encode-ask.ts";
import { trieBuilder } from "./trie.ts";

/** Tokens that a row may hold where several asks share it; one ask alone may be longer. */
const ROW_TOKENS = 128;
/** Tokens of one pass: long enough for full-speed products, short enough to stay in the cache of the processor. */
const PASS_TOKENS = 640;
/** What a token costs more for each token that its row and prefix hold (attention and its copies), as a share of the rest: measured. */
const LOOKED_AT = 0.0008;

/** A planned row: which asks (indices) share it, and how many tokens it computes. */
type Row = { readonly members: readonly number[]; readonly width: number };

/**
 * `layout`: `prefix` tokens shared by all asks of the batch, `width` of its rows, `rows` = asks in each row, in order.
 * Deterministic in the asks alone.
 */
export function planChoices(encoded: readonly EncodedAsk[]): readonly PlannedBatch[] {
  if (encoded.length === 0) return [];
  const prefix = sharedPrefix(encoded.map((e) => e.prompt));
  const order = encoded
    .map((_, i) => i)
    .sort((a, b) => compare(encoded[a]!.prompt, encoded[b]!.prompt) || a - b);
  const rows = cutIntoRows(order, encoded, prefix);
  rows.sort((a, b) => a.width - b.width || a.members[0]! - b.members[0]!);
  const batches: PlannedBatch[] = [];
  for (let at = 0; at < rows.length;) {
    let end = at + 1;
    while (end < rows.length && (end - at + 1) * rows[end]!.width <= PASS_TOKENS) end++;
    const batch = rows.slice(at, end);
    batches.push({
      members: batch.flatMap((r) => r.members),
      layout: { kind: "trie", prefix, width: batch.at(-1)!.width, rows: batch.map((r) => r.members.length) },
    });
    at = end;
  }
  return batches;
}

/** Adds an ask's prompt and options to a row. An option's last token is only looked up: it is computed where what follows it is wanted. */
export function addAsk(
  row: ReturnType<typeof trieBuilder>,
  ask: EncodedAsk,
  prefix: number,
): { readonly end: number } {
  const end = row.add(-1, ask.prompt.slice(prefix));
  for (const option of ask.options) row.add(end, ask.begins ? option : option.slice(0, -1));
  return { end };
}

/** The cheapest way to cut the ordered asks into rows of neighbours: for each end the best start, from the front to the back. */
function cutIntoRows(order: readonly number[], encoded: readonly EncodedAsk[], prefix: number): Row[] {
  type Cut = { readonly cost: number; readonly start: number; readonly width: number };
  const best: Cut[] = [];
  for (let last = 0; last < order.length; last++) {
    const row = trieBuilder();
    let found: Cut | undefined;
    for (let start = last; start >= 0; start--) {
      addAsk(row, encoded[order[start]!]!, prefix);
      const width = row.trie.tokens.length;
      if (start < last && width > ROW_TOKENS) break;
      const cost = (best[start - 1]?.cost ?? 0) + width * (1 + LOOKED_AT * (prefix + width));
      if (!found || cost < found.cost) found = { cost, start, width };
    }
    best.push(found!);
  }
  const rows: Row[] = [];
  for (let last = order.length - 1; last >= 0;) {
    const { start, width } = best[last]!;
    rows.push({ members: order.slice(start, last + 1), width });
    last = start - 1;
  }
  return rows.reverse();
}

function compare(a: readonly number[], b: readonly number[]): number {
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i++) if (a[i] !== b[i]) return a[i]! - b[i]!;
  return a.length - b.length;
}
