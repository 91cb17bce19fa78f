// Takes rows in as they are read, and stops before there are too many to hold.

import type { Limits } from "./limits.ts";
import { tableFault } from "./table-fault.ts";
import type { Cell, Row } from "./table.ts";

/** An object without properties: not null, because V8 keeps objects with a prototype four times as small. */
const nothing: object = Object.freeze(Object.create(null) as object);
const noneUnread: ReadonlyMap<string, string> = new Map();

export type RowCollector = {
  readonly rows: readonly Row[];
  /**
   * `cells` as pairs of column and cell; `unread` as in `Row`.
   * @throws SetupError TABLE_SIZE.
   */
  add(line: number, cells: Iterable<readonly [string, Cell]>, unread?: Row["unread"]): void;
};

export function rowCollector(file: string, limits: Limits): RowCollector {
  const rows: Row[] = [];
  let cellCount = 0;
  return {
    rows,
    add: (line, cells, unread = noneUnread) => {
      const values = Object.create(nothing) as Record<string, Cell>;
      for (const [column, cell] of cells) {
        values[column] = cell;
        cellCount++;
      }
      rows.push({ line, values, unread });
      if (rows.length > limits.rows || cellCount > limits.cells) {
        throw tableFault(
          "TABLE_SIZE",
          file,
          ` holds more than ${limits.rows} rows or ${limits.cells} cells`,
          {
            hint: "Keep the columns that are used, or fewer samples of each prompt.",
          },
        );
      }
    },
  };
}
