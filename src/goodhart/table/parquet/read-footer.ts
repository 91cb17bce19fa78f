// The footer of a Parquet file: what its columns are and where their pages lie, checked before hyparquet takes it at its word.

import { parquetMetadata, type FileMetaData } from "hyparquet";
import { readThrift, type ThriftStruct, type ThriftValue } from "./thrift.ts";

const mostFooterBytes = 16 * 2 ** 20;
const mostFooterValues = 1_000_000;
/** hyparquet's time for a decimal grows with the square of its bytes, and statistics may hold decimals. */
const mostStatisticBytes = 8192;
const mostSchemaElements = 2000;
const mostRowGroups = 10_000;

/**
 * @param bytes the whole file.
 * @throws RangeError with what is wrong, in words; whatever hyparquet throws.
 */
export function readFooter(bytes: Buffer): FileMetaData {
  const [first, last] = [bytes.toString("latin1", 0, 4), bytes.toString("latin1", bytes.length - 4)];
  if (first === "PARE" || last === "PARE") throw new RangeError("it is encrypted");
  if (bytes.length < 12 || first !== "PAR1" || last !== "PAR1")
    throw new RangeError("it does not begin and end with the letters PAR1");
  const length = bytes.readUInt32LE(bytes.length - 8);
  if (length > bytes.length - 12) throw new RangeError("its footer is longer than the file");
  if (length > mostFooterBytes) throw new RangeError(`its footer is longer than ${mostFooterBytes} bytes`);

  const footer = new Uint8Array(length + 8);
  footer.set(bytes.subarray(bytes.length - length - 8));
  const { struct } = readThrift(footer.subarray(0, length), 0, mostFooterValues);
  checkSizes(struct);
  return parquetMetadata(footer, { geoparquet: false });
}

/** Field ids are those of parquet.thrift. */
function checkSizes(footer: ThriftStruct): void {
  const groups = listIn(footer, 4);
  if (listIn(footer, 2).length > mostSchemaElements)
    throw new RangeError(`it has more than ${mostSchemaElements} columns`);
  if (groups.length > mostRowGroups) throw new RangeError(`it has more than ${mostRowGroups} row groups`);
  for (const group of groups) {
    for (const column of listIn(group, 1)) {
      const statistics = fieldOf(fieldOf(column, 3), 12);
      if (!(statistics instanceof Map)) continue;
      for (const value of (statistics as ThriftStruct).values()) {
        if (value instanceof Uint8Array && value.length > mostStatisticBytes)
          throw new RangeError(`its statistics hold a value of more than ${mostStatisticBytes} bytes`);
      }
    }
  }
}

function fieldOf(struct: ThriftValue | undefined, id: number): ThriftValue | undefined {
  return struct instanceof Map ? (struct as ThriftStruct).get(id) : undefined;
}

function listIn(struct: ThriftValue, id: number): readonly ThriftValue[] {
  const value = fieldOf(struct, id);
  if (!Array.isArray(value)) throw new RangeError("its footer has no list of columns or of row groups");
  return value as readonly ThriftValue[];
}
