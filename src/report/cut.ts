// Long text cut short, with the cut told: how much of it is shown, and how much there was.

export type Cut = { readonly shown: string; readonly of: number } & (
  | { readonly kind: "whole" }
  | { readonly kind: "cut"; readonly kept: number }
);

/** Characters are code points; a cut never parts a surrogate pair. `keep` is at least 1. */
export function cutShort(text: string, keep: number): Cut {
  // Of a very long text only the part that can be shown is spread.
  const head = Array.from(text.slice(0, 2 * keep + 2));
  const of = text.length <= 2 * keep ? head.length : codePoints(text);
  if (of <= keep) return { kind: "whole", shown: text, of };
  return { kind: "cut", shown: head.slice(0, keep).join(""), of, kept: keep };
}

function codePoints(text: string): number {
  let count = 0;
  for (const _ of text) count++;
  return count;
}
