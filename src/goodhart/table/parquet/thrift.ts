// Thrift's compact protocol, read with bounds on all that a hostile length could make a reader allocate or repeat.

export type ThriftValue = boolean | number | bigint | Uint8Array | readonly ThriftValue[] | ThriftStruct;
/** Values by field id. */
export type ThriftStruct = ReadonlyMap<number, ThriftValue>;

const deepest = 16;

/**
 * One struct from `start`, and where it ends. Layout: github.com/apache/thrift, doc/specs/thrift-compact-protocol.md; sets, maps and
 * UUIDs, which Parquet does not use, are refused.
 * @param most how many fields and list elements it may have, at all depths together.
 * @throws RangeError where it runs beyond the bytes or the bounds.
 */
export function readThrift(
  bytes: Uint8Array,
  start: number,
  most: number,
): { readonly struct: ThriftStruct; readonly end: number } {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let at = start;
  let values = 0;

  function varint(): bigint {
    let value = 0n;
    for (let shift = 0n; shift < 70n; shift += 7n) {
      const byte = view.getUint8(at++);
      value |= BigInt(byte & 0x7f) << shift;
      if (byte < 0x80) return value;
    }
    throw new RangeError("a number of more than ten bytes");
  }
  /** hyparquet's bit shifts go round at 32, so a longer number would be another one there. */
  function varint32(): number {
    const value = varint();
    if (value >= 2n ** 32n) throw new RangeError("a number of more than 32 bits");
    return Number(value);
  }
  function zigzag32(): number {
    const value = varint32();
    return (value >>> 1) ^ -(value & 1);
  }
  function struct(depth: number): ThriftStruct {
    if (depth > deepest) throw new RangeError(`more than ${deepest} levels`);
    const fields = new Map<number, ThriftValue>();
    for (let id = 0; ;) {
      const head = view.getUint8(at++);
      const type = head & 0x0f;
      if (type === 0) return fields;
      id = head >> 4 === 0 ? zigzag32() : id + (head >> 4);
      fields.set(id, type === 1 || type === 2 ? type === 1 : element(type, depth));
    }
  }
  function list(depth: number): readonly ThriftValue[] {
    const head = view.getUint8(at++);
    const size = head >> 4 === 15 ? varint32() : head >> 4;
    if (depth > deepest) throw new RangeError(`more than ${deepest} levels`);
    // Each element takes a byte or more, so a size that lies meets the end of the bytes.
    const elements: ThriftValue[] = [];
    for (let i = 0; i < size; i++) elements.push(element(head & 0x0f, depth));
    return elements;
  }
  function element(type: number, depth: number): ThriftValue {
    if (++values > most) throw new RangeError(`more than ${most} values`);
    switch (type) {
      case 1: // Within a list, a boolean takes a byte of its own.
      case 2:
        return view.getUint8(at++) === 1;
      case 3:
        return view.getInt8(at++);
      case 4:
      case 5:
        return zigzag32();
      case 6: {
        const value = varint();
        return (value >> 1n) ^ -(value & 1n);
      }
      case 7:
        at += 8;
        return view.getFloat64(at - 8, true);
      case 8: {
        const size = varint32();
        if (size > bytes.length - at) throw new RangeError("a length beyond the end");
        at += size;
        return bytes.subarray(at - size, at);
      }
      case 9:
        return list(depth + 1);
      case 12:
        return struct(depth + 1);
      default:
        throw new RangeError(`an unknown type, ${type}`);
    }
  }
  const found = struct(0);
  return { struct: found, end: at };
}
