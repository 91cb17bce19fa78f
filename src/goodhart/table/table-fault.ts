// What is wrong with a table, said so that it can be mended and so that nothing in the file acts on a terminal.

import { SetupError } from "../../core/errors.ts";
import { visible } from "../../core/visible.ts";

/**
 * `code` is that of the fault: TABLE_FILE (can't be opened), TABLE_FORMAT (of no known kind, or not of the kind its name says),
 * TABLE_LINE (a line or row can't be read), TABLE_SIZE, TABLE_EMPTY, TABLE_COLUMN (no such column, or two), TABLE_CELL.
 * `what` follows the file's name; pieces of the file in it must have gone through `shown`.
 */
export function tableFault(
  code:
    | "TABLE_FILE"
    | "TABLE_FORMAT"
    | "TABLE_LINE"
    | "TABLE_SIZE"
    | "TABLE_EMPTY"
    | "TABLE_COLUMN"
    | "TABLE_CELL",
  file: string,
  what: string,
  options: { readonly hint: string; readonly cause?: unknown },
): SetupError {
  return new SetupError(code, `${visible(file)}${what}`, options);
}
