// Opens a GGUF file: its metadata, and its tensors one at a time as float32. Every claim of the file is checked before it is used.

import { SetupError } from "../../core/errors.ts";
import { placeGgufTensors } from "./place-gguf-tensors.ts";
import { readGgufHeader } from "./read-gguf-header.ts";
import { readGgufTensor } from "./read-gguf-tensor.ts";
import { openBytes, type ByteSource } from "./safetensors/byte-source.ts";
import { modelFaults } from "./safetensors/model-faults.ts";
import type { TensorFile } from "./safetensors/tensor-file.ts";

/** A file of weights that says of itself what it is. */
export type GgufFile = TensorFile & {
  /** Texts, numbers, booleans, lists of one of them; whole numbers of 64 bits are `bigint`. Hostile like all of the file. */
  readonly metadata: Readonly<Record<string, unknown>>;
  /** A tensor's bytes as they are stored, row after row. @throws SetupError naming the tensor when it is absent, cut short or changed */
  readonly readRaw: (name: string) => Promise<Uint8Array>;
};

/**
 * Reads the header only; the file stays open until `close`.
 * @throws SetupError when the file is missing, is no GGUF, is corrupt, or has a tensor type that is not supported
 */
export async function openGguf(path: string): Promise<GgufFile> {
  const source = await openSource(path);
  try {
    const header = await readGgufHeader(source);
    const places = placeGgufTensors(path, header, source.size);
    return {
      path,
      metadata: header.metadata,
      tensors: new Map([...places].map(([name, p]) => [name, { shape: p.shape, type: p.type.name }])),
      read: (name, options) => {
        const place = places.get(name);
        if (place) return readGgufTensor(source, name, place, options);
        return Promise.reject(modelFaults.corrupt(path, `tensor ${modelFaults.named(name)} is missing`));
      },
      readRaw: async (name) => {
        const place = places.get(name);
        if (!place) throw modelFaults.corrupt(path, `tensor ${modelFaults.named(name)} is missing`);
        const raw = new Uint8Array(place.bytes);
        await source.fill(raw, place.offset, `tensor ${modelFaults.named(name)}`);
        return raw;
      },
      close: source.close,
    };
  } catch (error) {
    await source.close();
    throw error;
  }
}

async function openSource(path: string): Promise<ByteSource> {
  try {
    return await openBytes(path);
  } catch (error) {
    if (!(error instanceof SetupError)) throw error;
    throw new SetupError(error.code, error.message, {
      hint: "Name a GGUF file that exists and can be read, or a model that `trueline models` lists.",
      cause: error,
    });
  }
}
