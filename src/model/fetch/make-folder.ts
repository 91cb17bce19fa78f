// Makes a folder with all above it. Node's own recursive mkdir never returns where the system refuses a new folder with ENOENT (/proc).

import { mkdir } from "node:fs/promises";
import { dirname } from "node:path";

/** A folder that is there already is fine. @throws the file system's error. */
export async function makeFolder(path: string): Promise<void> {
  try {
    await makeOne(path);
  } catch (error) {
    const above = dirname(path);
    if (above === path || codeOf(error) !== "ENOENT") throw error;
    await makeFolder(above);
    await makeOne(path);
  }
}

async function makeOne(path: string): Promise<void> {
  await mkdir(path).catch((error: unknown) => {
    // What is there may be a file; whatever is done in it next says so (ENOTDIR).
    if (codeOf(error) !== "EEXIST") throw error;
  });
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && "code" in error ? error.code : undefined;
}
