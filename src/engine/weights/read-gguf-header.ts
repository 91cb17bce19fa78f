// Reads what stands before the values of a GGUF file: its metadata, and what it says of each tensor.

import { SetupError } from "../../core/errors.ts";
import { ggufCursor, type GgufCursor } from "./gguf-cursor.ts";
import { readGgufValue } from "./read-gguf-value.ts";
import type { ByteSource } from "./safetensors/byte-source.ts";
import { modelFaults } from "./safetensors/model-faults.ts";

/** A tensor as the file describes it, nothing of it checked against anything else. */
export type GgufDescribed = {
  /** As in the file: the length of a row first. */
  readonly lengths: readonly bigint[];
  /** ggml's number. */
  readonly type: number;
  /** From the start of the values. */
  readonly offset: bigint;
};

export type GgufHeader = {
  /** Texts, numbers, booleans, lists of one of them; whole numbers of 64 bits are `bigint`. */
  readonly metadata: Readonly<Record<string, unknown>>;
  readonly tensors: ReadonlyMap<string, GgufDescribed>;
  /** The first byte after the header, before the padding to the first tensor. */
  readonly end: number;
};

const MAGIC = 0x46554747;
/** The largest vocabularies with their merges stay under 20 MB. */
const MOST_BYTES = 48_000_000;
/** Most headers are read with the first. */
const FIRST_BYTES = 3_000_000;
/** Names and dimensions: what the format allows, or more. Entries and tensors: a hundred times what the largest models have. */
const MOST = { nameBytes: 65_535, tensorNameBytes: 255, dimensions: 4, entries: 100_000, tensors: 100_000 };

/**
 * Format: ggml's docs/gguf.md, versions 2 and 3, little-endian. Checked and read in one walk over the same bytes, so that memory and
 * time stay within a small multiple of the header's bytes whatever it claims. Stricter than ggml: no key or tensor twice.
 * @throws SetupError (`NOT_GGUF`, `GGUF_VERSION`, `CORRUPT_MODEL`) naming the entry or tensor at which it goes wrong
 */
export async function readGgufHeader(source: ByteSource): Promise<GgufHeader> {
  const { path, size } = source;
  for (let want = FIRST_BYTES; ; want *= 4) {
    const bytes = Buffer.alloc(Math.min(want, size, MOST_BYTES));
    await source.fill(bytes, 0, "its header");
    const cursor = ggufCursor(path, bytes, size);
    try {
      return walk(path, bytes, cursor);
    } catch (error) {
      if (!cursor.ranOut() || bytes.length === MOST_BYTES) throw error;
    }
  }
}

function walk(path: string, bytes: Buffer, cursor: GgufCursor): GgufHeader {
  if (bytes.length < 4 || cursor.u32() !== MAGIC)
    throw new SetupError("NOT_GGUF", `${path} is not a GGUF file`, {
      hint: "Name a GGUF file: it begins with the letters GGUF.",
    });
  refuseVersion(path, cursor.u32());
  cursor.at(() => "its header");
  const tensorCount = cursor.count("# tensors", 24, MOST.tensors);
  const entryCount = cursor.count("# metadata entries", 13, MOST.entries);
  const metadata = readMetadata(bytes, cursor, entryCount);
  const tensors = readTensors(cursor, tensorCount);
  return { metadata, tensors, end: cursor.position() };
}

function refuseVersion(path: string, version: number): void {
  if (version === 2 || version === 3) return;
  const what =
    version !== 0 && version % 65_536 === 0 ? "its numbers are big-endian" : `its GGUF version is ${version}`;
  throw new SetupError("GGUF_VERSION", `${path}: ${what}; supported: versions 2 and 3, little-endian`, {
    hint: "Convert the model again with a current llama.cpp, or fetch a newer file of it.",
  });
}

function readMetadata(bytes: Buffer, cursor: GgufCursor, count: number): Readonly<Record<string, unknown>> {
  const entries = new Map<string, unknown>();
  const lists = { values: 0 };
  for (let i = 0; i < count; i++) {
    cursor.at(() => `metadata entry ${i + 1} of ${count}`);
    const key = cursor.text("a name", MOST.nameBytes);
    cursor.at(() => `metadata entry ${modelFaults.named(key)}`);
    if (entries.has(key)) cursor.fail("stands there twice");
    entries.set(key, readGgufValue(bytes, cursor, lists));
  }
  return Object.fromEntries(entries); // defines `__proto__` like any other name
}

function readTensors(cursor: GgufCursor, count: number): ReadonlyMap<string, GgufDescribed> {
  const tensors = new Map<string, GgufDescribed>();
  for (let i = 0; i < count; i++) {
    cursor.at(() => `the description of tensor ${i + 1} of ${count}`);
    const name = cursor.text("a name", MOST.tensorNameBytes);
    cursor.at(() => `the description of tensor ${modelFaults.named(name)}`);
    if (tensors.has(name)) cursor.fail("stands there twice");
    const dimensions = cursor.u32();
    if (dimensions > MOST.dimensions)
      cursor.fail(`claims ${dimensions} dimensions, ${MOST.dimensions} is the most there is`);
    const lengths = Array.from({ length: dimensions }, cursor.u64);
    tensors.set(name, { lengths, type: cursor.u32(), offset: cursor.u64() });
  }
  return tensors;
}
