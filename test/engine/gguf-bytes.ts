// Writes small GGUF files for tests, sound ones and, by the knobs, damaged ones.

/** A metadata value: strings, whole numbers (uint32), booleans and lists by their JavaScript type; the rest spelt out. */
export type Entry =
  | string
  | number
  | boolean
  | readonly string[]
  | { readonly float: number }
  | { readonly ints: readonly number[] }
  /** Type number and the bytes that follow it, as they are. */
  | { readonly raw: readonly [type: number, bytes: Uint8Array] };

export type TensorEntry = {
  readonly name: string;
  /** In the file's order: the length of a row first. */
  readonly dims: readonly (number | bigint)[];
  readonly type: number;
  readonly bytes: Uint8Array;
  /** Instead of where it really lies. */
  readonly offset?: bigint;
};

export type GgufParts = {
  readonly metadata: readonly (readonly [string, Entry])[];
  readonly tensors: readonly TensorEntry[];
  readonly magic?: string;
  readonly version?: number;
  readonly tensorCount?: bigint;
  readonly entryCount?: bigint;
  readonly alignment?: number;
};

export function u32(x: number): Uint8Array {
  const bytes = new Uint8Array(4);
  new DataView(bytes.buffer).setUint32(0, x, true);
  return bytes;
}

export function u64(x: number | bigint): Uint8Array {
  const bytes = new Uint8Array(8);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(x), true);
  return bytes;
}

export function f32(values: ArrayLike<number>): Uint8Array {
  return new Uint8Array(Float32Array.from(values).buffer);
}

export function textBytes(text: string): Uint8Array {
  const bytes = new TextEncoder().encode(text);
  return joined(u64(bytes.length), bytes);
}

export function joined(...parts: readonly Uint8Array[]): Uint8Array {
  return Buffer.concat(parts);
}

/** The sections apart, so that a test can cut the file within each: header, metadata, tensor descriptions, data. */
export function ggufSections(parts: GgufParts): readonly Uint8Array[] {
  const alignment = parts.alignment ?? 32;
  const header = joined(
    new TextEncoder().encode(parts.magic ?? "GGUF"),
    u32(parts.version ?? 3),
    u64(parts.tensorCount ?? parts.tensors.length),
    u64(parts.entryCount ?? parts.metadata.length),
  );
  const metadata = joined(...parts.metadata.map(([key, value]) => joined(textBytes(key), entryBytes(value))));
  let at = 0;
  const offsets = parts.tensors.map((t) => {
    const here = at;
    at += Math.ceil(t.bytes.length / alignment) * alignment;
    return here;
  });
  const descriptions = joined(
    ...parts.tensors.map((t, i) =>
      joined(
        textBytes(t.name),
        u32(t.dims.length),
        ...t.dims.map(u64),
        u32(t.type),
        u64(t.offset ?? offsets[i]!),
      ),
    ),
  );
  const before = header.length + metadata.length + descriptions.length;
  const padding = new Uint8Array((alignment - (before % alignment)) % alignment);
  const data = joined(
    ...parts.tensors.map((t) =>
      joined(t.bytes, new Uint8Array((alignment - (t.bytes.length % alignment)) % alignment)),
    ),
  );
  return [header, metadata, descriptions, joined(padding, data)];
}

export function ggufBytes(parts: GgufParts): Uint8Array {
  return joined(...ggufSections(parts));
}

function entryBytes(value: Entry): Uint8Array {
  if (typeof value === "string") return joined(u32(8), textBytes(value));
  if (typeof value === "number") return joined(u32(4), u32(value));
  if (typeof value === "boolean") return joined(u32(7), Uint8Array.of(value ? 1 : 0));
  if (isTexts(value)) return joined(u32(9), u32(8), u64(value.length), ...value.map(textBytes));
  if ("float" in value) return joined(u32(6), f32([value.float]));
  if ("ints" in value) {
    return joined(u32(9), u32(5), u64(value.ints.length), new Uint8Array(Int32Array.from(value.ints).buffer));
  }
  return joined(u32(value.raw[0]), value.raw[1]);
}

function isTexts(value: Entry): value is readonly string[] {
  return Array.isArray(value);
}
