// Groups choose asks into rows and batches: neighbours that begin alike share a row, rows of like length share a batch.

import type { PlannedBatch } from "../../model/model.ts";
import { sharedPrefix } from "../forward/prefix.ts";
import type { EncodedAsk } from "./encode-ask.ts";
import { trieBuilder } from "./trie.ts";

/** Tokens that a row may hold where several asks share it; one ask alone may be longer. */
const ROW_TOKENS = 160;
/** Tokens of one pass: long enough for full-speed products, short enough for a progress line a second. */
const PASS_TOKENS = 1280;

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
  const rows: Row[] = [];
  let open = trieBuilder();
  let members: number[] = [];
  const close = () => {
    if (members.length > 0) rows.push({ members, width: open.trie.tokens.length });
    open = trieBuilder();
    members = [];
  };
  for (const i of order) {
    const before = open.trie.tokens.length;
    if (members.length > 0 && before + growth(open, encoded[i]!, prefix) > ROW_TOKENS) close();
    addAsk(open, encoded[i]!, prefix);
    members.push(i);
  }
  close();
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

/** Adds an ask's prompt and options to a row. An option's last token is only looked up, never computed. */
export function addAsk(
  row: ReturnType<typeof trieBuilder>,
  ask: EncodedAsk,
  prefix: number,
): { readonly end: number } {
  const end = row.add(-1, ask.prompt.slice(prefix));
  for (const option of ask.options) row.add(end, option.slice(0, -1));
  return { end };
}

/** Tokens that an ask would add at most, given what the row begins with. */
function growth(row: ReturnType<typeof trieBuilder>, ask: EncodedAsk, prefix: number): number {
  const { tokens, parents } = row.trie;
  const prompt = ask.prompt.slice(prefix);
  let node = -1;
  let shared = 0;
  for (; shared < prompt.length; shared++) {
    const next = tokens.findIndex((t, i) => t === prompt[shared] && parents[i] === node);
    if (next < 0) break;
    node = next;
  }
  return prompt.length - shared + ask.options.reduce((n, o) => n + o.length - 1, 0);
}

function compare(a: readonly number[], b: readonly number[]): number {
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i++) if (a[i] !== b[i]) return a[i]! - b[i]!;
  return a.length - b.length;
}
