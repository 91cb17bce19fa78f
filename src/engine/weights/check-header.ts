// Walks the header of a GGUF file before anything is built from it: every count, length and type against the bytes that are there.

import type { FileHandle } from "node:fs/promises";
import { SetupError } from "../../core/errors.ts";

/**
 * A place where the parsing library may cut a text short: it reads in pieces and takes what it has of the last text of an array
 * that reaches over the end of a piece. The true text is read here.
 */
type LastText = { readonly entry: string; readonly index: number; readonly text: string };

/** `end`: the first byte after the header, before the padding to the first tensor. */
export type Header = { readonly end: number; readonly lastTexts: readonly LastText[] };

/** More than any tokenizer needs (they stay under 10 MB), less than what the library stops at. */
const HEADER_BYTES = 48_000_000;
const ENTRY_NAME_BYTES = 65_535;
const TENSOR_NAME_BYTES = 255;
const TEXT_BYTES = 400_000;
const ARRAY_LENGTH = 1_000_000;
const DIMENSIONS = 4;

/** Bytes of ggml's metadata value types of fixed size, by type number: u8 i8 u16 i16 u32 i32 f32 bool, u64 i64 f64. */
const FIXED: Readonly<Record<number, number>> = {
  0: 1,
  1: 1,
  2: 2,
  3: 2,
  4: 4,
  5: 4,
  6: 4,
  7: 1,
  10: 8,
  11: 8,
  12: 8,
};
const STRING = 8;
const ARRAY = 9;

/** @throws SetupError naming the entry or tensor where the header claims what cannot be, or ends too early. */
export async function checkHeader(handle: FileHandle, path: string, size: number): Promise<Header> {
  const bytes = Buffer.alloc(Math.min(size, HEADER_BYTES));
  const { bytesRead } = await handle.read(bytes, 0, bytes.length, 0);
  return walk(bytes.subarray(0, bytesRead), (what) => {
    throw new SetupError("CORRUPT_MODEL", `${path} is corrupt: ${what}`, {
      hint: "The file is damaged, was cut short, or is of a kind that is not supported. Fetch it again (`trueline models pull`), or check its sha256.",
    });
  });
}

function walk(bytes: Buffer, fail: (what: string) => never): Header {
  let at = 0;
  let where = "the first 24 bytes";
  /** Moves on by n bytes and returns where they began. */
  const take = (n: number) => {
    if (n > bytes.length - at) {
      fail(
        bytes.length === HEADER_BYTES
          ? `its header is longer than ${HEADER_BYTES} bytes, at ${where}`
          : `it ends within ${where}, after ${bytes.length} bytes`,
      );
    }
    at += n;
    return at - n;
  };
  const u32 = () => bytes.readUInt32LE(take(4));
  const u64 = () => bytes.readBigUInt64LE(take(8));
  /** A count of things that take `least` bytes each, at most `most` of them. */
  const count = (what: string, least: number, most: number) => {
    const n = u64();
    const room = Math.floor((bytes.length - at) / least);
    if (n > BigInt(Math.min(room, most)))
      fail(`${where} claims ${what.replace("#", String(n))}, ${room} would fit`);
    return Number(n);
  };
  const text = (what: string, most: number) => {
    const n = count(`${what} of # bytes`, 1, most);
    const from = take(n);
    return bytes.subarray(from, from + n);
  };

  take(4); // the magic number, which was looked at before
  const version = u32();
  if (version !== 2 && version !== 3)
    fail(`its GGUF version is ${version}; supported: 2 and 3, little-endian`);
  where = "its header";
  const tensors = count("# tensors", 24, Number.MAX_SAFE_INTEGER);
  const entries = count("# metadata entries", 13, Number.MAX_SAFE_INTEGER);
  const lastTexts: LastText[] = [];
  const seen = new Set<string>();
  for (let i = 0; i < entries; i++) {
    where = `metadata entry ${i + 1} of ${entries}`;
    const key = text("a name", ENTRY_NAME_BYTES).toString();
    where = `metadata entry ${JSON.stringify(key.slice(0, 100))}`;
    if (seen.has(key)) fail(`${where} stands there twice`);
    seen.add(key);
    const type = u32();
    if (type !== ARRAY) {
      value(type);
      continue;
    }
    const element = u32();
    const length = count("a list of #", element === STRING ? 8 : (FIXED[element] ?? 1), ARRAY_LENGTH);
    if (element === STRING) {
      let last: Buffer | undefined;
      for (let n = 0; n < length; n++) last = text("a text", TEXT_BYTES);
      if (last) lastTexts.push({ entry: key, index: length - 1, text: last.toString() });
    } else if (FIXED[element]) {
      take(length * FIXED[element]);
    } else {
      fail(`${where} is a list of type ${element}, which is not supported`);
    }
  }
  const names = new Set<string>();
  for (let i = 0; i < tensors; i++) {
    where = `the description of tensor ${i + 1} of ${tensors}`;
    const name = text("a name", TENSOR_NAME_BYTES).toString();
    where = `the description of tensor ${JSON.stringify(name.slice(0, 100))}`;
    if (names.has(name)) fail(`tensor ${name} stands there twice`);
    names.add(name);
    const dimensions = u32();
    if (dimensions > DIMENSIONS)
      fail(`${where} claims ${dimensions} dimensions, ${DIMENSIONS} is the most there is`);
    take(8 * dimensions + 4 + 8);
  }
  return { end: at, lastTexts };

  function value(type: number): void {
    const fixed = FIXED[type];
    if (type === STRING) text("a text", TEXT_BYTES);
    else if (fixed) take(fixed);
    else fail(`${where} has type ${type}, which does not exist`);
  }
}
