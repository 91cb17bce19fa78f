// Walks through the first bytes of a GGUF file: little-endian numbers, counts and texts, each held against the bytes that are there.

import { modelFaults } from "./safetensors/model-faults.ts";

export type GgufCursor = {
  /** What is being read from here on, in words for messages: `metadata entry "x"`. Only called when something is wrong. */
  readonly at: (where: () => string) => void;
  readonly position: () => number;
  readonly u32: () => number;
  readonly u64: () => bigint;
  /** Moves on by n bytes. @returns where they begin in `bytes` */
  readonly take: (n: number) => number;
  /**
   * A count of things.
   * @param what in words, # for the number
   * @param least bytes that each takes
   * @param most how many of them are read at all
   */
  readonly count: (what: string, least: number, most: number) => number;
  readonly text: (what: string, most: number) => string;
  /** Ends with an error that names the file, `where` and these words. */
  readonly fail: (what: string) => never;
  /** Did it fail for want of bytes that the file has beyond these? Then more of them may help. */
  readonly ranOut: () => boolean;
};

/** @param size bytes of the whole file, of which `bytes` are the first */
export function ggufCursor(path: string, bytes: Buffer, size: number): GgufCursor {
  let position = 0;
  let where = () => "its first bytes";
  let ranOut = false;
  const fail = (what: string): never => {
    throw modelFaults.corrupt(path, what);
  };
  const take = (n: number): number => {
    if (n > bytes.length - position) {
      ranOut = bytes.length < size;
      fail(
        ranOut
          ? `its header is longer than ${bytes.length} bytes, at ${where()}`
          : `it ends within ${where()}, after ${size} bytes`,
      );
    }
    position += n;
    return position - n;
  };
  const u64 = () => bytes.readBigUInt64LE(take(8));
  const count = (what: string, least: number, most: number): number => {
    const n = u64();
    const room = Math.floor((size - position) / least);
    const claim = () => `${where()} claims ${what.replace("#", String(n))}`;
    if (n > BigInt(room)) fail(`${claim()}, ${room} would fit`);
    if (n > BigInt(most)) fail(`${claim()}; no more than ${most} are read`);
    return Number(n);
  };
  return {
    at: (now) => {
      where = now;
    },
    position: () => position,
    u32: () => bytes.readUInt32LE(take(4)),
    u64,
    take,
    count,
    text: (what, most) => {
      const n = count(`${what} of # bytes`, 1, most);
      const from = take(n);
      return bytes.toString("utf8", from, from + n);
    },
    fail: (what) => fail(`${where()} ${what}`),
    ranOut: () => ranOut,
  };
}
