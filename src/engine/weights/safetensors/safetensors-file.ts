// Opens one safetensors file: names, shapes and types at once, values one tensor at a time. Every claim is checked before it is used.

import { openBytes } from "./byte-source.ts";
import { modelFaults } from "./model-faults.ts";
import { placeTensors } from "./place-tensors.ts";
import { readHeader } from "./read-header.ts";
import { readTensor } from "./read-tensor.ts";
import type { TensorFile } from "./tensor-file.ts";

/**
 * Reads the header only; the file stays open until `close`.
 * Format: https://huggingface.co/docs/safetensors (8 bytes of length, JSON, data). Stricter than the reference implementation in
 * what may stand in the JSON: no key twice anywhere, no entry that the format does not know, names up to 1,024 bytes, 8 dimensions.
 * @param real where the file really lies, where links were resolved before
 * @throws SetupError when the file is missing, of another kind, corrupt, or has a type of values that is not supported
 */
export async function openSafetensorsFile(path: string, real?: string): Promise<TensorFile> {
  const source = await openBytes(path, real);
  try {
    const places = placeTensors(path, await readHeader(source), source.size);
    return {
      path,
      tensors: new Map([...places].map(([name, { shape, type }]) => [name, { shape, type }])),
      read: (name, options) => {
        const place = places.get(name);
        if (place) return readTensor(source, name, place, options);
        return Promise.reject(modelFaults.corrupt(path, `tensor ${modelFaults.named(name)} is missing`));
      },
      close: source.close,
    };
  } catch (error) {
    await source.close();
    throw error;
  }
}
