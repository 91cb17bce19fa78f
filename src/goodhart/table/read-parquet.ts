// A table in a Parquet file: hyparquet decodes it, after each count and length in it has been checked.

import { parquetRead, parquetSchema, type FileMetaData, type SchemaTree } from "hyparquet";
import { defaultLimits, type Limits } from "./limits.ts";
import { cellOf, textFrom } from "./parquet/cell-of.ts";
import { checkPages } from "./parquet/check-pages.ts";
import { codecs } from "./parquet/codecs.ts";
import { readFooter } from "./parquet/read-footer.ts";
import { unreadKind } from "./parquet/unread-kind.ts";
import { rowCollector } from "./row-collector.ts";
import { shown } from "./shown.ts";
import { tableFault } from "./table-fault.ts";
import type { Cell, Row, Table } from "./table.ts";

/**
 * Read are flat columns of numbers, booleans, texts, dates and times, packed with Snappy, gzip, zstd, Brotli or not at all; a nested column
 * is there, but refused where it is used.
 * @throws SetupError TABLE_FORMAT, TABLE_COLUMN (two of a name), TABLE_SIZE, TABLE_EMPTY.
 */
export async function readParquet(
  bytes: Buffer,
  file: string,
  limits: Limits = defaultLimits,
): Promise<Table> {
  const { metadata, children } = readable(file, () => {
    const footer = readFooter(bytes);
    const { element, children: below } = parquetSchema(footer);
    // Else each page has levels that `checkPages` does not look at.
    if (element.repetition_type === "REPEATED") throw new RangeError("its rows are themselves repeated");
    return { metadata: footer, children: below };
  });
  const columns = namesOf(children, file);
  checkCounts(metadata, columns.length, file, limits);
  const flat = children.filter((child) => unreadKind(child) === undefined);
  readable(file, () => checkChunks(bytes, metadata, flat, limits));
  const rows = await rowsOf(bytes, file, metadata, flat).catch((error: unknown) => {
    throw unreadable(file, error);
  });
  return {
    file,
    counts: "row",
    columns,
    rows: readable(file, () => plainRows(rows, children, flat, file, limits)),
  };
}

function namesOf(children: readonly SchemaTree[], file: string): readonly string[] {
  const names = children.map(({ element }) => element.name);
  const twice = names.find((name, at) => names.indexOf(name) !== at);
  if (twice !== undefined)
    throw tableFault("TABLE_COLUMN", file, `: two columns are called ${shown(twice)}`, {
      hint: "Give each column a name of its own.",
    });
  return names;
}

function checkCounts(metadata: FileMetaData, columns: number, file: string, limits: Limits): void {
  const rows = Number(metadata.num_rows);
  if (metadata.row_groups.some(({ num_rows }) => num_rows < 0n) || rowSum(metadata) !== rows)
    throw unreadable(file, new RangeError("its row groups have another number of rows than it says"));
  if (rows === 0 || columns === 0)
    throw tableFault("TABLE_EMPTY", file, " holds no rows", { hint: "Name a file that holds rows." });
  // Before anything is unpacked: a million equal cells may take no more than ten bytes.
  if (rows > limits.rows || rows * columns > limits.cells)
    throw tableFault("TABLE_SIZE", file, ` holds more than ${limits.rows} rows or ${limits.cells} cells`, {
      hint: "Keep the columns that are used, or fewer samples of each prompt.",
    });
}

function rowSum({ row_groups }: FileMetaData): number {
  return row_groups.reduce((sum, { num_rows }) => sum + Number(num_rows), 0);
}

function checkChunks(bytes: Buffer, metadata: FileMetaData, flat: readonly SchemaTree[], limits: Limits) {
  let room = limits.bytes;
  for (const { columns, num_rows } of metadata.row_groups) {
    for (const { element } of flat) {
      const own = columns.filter(({ meta_data }) => meta_data?.path_in_schema[0] === element.name);
      const [chunk] = own;
      const data = chunk?.meta_data;
      if (own.length !== 1 || data?.path_in_schema.length !== 1 || data.type !== element.type)
        throw new RangeError(`a row group does not have column ${shown(element.name)} once`);
      if (chunk?.crypto_metadata !== undefined) throw new RangeError("it is encrypted");
      const unpack = Object.hasOwn(codecs, data.codec)
        ? codecs[data.codec as keyof typeof codecs]
        : undefined;
      if (unpack === undefined)
        throw new RangeError(
          `column ${shown(element.name)} is packed with ${data.codec}, which is not read: write it with zstd or Snappy`,
        );
      const start = Number(data.dictionary_page_offset || data.data_page_offset);
      const end = start + Number(data.total_compressed_size);
      if (!(start >= 4 && start <= end && end <= bytes.length))
        throw new RangeError(`column ${shown(element.name)} lies beyond the file`);
      room -= checkPages({
        bytes: bytes.subarray(start, end),
        unpack,
        optional: element.repetition_type !== "REQUIRED",
        boolean: element.type === "BOOLEAN",
        rows: Number(num_rows),
        room,
      });
    }
  }
}

/** The cells of the flat columns, row by row, as hyparquet gives them. */
async function rowsOf(
  bytes: Buffer,
  file: string,
  metadata: FileMetaData,
  flat: readonly SchemaTree[],
): Promise<readonly (readonly unknown[])[]> {
  let rows: readonly (readonly unknown[])[] = [];
  if (flat.length === 0)
    throw tableFault("TABLE_FORMAT", file, " holds no column of plain values", {
      hint: "Put each value into a column of its own.",
    });
  await parquetRead({
    metadata,
    file: {
      byteLength: bytes.length,
      slice: (start, end) => new Uint8Array(bytes.subarray(start, end)).buffer,
    },
    columns: flat.map(({ element }) => element.name),
    compressors: codecs,
    parsers: { stringFromBytes: textFrom, jsonFromBytes: textFrom },
    rowFormat: "array",
    onComplete: (read) => (rows = read),
  });
  return rows;
}

function plainRows(
  rows: readonly (readonly unknown[])[],
  children: readonly SchemaTree[],
  flat: readonly SchemaTree[],
  file: string,
  limits: Limits,
): readonly Row[] {
  const collector = rowCollector(file, limits);
  const nested = new Map(
    children.flatMap((child) => {
      const what = unreadKind(child);
      return what === undefined ? [] : [[child.element.name, what] as const];
    }),
  );
  for (const [at, values] of rows.entries()) {
    const cells: (readonly [string, Cell])[] = [];
    // Shared by all rows but the few with more.
    let unread = nested;
    for (const [column, { element }] of flat.entries()) {
      const read = cellOf(values[column], element);
      if (read.kind === "cell") cells.push([element.name, read.cell]);
      else unread = new Map([...unread, [element.name, read.what]]);
    }
    collector.add(at + 1, cells, unread);
  }
  return collector.rows;
}

/** Runs what may meet damage. hyparquet throws errors of all kinds where a file is not what it says: each means the same here. */
function readable<T>(file: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw unreadable(file, error);
  }
}

function unreadable(file: string, error: unknown): unknown {
  if (error instanceof Error && "code" in error && String(error.code).startsWith("TABLE_")) return error;
  // A TypeError is hyparquet meeting what it did not foresee: its words would tell the reader nothing.
  const known = error instanceof Error && !(error instanceof TypeError);
  const because = known ? error.message : "it is damaged";
  return tableFault("TABLE_FORMAT", file, ` can't be read as Parquet: ${shown(because, 200).slice(1, -1)}`, {
    hint: "Write the file again, or write the table as CSV or as JSON lines.",
    cause: error,
  });
}
