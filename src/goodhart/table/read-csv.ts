// A table in comma- or tab-separated values, as RFC 4180 has them: the first row names the columns.

import { CsvError, parse } from "csv-parse/sync";
import { countLines } from "./count-lines.ts";
import { defaultLimits, type Limits } from "./limits.ts";
import { rowCollector } from "./row-collector.ts";
import { shown } from "./shown.ts";
import { tableFault } from "./table-fault.ts";
import type { Table } from "./table.ts";

/**
 * All cells are texts. A line that is wholly empty is no row: who writes one column writes an empty cell as `""`.
 * The parser is csv-parse, because it has its types with it, stops at the first quote that is out of place instead of guessing, and
 * says at which byte each row ends. Its own line numbers count "\r\n" within quotes twice, so they are made here.
 * @param bytes UTF-8, as `textBytes` gives it.
 * @throws SetupError TABLE_LINE, TABLE_COLUMN (a heading twice), TABLE_SIZE, TABLE_EMPTY.
 */
export function readCsv(
  bytes: Buffer,
  file: string,
  delimiter: "," | "\t",
  limits: Limits = defaultLimits,
): Table {
  const collector = rowCollector(file, limits);
  let columns: readonly string[] | undefined;
  let line = 1;
  let end = 0;

  /** Goes over blank lines, to the start of the row that comes next. */
  const toNextRow = () => {
    const from = end;
    while (bytes[end] === 10 || bytes[end] === 13) end++;
    line += countLines(bytes, from, end);
  };
  const take = (fields: readonly string[], to: number) => {
    toNextRow();
    if (columns === undefined) {
      columns = headingsOf(fields, file, line);
    } else if (fields.length === columns.length) {
      collector.add(
        line,
        columns.map((column, at) => [column, fields[at] ?? null] as const),
      );
    } else {
      throw tableFault(
        "TABLE_LINE",
        file,
        `, line ${line}: ${fields.length} fields where the heading has ${columns.length}`,
        { hint: "A field that holds the delimiter, a quote or a line end must stand in double quotes." },
      );
    }
    line += countLines(bytes, end, to);
    end = to;
  };

  try {
    parse(bytes, {
      delimiter,
      record_delimiter: ["\r\n", "\n", "\r"],
      skip_empty_lines: true,
      relax_column_count: true,
      max_record_size: limits.lineBytes,
      on_record: (fields: string[], { bytes: to }) => {
        take(fields, to);
        return null;
      },
    });
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    toNextRow();
    throw csvFault(error, file, line, limits);
  }
  if (collector.rows.length === 0)
    throw tableFault("TABLE_EMPTY", file, " holds no rows below its heading", {
      hint: "Name a file that holds rows.",
    });
  return { file, counts: "line", columns: columns ?? [], rows: collector.rows };
}

function headingsOf(fields: readonly string[], file: string, line: number): readonly string[] {
  const seen = new Set<string>();
  for (const field of fields) {
    if (seen.has(field))
      throw tableFault("TABLE_COLUMN", file, `, line ${line}: two columns are called ${shown(field)}`, {
        hint: "Give each column a name of its own; the first row must hold the names.",
      });
    seen.add(field);
  }
  return fields;
}

function csvFault(error: CsvError, file: string, line: number, limits: Limits): Error {
  if (error.code === "CSV_MAX_RECORD_SIZE")
    return tableFault("TABLE_SIZE", file, `, line ${line}: longer than ${limits.lineBytes} bytes`, {
      hint: "A quote that is opened and not closed takes in all that follows.",
      cause: error,
    });
  const what =
    error.code === "CSV_QUOTE_NOT_CLOSED"
      ? "a quote is opened and never closed in the row that begins here"
      : "a quote is out of place in the row that begins here";
  return tableFault("TABLE_LINE", file, `, line ${line}: ${what}`, {
    hint: 'A field with a quote in it must stand in double quotes, with each of its own quotes doubled: "he said ""no""".',
    cause: error,
  });
}
