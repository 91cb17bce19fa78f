// Reads a table of stored scores from a file of JSON lines, comma- or tab-separated values, or Parquet.

import { createHash } from "node:crypto";
import path from "node:path";
import { readBytes } from "./read-bytes.ts";
import { readCsv } from "./read-csv.ts";
import { readJsonl } from "./read-jsonl.ts";
import { readParquet } from "./read-parquet.ts";
import { shown } from "./shown.ts";
import { tableFault } from "./table-fault.ts";
import type { Table } from "./table.ts";
import { textBytes } from "./text-bytes.ts";

/** Reads the bytes of a file. */
type Reader = (bytes: Buffer, file: string) => Table | Promise<Table>;

const jsonl: Reader = (bytes, file) => readJsonl(textBytes(bytes, file), file);

const readers: ReadonlyMap<string, Reader> = new Map<string, Reader>([
  [".jsonl", jsonl],
  [".ndjson", jsonl],
  [".csv", (bytes, file) => readCsv(textBytes(bytes, file), file, ",")],
  [".tsv", (bytes, file) => readCsv(textBytes(bytes, file), file, "\t")],
  [".parquet", readParquet],
]);

/**
 * The format is that of the name's ending. The file is hostile: whatever is wrong with it is a SetupError, and no more than
 * `defaultLimits` is taken in.
 * @returns the table, and the sha256 of the very bytes that it was read from.
 * @throws SetupError with a code of `tableFault`.
 */
export async function readTable(file: string): Promise<Table & { readonly sha256: string }> {
  const ending = path.extname(file).toLowerCase();
  const read = readers.get(ending);
  const bytes = await readBytes(file);
  if (read === undefined)
    throw tableFault("TABLE_FORMAT", file, ` is of no format that is read (${shown(ending)})`, {
      hint: `A table's name ends in ${[...readers.keys()].join(", ")}; unpack one that is compressed first.`,
    });
  const sha256 = createHash("sha256").update(bytes).digest("hex");
  return { ...(await read(bytes, file)), sha256 };
}
