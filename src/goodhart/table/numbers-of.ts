// A column of a table as numbers, or a refusal that names the cell that is none.

import { cellsOf } from "./cells-of.ts";
import { shown } from "./shown.ts";
import { tableFault } from "./table-fault.ts";
import type { Cell, Missing, Table } from "./table.ts";

export type NumberCell = { readonly kind: "number"; readonly value: number } | Missing;

const decimal = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i;
const whole = /^[+-]?\d+$/;

/**
 * One entry a row, in the order of the rows. A number may be written as text ("0.5", " 1e-3 "). A boolean counts as 0 or 1, and so
 * does the text "true" or "false" in any capitals, which is how CSV files hold one. Null, empty and absent are missing.
 * @param wayOut what the hint of a cell that is no number adds, as how its texts could be read otherwise.
 * @throws SetupError TABLE_COLUMN as `cellsOf`; TABLE_CELL where a cell is no number, not finite (NaN, Infinity, 1e999), or whole and
 * beyond 2^53, where a double would change it.
 */
export function numbersOf(table: Table, column: string, wayOut?: string): readonly NumberCell[] {
  return cellsOf(table, column, "a number").map((cell) => {
    if (cell.kind === "missing") return cell;
    const { value, row } = cell;
    const read = numberIn(value);
    if (typeof read === "number") return { kind: "number", value: read };
    throw tableFault(
      "TABLE_CELL",
      table.file,
      `, ${table.counts} ${row.line}: column ${shown(column)} holds ${shown(String(value))}, which is ${read}`,
      {
        hint: `A score is written like 0.25 or 1e-3; leave the cell empty where there is none.${wayOut === undefined ? "" : ` ${wayOut}`}`,
      },
    );
  });
}

/** The number, or in words why there is none. */
function numberIn(value: Exclude<Cell, null>): number | string {
  if (typeof value === "number") return value;
  if (typeof value === "boolean") return value ? 1 : 0;
  const text = value.trim();
  if (!decimal.test(text)) {
    if (/^true$/i.test(text)) return 1;
    if (/^false$/i.test(text)) return 0;
    return /^[+-]?(?:nan|inf|infinity)$/i.test(text) ? "not a finite number" : "no number";
  }
  const number = Number(text);
  if (!Number.isFinite(number)) return "not a finite number";
  return whole.test(text) && !Number.isSafeInteger(number)
    ? "a whole number beyond 2^53, which can't be kept exactly"
    : number;
}
