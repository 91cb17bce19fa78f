// Trees of tokens as one pass: a row per tree, each token looking at its ancestors, itself and the shared prefix.

import { MASKED, type Pass, type Past } from "../forward/forward.ts";
import type { Trie } from "./trie.ts";

/** Rows are right-padded to `width`. `select` names the nodes wanted, as [row, node]. */
export function triePass(
  tries: readonly Trie[],
  width: number,
  padding: number,
  past: Past,
  select: readonly (readonly [row: number, node: number])[],
): Pass {
  const rows = tries.length;
  const all = past.length + width;
  const tokens = new Int32Array(rows * width).fill(padding);
  const positions = new Int32Array(rows * width);
  const bias = new Float32Array(rows * width * all);
  tries.forEach((trie, r) => {
    for (let c = 0; c < width; c++) {
      const at = r * width + c;
      const row = bias.subarray(at * all, (at + 1) * all);
      row.fill(MASKED, c < trie.tokens.length ? past.length : 0);
      row[past.length + c] = 0;
      if (c >= trie.tokens.length) continue;
      tokens[at] = trie.tokens[c]!;
      positions[at] = past.length + trie.depths[c]!;
      for (let node = trie.parents[c]!; node >= 0; node = trie.parents[node]!) row[past.length + node] = 0;
    }
  });
  return {
    rows,
    width,
    tokens,
    positions,
    bias,
    past,
    select: select.map(([row, node]) => row * width + node),
  };
}
