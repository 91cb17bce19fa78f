// Builds the bytes of a safetensors file for tests, sound or with whatever fault a test wants.

export type TensorEntry = {
  readonly name: string;
  readonly dtype: string;
  readonly shape: readonly number[];
  readonly bytes: Uint8Array;
};

export function f32(values: readonly number[]): Uint8Array {
  return new Uint8Array(Float32Array.from(values).buffer);
}

export function u16(bits: readonly number[]): Uint8Array {
  return new Uint8Array(Uint16Array.from(bits).buffer);
}

/** Length, JSON, data, whatever they hold. @param claimed the length that the file claims its header has */
export function rawBytes(json: string | Uint8Array, data: Uint8Array, claimed?: bigint): Uint8Array {
  const header = typeof json === "string" ? new TextEncoder().encode(json) : json;
  const out = new Uint8Array(8 + header.length + data.length);
  new DataView(out.buffer).setBigUint64(0, claimed ?? BigInt(header.length), true);
  out.set(header, 8);
  out.set(data, 8 + header.length);
  return out;
}

/** A sound file, the tensors one after the other. */
export function safetensorsBytes(
  tensors: readonly TensorEntry[],
  metadata?: Readonly<Record<string, string>>,
): Uint8Array {
  let end = 0;
  const rows = tensors.map(({ name, dtype, shape, bytes }) => {
    const begin = end;
    end += bytes.length;
    return `${JSON.stringify(name)}:${JSON.stringify({ dtype, shape, data_offsets: [begin, end] })}`;
  });
  if (metadata) rows.unshift(`"__metadata__":${JSON.stringify(metadata)}`);
  const data = new Uint8Array(end);
  let at = 0;
  for (const { bytes } of tensors) {
    data.set(bytes, at);
    at += bytes.length;
  }
  return rawBytes(`{${rows.join(",")}}`, data);
}
