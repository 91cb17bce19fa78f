// The sha256 of a file that the user named, or why it can't be read.

import { SetupError } from "../../core/errors.ts";
import { visible } from "../../core/visible.ts";
import { hashFile } from "../../model/fetch/hash-file.ts";

/** @throws SetupError FILE */
export async function fileHash(file: string): Promise<string> {
  try {
    return (await hashFile(file, undefined)).sha256;
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : "";
    throw new SetupError(
      "FILE",
      `${visible(file)} ${code === "ENOENT" ? "does not exist" : code === "EISDIR" ? "is a folder" : `can't be read (${code})`}`,
      { hint: "Check the path and who may read it.", cause: error },
    );
  }
}
