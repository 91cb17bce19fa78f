// The files of a Hugging Face folder, read with care: whoever made them is not known.

import { readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { SetupError } from "../../core/errors.ts";

export type JsonObject = Readonly<Record<string, unknown>>;

/** The largest vocabularies take 35 MB. */
const LARGEST_VOCABULARY = 128 * 2 ** 20;
const LARGEST = 8 * 2 ** 20;

const large = new Set(["tokenizer.json", "vocab.json", "merges.txt"]);

/** @returns the text of a file, or undefined where there is none. @throws SetupError when it can't be read or is far too large */
export async function textOf(folder: string, name: string): Promise<string | undefined> {
  const place = join(folder, name);
  const limit = large.has(name) ? LARGEST_VOCABULARY : LARGEST;
  try {
    const { size } = await stat(place);
    if (size > limit) {
      throw new SetupError("TOKENIZER", `${place} holds ${size} bytes; at most ${limit} are read`, {
        hint: "The file is damaged: no tokenizer needs that much.",
      });
    }
    return await readFile(place, "utf8");
  } catch (error) {
    if (error instanceof SetupError) throw error;
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw new SetupError("TOKENIZER", `${place} can't be read`, {
      hint: "Check that it is a file and that you may read it.",
      cause: error,
    });
  }
}

/** @returns what a JSON file holds, or undefined where there is none. @throws SetupError when it holds no object */
export async function jsonOf(folder: string, name: string): Promise<JsonObject | undefined> {
  const text = await textOf(folder, name);
  if (text === undefined) return undefined;
  const hint = "The file is damaged: fetch the model again.";
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new SetupError("TOKENIZER", `${join(folder, name)} is not JSON`, { hint, cause: error });
  }
  if (!isObject(value)) throw new SetupError("TOKENIZER", `${join(folder, name)} holds no object`, { hint });
  return value;
}

export function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** A property of the object's own, so that "__proto__" or "constructor" is never found where it was not written. */
export function own(value: unknown, name: string): unknown {
  return isObject(value) && Object.hasOwn(value, name) ? value[name] : undefined;
}
