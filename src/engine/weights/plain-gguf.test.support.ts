// A GGUF file read the shortest way, which trusts every byte: what the careful reader is held against.

import { tensorTypes } from "./dequantize.ts";

/** A number in the header: where it stands, and whether it is a tensor's type or length. */
export type Field = {
  readonly at: number;
  readonly width: 4 | 8;
  readonly what: "type" | "length" | "other";
};

type PlainTensor = {
  readonly name: string;
  readonly shape: readonly number[];
  readonly type: string;
  readonly values: Float32Array;
};

export function plainGguf(bytes: Uint8Array): {
  readonly metadata: readonly (readonly [string, unknown])[];
  readonly tensors: readonly PlainTensor[];
  readonly fields: readonly Field[];
  readonly end: number;
} {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const fields: Field[] = [];
  let at = 4;
  const step = (n: number) => {
    at += n;
    return at - n;
  };
  const u32 = (what: Field["what"] = "other") => {
    fields.push({ at, width: 4, what });
    return view.getUint32(step(4), true);
  };
  const u64 = (what: Field["what"] = "other") => {
    fields.push({ at, width: 8, what });
    return view.getBigUint64(step(8), true);
  };
  const text = () => {
    const n = Number(u64());
    return new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes.subarray(at, step(n) + n));
  };
  const value = (type: number): unknown => {
    if (type === 9) {
      const [element, length] = [u32(), Number(u64())];
      return Array.from({ length }, () => value(element));
    }
    const readers: Readonly<Record<number, () => unknown>> = {
      0: () => view.getUint8(step(1)),
      1: () => view.getInt8(step(1)),
      2: () => view.getUint16(step(2), true),
      3: () => view.getInt16(step(2), true),
      4: () => view.getUint32(step(4), true),
      5: () => view.getInt32(step(4), true),
      6: () => view.getFloat32(step(4), true),
      7: () => view.getUint8(step(1)) !== 0,
      8: text,
      10: () => view.getBigUint64(step(8), true),
      11: () => view.getBigInt64(step(8), true),
      12: () => view.getFloat64(step(8), true),
    };
    return readers[type]!();
  };
  u32(); // the version
  const [tensorCount, entryCount] = [Number(u64()), Number(u64())];
  const metadata = Array.from({ length: entryCount }, () => [text(), value(u32())] as const);
  const described = Array.from({ length: tensorCount }, () => {
    const name = text();
    const lengths = Array.from({ length: u32() }, () => Number(u64("length")));
    return { name, lengths, type: tensorTypes[u32("type")]!, offset: Number(u64()) };
  });
  const alignment = Number(new Map(metadata).get("general.alignment") ?? 32);
  const start = Math.ceil(at / alignment) * alignment;
  const tensors = described.map(({ name, lengths, type, offset }) => {
    const values = new Float32Array(lengths.reduce((a, d) => a * d, 1));
    const from = start + offset;
    type.read(bytes.subarray(from, from + (values.length / type.block) * type.bytes), values);
    return { name, shape: lengths.toReversed(), type: type.name, values };
  });
  return { metadata, tensors, fields, end: at };
}
