// The values of a column of texts with how often each occurs, and how a message lists them.

import { shown } from "./shown.ts";
import type { TextCell } from "./text-of.ts";

/** Values that a message lists, the commonest first. */
const LISTED = 12;

/** Without the white space around them, in the order of first appearance; what is missing is not counted. */
export function textCounts(cells: readonly TextCell[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const cell of cells) {
    if (cell.kind === "missing") continue;
    const value = cell.value.trim();
    counts.set(value, (counts.get(value) ?? 0) + 1);
  }
  return counts;
}

export function listedTexts(counts: ReadonlyMap<string, number>): string {
  const listed = [...counts]
    .sort((a, b) => b[1] - a[1])
    .slice(0, LISTED)
    .map(([value, count]) => `${shown(value)} (${count})`);
  return `${listed.join(", ")}${counts.size > LISTED ? ` and ${counts.size - LISTED} more` : ""}`;
}
