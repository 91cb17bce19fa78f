// Finds added tokens in a text: leftmost first, the longest where several begin at one place.

import type { AddedToken } from "./codec.ts";

/** A stretch of text, or a token that was found in it. */
export type Part = { readonly text: string } | { readonly token: AddedToken };

const WORD = /[\p{Alphabetic}\p{M}\p{Nd}\p{Pc}]/u;

/**
 * @returns a function that cuts a text; `allowed` says whether a token may be taken at UTF-16 positions [from, to). Where two tokens
 * have one text the last counts.
 */
export function splitAdded(
  tokens: readonly AddedToken[],
): (text: string, allowed?: (token: AddedToken, from: number, to: number) => boolean) => Part[] {
  const distinct = new Map(tokens.map((token) => [token.content, token]));
  /** By the first UTF-16 unit, the longest first. */
  const beginning = new Map<number, AddedToken[]>();
  for (const token of [...distinct.values()].sort((a, b) => b.content.length - a.content.length)) {
    const unit = token.content.charCodeAt(0);
    const others = beginning.get(unit);
    if (others) others.push(token);
    else beginning.set(unit, [token]);
  }
  return (text, allowed = () => true) => {
    const parts: Part[] = [];
    let start = 0;
    const upTo = (end: number) => {
      if (end > start) parts.push({ text: text.slice(start, end) });
    };
    for (let i = 0; i < text.length;) {
      const found = beginning.get(text.charCodeAt(i))?.find((token) => {
        const end = i + token.content.length;
        return (
          text.startsWith(token.content, i) &&
          (!token.singleWord || aloneAt(text, i, end)) &&
          allowed(token, i, end)
        );
      });
      if (!found) {
        i++;
        continue;
      }
      const before = found.lstrip ? text.slice(start, i).replace(/\p{White_Space}+$/u, "").length + start : i;
      upTo(before);
      parts.push({ token: found });
      i += found.content.length;
      if (found.rstrip) i += /^\p{White_Space}*/u.exec(text.slice(i))![0].length;
      start = i;
    }
    upTo(text.length);
    return parts;
  };
}

function aloneAt(text: string, from: number, to: number): boolean {
  const before = /.$/su.exec(text.slice(Math.max(0, from - 2), from))?.[0] ?? "";
  const after = to < text.length ? String.fromCodePoint(text.codePointAt(to)!) : "";
  return !WORD.test(before) && !WORD.test(after);
}
