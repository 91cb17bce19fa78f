// What is to be said where only the ones of a column of texts were named: which values count as 0 with the rest.

import type { BinaryLabels } from "./binary-of.ts";
import { shown } from "./shown.ts";
import type { Table } from "./table.ts";
import { listedTexts, textCounts } from "./text-counts.ts";
import { textOf } from "./text-of.ts";

/** Undefined where the zeros were named, or where one value alone is left for them. */
export function restNote(
  table: Table,
  column: string,
  { ones, zeros }: BinaryLabels,
  option: string,
): string | undefined {
  if (zeros !== undefined) return undefined;
  const one = new Set(ones.map((value) => value.trim()));
  const rest = new Map([...textCounts(textOf(table, column))].filter(([value]) => !one.has(value)));
  return rest.size < 2
    ? undefined
    : `note: of column ${shown(column)} count as 0: ${listedTexts(rest)}; ${option} VALUE names the zeros, and then the rest is missing`;
}
