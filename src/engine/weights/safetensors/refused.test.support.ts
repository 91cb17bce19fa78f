// Opens weights and reads all of them, and what is thrown must be an error that a user can act on.

import assert from "node:assert/strict";
import { SetupError } from "../../../core/errors.ts";
import { openSafetensors } from "./open-safetensors.ts";
import type { ReadOptions } from "./tensor-file.ts";

/** Every tensor's values by name. */
export async function readAll(path: string, options?: ReadOptions): Promise<Map<string, Float32Array>> {
  const file = await openSafetensors(path);
  try {
    const out = new Map<string, Float32Array>();
    for (const name of file.tensors.keys()) out.set(name, await file.read(name, options));
    return out;
  } finally {
    await file.close();
  }
}

/** Opening or reading throws a SetupError with this code and these words, which names the file and says a way out. */
export async function refused(path: string, code: string, words: RegExp): Promise<void> {
  await assert.rejects(readAll(path), (error: unknown) => {
    assert.ok(error instanceof SetupError, `not a SetupError: ${String(error)}`);
    assert.match(error.message, words);
    assert.equal(error.code, code, error.message);
    assert.ok(error.message.includes(path), `the message names the file: ${error.message}`);
    assert.ok(error.hint && error.hint.length > 10, "a way out");
    // oxlint-disable-next-line no-control-regex
    assert.doesNotMatch(error.message, /[\u0000-\u001f\u007f-\u009f\u202e]/u);
    assert.ok(error.message.length < 1000 + path.length, "short whatever the file holds");
    return true;
  });
}
