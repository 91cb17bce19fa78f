// Shared beginnings are computed once: the keys and values of a token prefix, kept for the passes that follow.

import { causalPass } from "./causal-pass.ts";
import type { Forward, Past } from "./forward.ts";

const KEPT = 8;

export interface PrefixCache {
  /** Keys and values of these tokens, as one row that all rows of a pass share. `fresh` is false where they were kept. */
  of(tokens: readonly number[], padding: number): Promise<{ readonly past: Past; readonly fresh: boolean }>;
}

export function prefixCache(forward: Forward): PrefixCache {
  const kept = new Map<string, Past>();
  return {
    of: async (tokens, padding) => {
      if (tokens.length === 0) return { past: forward.emptyPast, fresh: false };
      const name = tokens.join(" ");
      const known = kept.get(name);
      if (known) {
        kept.delete(name);
        kept.set(name, known);
        return { past: known, fresh: false };
      }
      // A pass of one token would take the matrix-times-vector path, which rounds differently: such a prefix is run twice over.
      const texts = tokens.length === 1 ? [tokens, tokens] : [tokens];
      const { k, v } = await forward.pass(causalPass(texts, tokens.length, padding, forward.emptyPast));
      const first = (x: Float32Array) => (texts.length === 1 ? x : x.slice(0, x.length / 2));
      const past = { rows: 1, length: tokens.length, k: k.map(first), v: v.map(first) };
      kept.set(name, past);
      if (kept.size > KEPT) kept.delete(kept.keys().next().value!);
      return { past, fresh: true };
    },
  };
}

/** Length of the longest beginning that all share, at most one less than the shortest: every text keeps a token of its own. */
export function sharedPrefix(texts: readonly (readonly number[])[]): number {
  const first = texts[0];
  if (!first) return 0;
  let length = Math.min(...texts.map((t) => t.length)) - 1;
  for (const text of texts) {
    let i = 0;
    while (i < length && text[i] === first[i]) i++;
    length = i;
  }
  return Math.max(0, length);
}
