// Writes a source's bytes down under a temporary name and gives them the file's own name only once size and hash agree.

import { createHash } from "node:crypto";
import { open, rename } from "node:fs/promises";
import { join } from "node:path";
import type { PinnedFile } from "../catalogue.ts";
import { cachedPath, writeRecord } from "./cached-file.ts";
import { SourceFailure } from "./source.ts";

export type StorePlace = {
  /** The cache folder: where the file ends up. */
  readonly folder: string;
  /** A folder on the same file system that goes away with this attempt. */
  readonly scratch: string;
};

/**
 * Stores `incoming` as `file` and returns its path. Until the rename nothing has the file's name, so that an
 * interruption at any moment leaves nothing that looks whole.
 * @throws SourceFailure when size or hash are not the pinned ones; the file system's error when it can't be written.
 */
export async function store(
  file: PinnedFile,
  incoming: AsyncIterable<Uint8Array>,
  place: StorePlace,
  onReceived: (received: number) => void,
): Promise<string> {
  const part = join(place.scratch, "part");
  const path = cachedPath(file, place.folder);
  const hash = createHash("sha256");
  let received = 0;
  const handle = await open(part, "w");
  let mtimeMs: number;
  let sha256: string;
  try {
    for await (const chunk of incoming) {
      received += chunk.length;
      if (received > file.bytes) throw new SourceFailure(`sends more than the expected ${file.bytes} bytes`);
      hash.update(chunk);
      await handle.appendFile(chunk);
      onReceived(received);
    }
    if (received < file.bytes) throw new SourceFailure(`ended after ${received} of ${file.bytes} bytes`);
    sha256 = hash.digest("hex");
    if (sha256 !== file.sha256)
      throw new SourceFailure(`sent a file with sha256 ${sha256} where ${file.sha256} is expected`);
    await handle.sync();
    ({ mtimeMs } = await handle.stat());
  } finally {
    await handle.close();
  }
  await rename(part, path);
  await syncFolder(place.folder);
  await writeRecord(file, place.folder, { sha256, bytes: received, mtimeMs });
  return path;
}

/** Makes the rename itself last through a power cut, where the platform lets a folder be opened. */
async function syncFolder(folder: string): Promise<void> {
  try {
    const handle = await open(folder, "r");
    try {
      await handle.sync();
    } finally {
      await handle.close();
    }
  } catch {
    // Windows refuses; there the rename is journalled.
  }
}
