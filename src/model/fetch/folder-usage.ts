// How much lies in a folder and when it last changed: what tells a download that goes on from one that is dead.

import { lstat, readdir } from "node:fs/promises";
import { join } from "node:path";

export type FolderUsage = {
  /** Bytes of all files below. */
  readonly bytes: number;
  /** Bytes of the largest file below. */
  readonly largest: number;
  /** The latest change of the folder or of anything below, in the file system's own milliseconds. */
  readonly changedMs: number;
};

/** Follows no links. What vanishes while it is looked at counts as nothing. */
export async function folderUsage(folder: string): Promise<FolderUsage> {
  let bytes = 0;
  let largest = 0;
  let changedMs = 0;
  const look = async (path: string): Promise<void> => {
    const stat = await lstat(path).catch(() => undefined);
    if (stat === undefined) return;
    changedMs = Math.max(changedMs, stat.mtimeMs);
    if (stat.isDirectory()) {
      for (const name of await readdir(path).catch(() => [])) await look(join(path, name));
    } else if (stat.isFile()) {
      bytes += stat.size;
      largest = Math.max(largest, stat.size);
    }
  };
  await look(folder);
  return { bytes, largest, changedMs };
}
