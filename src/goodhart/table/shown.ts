// A piece of a file in quotes, short enough for a message and with nothing in it that can't be seen.

import { visible } from "../../core/visible.ts";

/** @param longest how many of its characters are shown. */
export function shown(text: string, longest = 60): string {
  // Cut before it is made visible: a cell may hold millions of characters.
  const start = Array.from(text.slice(0, 2 * longest + 2));
  const cut = start.length > longest;
  return `"${visible(start.slice(0, longest).join(""))}${cut ? "…" : ""}"`;
}
