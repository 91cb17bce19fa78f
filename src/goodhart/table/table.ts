// A table of stored scores as it was read: rows of plain cells, each row with its place in the file.

/** What a cell may hold. A number is finite, and a whole one is exact: whatever else was there is kept as its text. */
export type Cell = string | number | boolean | null;

export type Row = {
  /** Line of the file on which the row begins, or number of the row where the file has no lines; from 1. */
  readonly line: number;
  /** Cell by column. Its prototype chain is empty, so a column called `__proto__` is data; an absent cell has no key. */
  readonly values: Readonly<Record<string, Cell>>;
  /** Columns in which the row holds what is no plain cell, and what that is ("a list"): refused only where it is used. */
  readonly unread: ReadonlyMap<string, string>;
};

export type Table = {
  /** The path as it was given. */
  readonly file: string;
  /** What `Row.line` counts. */
  readonly counts: "line" | "row";
  /** In the order of first appearance, each once. */
  readonly columns: readonly string[];
  /** At least one. */
  readonly rows: readonly Row[];
};

/** Why a row has no value in a column. An empty cell of a CSV file may have been an empty text: only the caller knows. */
export type Missing = { readonly kind: "missing"; readonly because: "empty" | "null" | "absent" };
