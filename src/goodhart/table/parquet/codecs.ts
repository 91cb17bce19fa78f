// What unpacks the pages of a Parquet file: Node's own zlib, and hyparquet's Snappy.

import { brotliDecompressSync, gunzipSync, zstdDecompressSync } from "node:zlib";
import { snappyUncompress } from "hyparquet";

/** Packed bytes and the size they must have when unpacked, which is not exceeded. */
export type Unpack = (packed: Uint8Array, size: number) => Uint8Array;

/** Size 0 is a page without values, whose packed bytes may be none at all. */
const withSize =
  (unpack: Unpack): Unpack =>
  (packed, size) =>
    size === 0 ? new Uint8Array() : unpack(packed, size);

/** By the name that Parquet gives the codec. LZO and the two kinds of LZ4 are not read. */
export const codecs = {
  UNCOMPRESSED: (packed) => packed,
  SNAPPY: withSize((packed, size) => {
    const bytes = new Uint8Array(size);
    snappyUncompress(packed, bytes);
    return bytes;
  }),
  GZIP: withSize((packed, size) => gunzipSync(packed, { maxOutputLength: size })),
  BROTLI: withSize((packed, size) => brotliDecompressSync(packed, { maxOutputLength: size })),
  ZSTD: withSize((packed, size) => zstdDecompressSync(packed, { maxOutputLength: size })),
} as const satisfies Record<string, Unpack>;
