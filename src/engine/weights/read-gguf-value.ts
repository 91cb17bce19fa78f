// Reads one value of a GGUF file's metadata: a text, a number, a truth value, or a list of one of them.

import type { GgufCursor } from "./gguf-cursor.ts";

type Fixed = {
  /** Bytes of one value. */
  readonly bytes: number;
  readonly read: (from: Buffer, at: number) => number | bigint | boolean;
};

/** The value types of fixed size, by ggml's type number. */
const fixed: ReadonlyMap<number, Fixed> = new Map<number, Fixed>([
  [0, { bytes: 1, read: (from, at) => from.readUInt8(at) }],
  [1, { bytes: 1, read: (from, at) => from.readInt8(at) }],
  [2, { bytes: 2, read: (from, at) => from.readUInt16LE(at) }],
  [3, { bytes: 2, read: (from, at) => from.readInt16LE(at) }],
  [4, { bytes: 4, read: (from, at) => from.readUInt32LE(at) }],
  [5, { bytes: 4, read: (from, at) => from.readInt32LE(at) }],
  [6, { bytes: 4, read: (from, at) => from.readFloatLE(at) }],
  [7, { bytes: 1, read: (from, at) => from.readUInt8(at) !== 0 }],
  [10, { bytes: 8, read: (from, at) => from.readBigUInt64LE(at) }],
  [11, { bytes: 8, read: (from, at) => from.readBigInt64LE(at) }],
  [12, { bytes: 8, read: (from, at) => from.readDoubleLE(at) }],
]);
const STRING = 8;
const ARRAY = 9;

/** Of all lists together. The largest vocabularies with their scores, types and merges have about 1.5 million. */
const LIST_VALUES = 3_000_000;

/**
 * Reads the type number and the value. A text is UTF-8, each fault in it becoming U+FFFD; a mark of byte order is kept, since it
 * is a token of some vocabularies. Lists of lists are refused.
 * @param lists how many values all lists of the file have so far: counted on here
 * @throws SetupError naming the entry
 */
export function readGgufValue(bytes: Buffer, cursor: GgufCursor, lists: { values: number }): unknown {
  const type = cursor.u32();
  const known = fixed.get(type);
  if (known) return known.read(bytes, cursor.take(known.bytes));
  if (type === STRING) return cursor.text("a text", Number.MAX_SAFE_INTEGER);
  if (type !== ARRAY) return cursor.fail(`has type ${type}, which does not exist`);
  const element = cursor.u32();
  const inList = fixed.get(element);
  if (!inList && element !== STRING)
    return cursor.fail(`is a list of type ${element}, which is not supported`);
  const length = cursor.count("a list of #", inList?.bytes ?? 8, LIST_VALUES - lists.values);
  lists.values += length;
  if (!inList) return Array.from({ length }, () => cursor.text("a text", Number.MAX_SAFE_INTEGER));
  const from = cursor.take(length * inList.bytes);
  return Array.from({ length }, (_, i) => inList.read(bytes, from + i * inList.bytes));
}
