// Which prompts (or pieces of prompts) are prefilled in one pass: those of like length, so that little is padded.

/** What a pass costs beside its tokens, in tokens: the weights have to come from memory. */
const PASS_COST = 24;
/** What a slot of the past costs, that each row of a pass has as many of as the longest, in tokens: it is copied and looked at. */
const SLOT_COST = 0.02;

/** `past`: tokens whose keys and values are there already. `tokens`: those to run now, at least one. */
export type PrefillPiece = { readonly past: number; readonly tokens: number };

/**
 * Groups of places in `pieces`, each a pass of at most `passTokens` tokens with padding (more only where one piece alone has more).
 * Of all groupings that keep pieces of like length together, the cheapest one.
 */
export function planPrefill(
  pieces: readonly PrefillPiece[],
  passTokens: number,
): readonly (readonly number[])[] {
  const order = pieces
    .map((_, i) => i)
    .sort((a, b) => pieces[a]!.tokens - pieces[b]!.tokens || pieces[a]!.past - pieces[b]!.past || a - b);
  // best[e]: the cheapest way to run the first e of the order, its last pass beginning at from[e].
  const best: number[] = [0];
  const from: number[] = [0];
  for (let end = 1; end <= order.length; end++) {
    best[end] = Infinity;
    const width = pieces[order[end - 1]!]!.tokens;
    let past = 0;
    for (let start = end - 1; start >= 0; start--) {
      const rows = end - start;
      if (rows > 1 && rows * width > passTokens) break;
      past = Math.max(past, pieces[order[start]!]!.past);
      const cost = best[start]! + PASS_COST + rows * (width + SLOT_COST * past);
      if (cost < best[end]!) {
        best[end] = cost;
        from[end] = start;
      }
    }
  }
  const groups: number[][] = [];
  for (let end = order.length; end > 0; end = from[end]!) groups.unshift(order.slice(from[end], end));
  return groups;
}
