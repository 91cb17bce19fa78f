// A folder of safetensors that the user names: its identity is one hash over the files that make the model.

import { createHash } from "node:crypto";
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { SetupError } from "../../core/errors.ts";
import { hashFile, type FileHash } from "./hash-file.ts";

/** Beside the weights: what says how they are computed with, and how text becomes tokens. */
const BESIDE = [
  "config.json",
  "generation_config.json",
  "tokenizer.json",
  "tokenizer_config.json",
  "special_tokens_map.json",
  "vocab.json",
  "merges.txt",
  "chat_template.jinja",
];

/**
 * Hashes "name sha256" lines of the model's files, in the order of their names: the same files have the same hash wherever they lie.
 * @throws SetupError MODEL_FILE_MISSING where the folder holds no safetensors
 */
export async function hashFolder(folder: string, signal: AbortSignal | undefined): Promise<FileHash> {
  const names = (await readdir(folder))
    .filter((name) => /\.safetensors(?:\.index\.json)?$/iu.test(name) || BESIDE.includes(name))
    .toSorted((a, b) => (a < b ? -1 : 1));
  if (!names.some((name) => /\.safetensors$/iu.test(name)))
    throw new SetupError("MODEL_FILE_MISSING", `The folder ${folder} holds no .safetensors file.`, {
      hint: "Name a folder with config.json, tokenizer files and safetensors, or a .gguf file.",
    });
  const whole = createHash("sha256");
  let bytes = 0;
  let mtimeMs = 0;
  for (const name of names) {
    const hash = await hashFile(join(folder, name), signal);
    whole.update(`${name} ${hash.sha256}\n`);
    bytes += hash.bytes;
    mtimeMs = Math.max(mtimeMs, hash.mtimeMs);
  }
  return { sha256: whole.digest("hex"), bytes, mtimeMs };
}
