// A table in JSON lines: one object a line, its keys the columns.

import { jsonKeys } from "./json-keys.ts";
import { defaultLimits, type Limits } from "./limits.ts";
import { rowCollector } from "./row-collector.ts";
import { shown } from "./shown.ts";
import { tableFault } from "./table-fault.ts";
import type { Cell, Table } from "./table.ts";

/**
 * Blank lines are no rows. A number that is not finite, or whole and beyond 2^53, is kept as the text it was written in.
 * @param bytes UTF-8, as `textBytes` gives it.
 * @throws SetupError TABLE_LINE, TABLE_FORMAT, TABLE_COLUMN (a key twice), TABLE_SIZE, TABLE_EMPTY.
 */
export function readJsonl(bytes: Buffer, file: string, limits: Limits = defaultLimits): Table {
  const columns = new Set<string>();
  const collector = rowCollector(file, limits);
  let line = 0;
  for (let start = 0; start < bytes.length;) {
    const found = bytes.indexOf(10, start);
    const end = found < 0 ? bytes.length : found;
    line++;
    if (end - start > limits.lineBytes)
      throw tableFault("TABLE_SIZE", file, `, line ${line}: longer than ${limits.lineBytes} bytes`, {
        hint: 'Each line must hold one JSON object, such as {"prompt": 1, "score": 0.5}.',
      });
    const text = bytes.toString("utf8", start, end);
    if (!/^[ \t\r]*$/.test(text)) {
      const { cells, unread } = fieldsOf(text, file, line);
      for (const [column] of cells) columns.add(column);
      for (const column of unread?.keys() ?? []) columns.add(column);
      collector.add(line, cells, unread);
    }
    start = end + 1;
  }
  if (collector.rows.length === 0)
    throw tableFault("TABLE_EMPTY", file, " holds no rows", { hint: "Name a file that holds rows." });
  return { file, counts: "line", columns: [...columns], rows: collector.rows };
}

type Fields = {
  readonly cells: readonly (readonly [string, Cell])[];
  readonly unread: ReadonlyMap<string, string> | undefined;
};

function fieldsOf(text: string, file: string, line: number): Fields {
  const value = parsed(text, file, line);
  if (Array.isArray(value) || value === null || typeof value !== "object")
    throw Array.isArray(value) && line === 1
      ? wholeArray(file)
      : tableFault("TABLE_LINE", file, `, line ${line}: ${kindOf(value)}, not an object`, {
          hint: 'Each line must hold one JSON object, such as {"prompt": 1, "score": 0.5}.',
        });

  const entries = Object.entries(value);
  const keys = jsonKeys(text);
  if (keys.length !== entries.length) {
    const twice = keys.find((key, at) => keys.indexOf(key) !== at) ?? "";
    throw tableFault("TABLE_COLUMN", file, `, line ${line}: the key ${shown(twice)} stands there twice`, {
      hint: "Which of the two is meant can't be known: keep one.",
    });
  }

  const cells: (readonly [string, Cell])[] = [];
  let unread: Map<string, string> | undefined;
  let written: Readonly<Record<string, unknown>> | undefined;
  for (const [column, cell] of entries) {
    if (cell === null || typeof cell === "string" || typeof cell === "boolean") cells.push([column, cell]);
    else if (typeof cell !== "number") (unread ??= new Map()).set(column, kindOf(cell));
    else if (Number.isFinite(cell) && (!Number.isInteger(cell) || Number.isSafeInteger(cell)))
      cells.push([column, cell]);
    else cells.push([column, asWritten((written ??= numbersAsWritten(text, file, line))[column], cell)]);
  }
  return { cells, unread };
}

function parsed(text: string, file: string, line: number): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (line === 1 && text.trimStart().startsWith("[")) throw wholeArray(file);
    throw tableFault("TABLE_LINE", file, `, line ${line}: not JSON: ${shown(text)}`, {
      hint: "Each line must hold one whole JSON object; one that is spread over several lines is not read.",
      cause: error,
    });
  }
}

function wholeArray(file: string): Error {
  return tableFault("TABLE_FORMAT", file, " holds a JSON array, not JSON lines", {
    hint: "Write each object of the array on a line of its own: jq -c '.[]' FILE.json > FILE.jsonl",
  });
}

/**
 * The text of a number that a double can't hold. Other doubles, such as 1e300, stay numbers.
 * @param source what stands in the file, where that is known.
 */
function asWritten(source: unknown, value: number): Cell {
  const text = typeof source === "string" ? source : String(value);
  return Number.isFinite(value) && !/^-?\d+$/.test(text) ? value : text;
}

/** The line again, with each number as its own text. */
function numbersAsWritten(text: string, file: string, line: number): Readonly<Record<string, unknown>> {
  const reviver = (_key: string, value: unknown, context?: { readonly source?: string }) =>
    typeof value === "number" ? (context?.source ?? value) : value;
  try {
    return JSON.parse(text, reviver) as Record<string, unknown>;
  } catch (error) {
    // A reviver calls itself for what is nested, and a line may be nested deeper than the stack.
    throw tableFault("TABLE_LINE", file, `, line ${line}: nested too deeply`, {
      hint: "Keep only plain values in the table.",
      cause: error,
    });
  }
}

function kindOf(value: unknown): string {
  if (Array.isArray(value)) return "a list";
  if (value === null) return "null";
  return typeof value === "object" ? "an object" : `a ${typeof value}`;
}
