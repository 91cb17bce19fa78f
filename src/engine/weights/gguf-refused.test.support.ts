// A small sound GGUF file for tests, and what must hold of the error when a damaged one is opened and read.

import assert from "node:assert/strict";
import { f32, ggufBytes, type GgufParts, type TensorEntry } from "../../../test/engine/gguf-bytes.ts";
import { inTemporaryFile } from "../../../test/engine/in-temporary-file.ts";
import { SetupError } from "../../core/errors.ts";
import { openGguf, type GgufFile } from "./gguf-file.ts";

export const tensorA: TensorEntry = { name: "a", dims: [3, 2], type: 0, bytes: f32([1, 2, 3, 4, 5, 6]) };
export const tensorB: TensorEntry = { name: "b", dims: [8], type: 0, bytes: f32([1, 1, 1, 1, 1, 1, 1, 1]) };
export const sound: GgufParts = {
  metadata: [
    ["general.architecture", "llama"],
    ["some.number", 7],
    ["some.float", { float: 0.5 }],
    ["some.texts", ["x", "", "ü"]],
    ["some.ints", { ints: [1, -2] }],
    ["some.flag", true],
  ],
  tensors: [tensorA, tensorB],
};

/** Opened and closed again: what is known without reading a tensor. */
export const opened = (bytes: Uint8Array): Promise<GgufFile> =>
  inTemporaryFile(bytes, async (path) => {
    const file = await openGguf(path);
    await file.close();
    return file;
  });

/** Opening the file, or else reading its tensors, throws a SetupError with these words in its message and a hint. */
export async function refused(bytes: Uint8Array, words: RegExp): Promise<void> {
  await inTemporaryFile(bytes, async (path) => {
    await assert.rejects(
      async () => {
        const file = await openGguf(path);
        try {
          for (const name of file.tensors.keys()) await file.read(name);
        } finally {
          await file.close();
        }
      },
      (error: unknown) => {
        assert.ok(error instanceof SetupError, `not a SetupError: ${String(error)}`);
        assert.match(error.message, words);
        assert.ok(error.message.includes(path), "the message names the file");
        assert.ok(error.hint && error.hint.length > 10);
        return true;
      },
    );
  });
}

export const withTensor = (change: Partial<TensorEntry>): Uint8Array =>
  ggufBytes({ ...sound, tensors: [{ ...tensorA, ...change }, tensorB] });
