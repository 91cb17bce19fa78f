// Passes over rows that are each filled from their first slot: a piece of each prompt, or one token a row.

import { MASKED, type Pass, type Past } from "../forward/forward.ts";

export type PieceOfRow = {
  /** Slots of the past that this row has filled. */
  readonly past: number;
  readonly tokens: readonly number[];
};

/**
 * Each row's tokens stand in its first columns; padding follows, which nobody looks at. Selected is each row's last token.
 * @param past at least as long as the longest row's; empty where no row has one
 */
export function prefillPass(pieces: readonly PieceOfRow[], past: Past): Pass {
  const rows = pieces.length;
  const width = Math.max(...pieces.map((p) => p.tokens.length));
  const all = past.length + width;
  const tokens = new Int32Array(rows * width);
  const positions = new Int32Array(rows * width);
  const bias = new Float32Array(rows * width * all);
  pieces.forEach((piece, r) => {
    for (let c = 0; c < width; c++) {
      const at = r * width + c;
      // Padding repeats a token of the row's own: what it computes is as finite as the row is.
      tokens[at] = piece.tokens[Math.min(c, piece.tokens.length - 1)]!;
      positions[at] = piece.past + Math.min(c, piece.tokens.length - 1);
      bias.fill(MASKED, at * all + piece.past, at * all + past.length);
      bias.fill(MASKED, at * all + past.length + c + 1, (at + 1) * all);
    }
  });
  const select = pieces.map((piece, r) => r * width + piece.tokens.length - 1);
  return { rows, width, tokens, positions, bias, past, select };
}

/** One token a row, each at the place after what the row has filled. */
export function stepPass(
  rows: readonly { readonly past: number; readonly token: number }[],
  past: Past,
): Pass {
  const all = past.length + 1;
  const bias = new Float32Array(rows.length * all);
  rows.forEach((row, r) => bias.fill(MASKED, r * all + row.past, r * all + past.length));
  return {
    rows: rows.length,
    width: 1,
    tokens: Int32Array.from(rows, (row) => row.token),
    positions: Int32Array.from(rows, (row) => row.past),
    bias,
    past,
    select: rows.map((_, r) => r),
  };
}
