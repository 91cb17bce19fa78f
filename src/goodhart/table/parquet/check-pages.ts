// The pages of one flat column chunk, gone over before hyparquet reads them: it believes each count and each length they give.

import { checkRuns } from "./check-runs.ts";
import type { Unpack } from "./codecs.ts";
import { readThrift, type ThriftStruct } from "./thrift.ts";

export type Chunk = {
  /** From the chunk's first page to its end. */
  readonly bytes: Uint8Array;
  readonly unpack: Unpack;
  /** Whether cells may be null: then each page says which are. */
  readonly optional: boolean;
  readonly boolean: boolean;
  /** Rows of the row group. */
  readonly rows: number;
  /** Bytes that the pages may unpack to. */
  readonly room: number;
};

type Page = {
  readonly values: number;
  readonly encoding: number;
  /** Level and value bytes, unpacked. */
  readonly levels: Uint8Array | undefined;
  readonly nulls: number | undefined;
  readonly content: Uint8Array;
};

/** parquet.thrift, Encoding. DELTA_BYTE_ARRAY (7) is not read: a small page of it can unpack to any size. */
const plainEncodings = [0, 5, 6, 9];
const dictionaryEncodings = [2, 8];
const runLength = 3;
const mostHeaderValues = 200;

/**
 * @returns how many bytes the pages unpack to.
 * @throws RangeError with what is wrong, in words.
 */
export function checkPages(chunk: Chunk): number {
  const { bytes, rows } = chunk;
  let at = 0;
  let seen = 0;
  let unpacked = 0;
  let dictionary = 0;
  while (seen < rows) {
    const { struct: head, end } = readThrift(bytes, at, mostHeaderValues);
    const size = numberIn(head, 2);
    const packedSize = numberIn(head, 3);
    if (size < 0 || packedSize < 0 || end + packedSize > bytes.length)
      throw new RangeError("a page beyond the end of its column");
    unpacked += size;
    if (unpacked > chunk.room) throw new RangeError(`pages that unpack to more than ${chunk.room} bytes`);
    at = end + packedSize;

    const packed = bytes.subarray(end, at);
    if (head.get(1) === 2) {
      dictionary = numberIn(structIn(head, 7), 1);
      if (dictionary < 0 || dictionary > 8 * size) throw new RangeError("a dictionary larger than its bytes");
      continue;
    }
    const page =
      head.get(1) === 0
        ? firstKind(structIn(head, 5), packed, size, chunk)
        : secondKind(head, packed, size, chunk);
    if (page.values <= 0 || page.values > rows - seen)
      throw new RangeError("a page with another number of values than its row group");
    checkContent(page, chunk, dictionary);
    seen += page.values;
  }
  return unpacked;
}

/** DATA_PAGE: levels and values are packed together, the levels with their length before them. */
function firstKind(head: ThriftStruct, packed: Uint8Array, size: number, chunk: Chunk): Page {
  const all = unpackedTo(chunk.unpack, packed, size);
  const page = { values: numberIn(head, 1), encoding: numberIn(head, 2), nulls: undefined };
  if (!chunk.optional) return { ...page, levels: undefined, content: all };
  const length = new DataView(all.buffer, all.byteOffset, all.byteLength).getUint32(0, true);
  if (length > all.length - 4) throw new RangeError("levels beyond the end of their page");
  return { ...page, levels: all.subarray(4, 4 + length), content: all.subarray(4 + length) };
}

/** DATA_PAGE_V2: the levels stand before the values and are not packed. */
function secondKind(head: ThriftStruct, packed: Uint8Array, size: number, chunk: Chunk): Page {
  if (head.get(1) !== 3) throw new RangeError("a page of an unknown kind");
  const own = structIn(head, 8);
  const values = numberIn(own, 1);
  const [levels, repeats] = [numberIn(own, 5), numberIn(own, 6)];
  if (repeats !== 0 || levels < 0 || levels > packed.length || levels > size || numberIn(own, 3) !== values)
    throw new RangeError("a page whose levels do not fit");
  const rest = packed.subarray(levels);
  return {
    values,
    encoding: numberIn(own, 4),
    nulls: numberIn(own, 2),
    levels: chunk.optional ? packed.subarray(0, levels) : undefined,
    content: own.get(7) === false ? rest : unpackedTo(chunk.unpack, rest, size - levels),
  };
}

function checkContent({ values, encoding, levels, nulls, content }: Page, chunk: Chunk, dictionary: number) {
  const present = levels === undefined ? values : checkRuns(levels, 0, 1, values);
  if (nulls !== undefined && nulls !== values - present)
    throw new RangeError("a page with another number of nulls than it says");
  if (plainEncodings.includes(encoding)) return;
  if (encoding === runLength && chunk.boolean) {
    if (present > 0) checkRuns(content, 4, 1, present);
  } else if (dictionaryEncodings.includes(encoding) && !chunk.boolean) {
    if (present > 0 && dictionary === 0) throw new RangeError("a page without its dictionary");
    if (content.length > 0) checkRuns(content, 1, content[0] ?? 0, content[0] === 0 ? 0 : present);
    else if (present > 0) throw new RangeError("a run beyond the end of its page");
  } else {
    throw new RangeError(
      encoding === 7
        ? "the encoding DELTA_BYTE_ARRAY, which is not read"
        : `an unknown encoding, ${encoding}`,
    );
  }
}

function unpackedTo(unpack: Unpack, packed: Uint8Array, size: number): Uint8Array {
  const content = unpack(packed, size);
  if (content.length !== size) throw new RangeError("a page that unpacks to another size than it says");
  return content;
}

function numberIn(struct: ThriftStruct, id: number): number {
  const value = struct.get(id);
  // A double where a whole number belongs would pass each comparison as NaN.
  if (typeof value !== "number" || !Number.isSafeInteger(value))
    throw new RangeError("a page without its counts");
  return value;
}

function structIn(struct: ThriftStruct, id: number): ThriftStruct {
  const value = struct.get(id);
  if (!(value instanceof Map)) throw new RangeError("a page without its counts");
  return value;
}
