// A folder for one attempt inside the cache folder, so that a whole file gets its name by a rename and dead attempts are known.

import { mkdtemp, readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { folderUsage } from "./folder-usage.ts";
import { makeFolder } from "./make-folder.ts";

const prefix = ".fetch-";

/**
 * Runs `work` with a fresh folder below `folder`, and removes that folder whatever happens. Before that, it clears away the
 * attempts of processes that died.
 */
export async function withScratch<T>(
  folder: string,
  abandonedMs: number,
  work: (scratch: string) => Promise<T>,
): Promise<T> {
  makeFolder(folder);
  const scratch = await mkdtemp(join(folder, prefix));
  try {
    await sweep(folder, scratch, abandonedMs);
    return await work(scratch);
  } finally {
    // Left behind if it can't be removed now: the next attempt sweeps it.
    await rm(scratch, { recursive: true, force: true, maxRetries: 3 }).catch(() => {});
  }
}

/** Clears away dead attempts where there are any. A folder that can't be read or written is none of its business. */
export async function sweepAbandoned(folder: string, abandonedMs: number): Promise<void> {
  const names = await readdir(folder).catch(() => []);
  if (names.some((name) => name.startsWith(prefix)))
    await withScratch(folder, abandonedMs, async () => {}).catch(() => {});
}

/**
 * A living attempt gives up a source that sends nothing for seconds, so one whose folder has not changed for `abandonedMs`
 * is dead. Ages are taken against our own fresh folder: the file system's clock on both sides, whatever machine wrote.
 */
async function sweep(folder: string, scratch: string, abandonedMs: number): Promise<void> {
  const now = (await folderUsage(scratch)).changedMs;
  for (const name of await readdir(folder)) {
    const path = join(folder, name);
    if (!name.startsWith(prefix) || path === scratch) continue;
    const { changedMs } = await folderUsage(path);
    if (now - changedMs >= abandonedMs) await rm(path, { recursive: true, force: true }).catch(() => {});
  }
}
