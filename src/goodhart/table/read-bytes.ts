// The bytes of a table's file, once it is known to be a file that can be held in memory.

import { open, stat, type FileHandle } from "node:fs/promises";
import { defaultLimits, type Limits } from "./limits.ts";
import { tableFault } from "./table-fault.ts";

/** @throws SetupError TABLE_FILE, TABLE_SIZE, TABLE_EMPTY. */
export async function readBytes(file: string, limits: Limits = defaultLimits): Promise<Buffer> {
  try {
    // Before it is opened: opening a pipe or a device could wait for ever.
    const found = await stat(file);
    if (found.isDirectory())
      throw tableFault("TABLE_FILE", file, " is a folder", { hint: "Name the file itself." });
    if (!found.isFile())
      throw tableFault("TABLE_FILE", file, " is not a regular file", {
        hint: "Write the table to a file first; a pipe or a device is not read.",
      });
    await using handle = await open(file, "r");
    return await contentOf(handle, file, limits);
  } catch (error) {
    // What Node refuses (a path with a zero byte in it) and what the system refuses both carry a code in capitals.
    if (!(error instanceof Error && "code" in error) || String(error.code).startsWith("TABLE_")) throw error;
    if (error.code === "ENOENT")
      throw tableFault("TABLE_FILE", file, " does not exist", { hint: "Check the path.", cause: error });
    throw tableFault("TABLE_FILE", file, ` can't be read (${String(error.code)})`, {
      hint: "Check the path and who may read it.",
      cause: error,
    });
  }
}

/** As many bytes as the file had when it was opened, so that one that grows meanwhile can't be endless. */
async function contentOf(handle: FileHandle, file: string, limits: Limits): Promise<Buffer> {
  const { size } = await handle.stat();
  if (size === 0)
    throw tableFault("TABLE_EMPTY", file, " is empty", { hint: "Name a file that holds rows." });
  if (size > limits.bytes)
    throw tableFault("TABLE_SIZE", file, ` is larger than ${limits.bytes} bytes`, {
      hint: "Keep the columns that are used, or fewer samples of each prompt.",
    });
  const bytes = Buffer.alloc(size);
  let length = 0;
  while (length < size) {
    const { bytesRead } = await handle.read(bytes, length, size - length, length);
    if (bytesRead === 0) break;
    length += bytesRead;
  }
  return bytes.subarray(0, length);
}
