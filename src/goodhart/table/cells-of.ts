// One column of a table, cell by cell, with what is missing told apart from what is there.

import { nearestName } from "./nearest-name.ts";
import { shown } from "./shown.ts";
import { tableFault } from "./table-fault.ts";
import type { Cell, Missing, Row, Table } from "./table.ts";

export type Found = { readonly kind: "found"; readonly value: Exclude<Cell, null>; readonly row: Row };

/** Columns that a message lists. */
const listed = 20;

/**
 * One entry a row, in the order of the rows. A text of nothing but white space is empty.
 * @param needed what the caller needs the cell to be, for the message: "a number".
 * @throws SetupError TABLE_COLUMN where there is no such column, TABLE_CELL where a row holds something nested or otherwise unread.
 */
export function cellsOf(table: Table, column: string, needed: string): readonly (Found | Missing)[] {
  if (!table.columns.includes(column)) throw unknownColumn(table, column);
  return table.rows.map((row) => {
    const unread = row.unread.get(column);
    if (unread !== undefined)
      throw tableFault(
        "TABLE_CELL",
        table.file,
        `, ${table.counts} ${row.line}: column ${shown(column)} holds ${unread} where ${needed} is needed`,
        { hint: "Put the value itself into a column of its own." },
      );
    const value = row.values[column];
    if (value === undefined) return { kind: "missing", because: "absent" };
    if (value === null) return { kind: "missing", because: "null" };
    if (typeof value === "string" && value.trim() === "") return { kind: "missing", because: "empty" };
    return { kind: "found", value, row };
  });
}

function unknownColumn({ file, columns }: Table, column: string): Error {
  const nearest = nearestName(column, columns);
  const names = columns
    .slice(0, listed)
    .map((name) => shown(name))
    .join(", ");
  const more = columns.length > listed ? ` and ${columns.length - listed} more` : "";
  return tableFault("TABLE_COLUMN", file, ` has no column ${shown(column)}`, {
    hint: `${nearest === undefined ? "" : `Did you mean ${shown(nearest)}? `}There are ${names}${more}.`,
  });
}
