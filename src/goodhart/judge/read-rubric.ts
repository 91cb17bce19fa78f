// The rubric in a file, once it is known to be a small text.

import { isUtf8 } from "node:buffer";
import { readFile, stat } from "node:fs/promises";
import { SetupError } from "../../core/errors.ts";
import { visible } from "../../core/visible.ts";
import { rubricFrom, type Rubric } from "./rubric.ts";

/** More than the longest rubric can have in UTF-8; what is larger isn't opened. */
const MOST_BYTES = 100_000;

/** @throws SetupError RUBRIC, naming the file and the way out, where it can't be read or holds no rubric. */
export async function readRubric(file: string): Promise<Rubric> {
  const bytes = await bytesOf(file);
  if (!isUtf8(bytes)) throw fault(file, "is binary, or not UTF-8", "Name a text file, and save it as UTF-8.");
  return rubricFrom(bytes.toString("utf8"), file);
}

async function bytesOf(file: string): Promise<Buffer> {
  try {
    // Before it is opened: opening a pipe or a device could wait for ever.
    const found = await stat(file);
    if (!found.isFile())
      throw fault(file, "is no regular file", "Name a text file that says what to mark by.");
    if (found.size > MOST_BYTES)
      throw fault(
        file,
        `is larger than ${MOST_BYTES} bytes`,
        "A rubric has at most 20000 characters: shorten it.",
      );
    return await readFile(file);
  } catch (error) {
    // What Node refuses and what the system refuses both carry a code in capitals; a fault of ours is thrown on.
    if (error instanceof SetupError || !(error instanceof Error && "code" in error)) throw error;
    throw fault(
      file,
      error.code === "ENOENT" ? "does not exist" : `can't be read (${String(error.code)})`,
      "Check the path and who may read it.",
      error,
    );
  }
}

function fault(file: string, what: string, hint: string, cause?: unknown): SetupError {
  return new SetupError("RUBRIC", `the rubric ${visible(file)} ${what}`, { hint, cause });
}
