// A file that the user names: looked at before it is trusted with anything, and told apart from the pinned ones by its hash.

import { open, stat } from "node:fs/promises";
import { dirname } from "node:path";
import { SetupError } from "../../core/errors.ts";
import { hashFile, type FileHash } from "./hash-file.ts";
import { reasonOf } from "./reason.ts";
import { hashFolder } from "./user-folder.ts";

/**
 * Hashes what the user named: a GGUF file; or safetensors, by their folder, by one file or by the index of shards.
 * @throws SetupError MODEL_FILE_MISSING, MODEL_FILE_UNREADABLE, or MODEL_FILE_NOT_GGUF.
 */
export async function userFile(path: string, signal: AbortSignal | undefined): Promise<FileHash> {
  try {
    // Before it is opened: opening a pipe or a device could wait for ever.
    const stats = await stat(path);
    if (stats.isDirectory()) return await hashFolder(path, signal);
    if (!stats.isFile()) {
      throw new SetupError("MODEL_FILE_UNREADABLE", `${path} is neither a file nor a folder.`, {
        hint: "Name the .gguf file itself, or a folder with safetensors.",
      });
    }
    if (/\.safetensors(?:\.index\.json)?$/iu.test(path)) return await hashFolder(dirname(path), signal);
    const magic = await firstBytes(path);
    if (magic !== "GGUF") {
      throw new SetupError(
        "MODEL_FILE_NOT_GGUF",
        `${path} is not a GGUF file: it does not begin with the letters GGUF.`,
        {
          hint: "Name a .gguf file or a folder with safetensors; a download that went wrong is often a web page under that name.",
        },
      );
    }
    return await hashFile(path, signal);
  } catch (error) {
    signal?.throwIfAborted();
    if (error instanceof SetupError || !(error instanceof Error && "code" in error)) throw error;
    if (error.code === "ENOENT") {
      throw new SetupError("MODEL_FILE_MISSING", `There is no file ${path}.`, {
        hint: "Check the path.",
        cause: error,
      });
    }
    throw new SetupError("MODEL_FILE_UNREADABLE", `${path} can't be read: ${reasonOf(error)}.`, {
      hint: "Check the path and who may read it.",
      cause: error,
    });
  }
}

async function firstBytes(path: string): Promise<string> {
  const handle = await open(path, "r");
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(4), 0, 4, 0);
    return buffer.toString("latin1", 0, bytesRead);
  } finally {
    await handle.close();
  }
}
