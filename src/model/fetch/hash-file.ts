// The sha256 of a file as it lies on disk, streamed, with the size and time that it had while it was read.

import { createHash } from "node:crypto";
import { open } from "node:fs/promises";

export type FileHash = { readonly sha256: string; readonly bytes: number; readonly mtimeMs: number };

/** @throws the file system's error; the signal's reason when aborted. */
export async function hashFile(path: string, signal: AbortSignal | undefined): Promise<FileHash> {
  const handle = await open(path, "r");
  try {
    const { mtimeMs } = await handle.stat();
    const hash = createHash("sha256");
    const buffer = Buffer.allocUnsafe(1 << 20);
    let bytes = 0;
    for (;;) {
      signal?.throwIfAborted();
      const { bytesRead } = await handle.read(buffer, 0, buffer.length);
      if (bytesRead === 0) break;
      hash.update(buffer.subarray(0, bytesRead));
      bytes += bytesRead;
    }
    return { sha256: hash.digest("hex"), bytes, mtimeMs };
  } finally {
    await handle.close();
  }
}
