// Runs of equal or bit-packed small numbers, gone over before they are read: a run may claim two thousand million values in six bytes.

/**
 * Goes over runs until `count` values are covered. Layout: github.com/apache/parquet-format, Encodings.md, "RLE/bit-packing hybrid".
 * @param width bits of a value, 0 to 32.
 * @returns how many of the values are one, where `width` is 1; else 0.
 * @throws RangeError where a run has more values than are left, or the bytes end.
 */
export function checkRuns(bytes: Uint8Array, start: number, width: number, count: number): number {
  if (width > 32) throw new RangeError(`values of ${width} bits`);
  let at = start;
  let ones = 0;
  for (let seen = 0; seen < count;) {
    const head = varint32(bytes, at);
    at = head.end;
    const packed = head.value % 2 === 1;
    const half = Math.floor(head.value / 2);
    const size = packed ? half * 8 : half;
    const left = count - seen;
    // Packed values come in eights, so the last eight may reach beyond the end; writers pad by whole groups, too.
    if (size > (packed ? left + 511 : left) || size === 0)
      throw new RangeError("a run of more values than the page has");
    const length = packed ? half * width : Math.ceil(width / 8);
    if (at + length > bytes.length && !(packed && at + Math.ceil((left * width) / 8) <= bytes.length))
      throw new RangeError("a run beyond the end of its page");
    if (width === 1) {
      if (!packed) ones += bytes[at] === 1 ? size : 0;
      else
        for (let i = 0; i < Math.min(size, left); i++) ones += ((bytes[at + (i >> 3)] ?? 0) >> (i & 7)) & 1;
    }
    at += length;
    seen += size;
  }
  return ones;
}

function varint32(bytes: Uint8Array, start: number): { readonly value: number; readonly end: number } {
  let value = 0;
  for (let i = 0; i < 5; i++) {
    const byte = bytes[start + i];
    if (byte === undefined) throw new RangeError("a run beyond the end of its page");
    value += (byte & 0x7f) * 2 ** (7 * i);
    if (byte < 0x80) return { value, end: start + i + 1 };
  }
  throw new RangeError("a run's length of more than five bytes");
}
