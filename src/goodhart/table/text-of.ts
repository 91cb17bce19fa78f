// A column of a table as texts: names of prompts, of groups, of policies.

import { cellsOf } from "./cells-of.ts";
import type { Missing, Table } from "./table.ts";

export type TextCell = { readonly kind: "text"; readonly value: string } | Missing;

/**
 * One entry a row, in the order of the rows. A number is written as JavaScript writes it (1 for 1.0), a boolean as true or false, a
 * text as it stands, white space included. Null, empty and absent are missing.
 * @throws SetupError as `cellsOf`.
 */
export function textOf(table: Table, column: string): readonly TextCell[] {
  return cellsOf(table, column, "a text").map((cell) =>
    cell.kind === "missing" ? cell : { kind: "text", value: String(cell.value) },
  );
}
