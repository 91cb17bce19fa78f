// What the cache holds of a pinned file: trusted by a record of its hash, size and time, else hashed again.

import { readFile, rename, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import type { PinnedFile } from "../catalogue.ts";
import { hashFile, type FileHash } from "./hash-file.ts";
import { reasonOf } from "./reason.ts";

/** `unchecked` is only ever said by `lookAtCache`: right size, but no record yet that says it was hashed. */
export type CacheState =
  | { readonly kind: "cached"; readonly path: string; readonly bytes: number }
  | { readonly kind: "unchecked"; readonly path: string; readonly bytes: number }
  | { readonly kind: "damaged"; readonly path: string; readonly bytes: number; readonly because: string }
  | { readonly kind: "absent"; readonly path: string; readonly because: string };

const recordSchema = z.object({ sha256: z.string(), bytes: z.number(), mtimeMs: z.number() });

export function cachedPath(file: PinnedFile, folder: string): string {
  return join(folder, file.fileName);
}

function recordPath(file: PinnedFile, folder: string): string {
  return `${cachedPath(file, folder)}.sha256.json`;
}

/** Without reading the file itself. */
export async function lookAtCache(file: PinnedFile, folder: string): Promise<CacheState> {
  const path = cachedPath(file, folder);
  let found: { readonly size: number; readonly mtimeMs: number };
  try {
    const stats = await stat(path);
    if (!stats.isFile()) return { kind: "absent", path, because: `${path} is not a file` };
    found = stats;
  } catch (error) {
    const missing = error instanceof Error && "code" in error && error.code === "ENOENT";
    return { kind: "absent", path, because: missing ? "not there" : reasonOf(error) };
  }
  const bytes = found.size;
  if (bytes !== file.bytes)
    return { kind: "damaged", path, bytes, because: `has ${bytes} bytes where ${file.bytes} are expected` };
  const record = await readRecord(recordPath(file, folder));
  const known = record?.sha256 === file.sha256 && record.bytes === bytes && record.mtimeMs === found.mtimeMs;
  return { kind: known ? "cached" : "unchecked", path, bytes };
}

/** Never answers `unchecked`: where the record does not vouch for the file, or `verify` is set, the file is hashed. */
export async function checkCache(
  file: PinnedFile,
  folder: string,
  { verify, signal }: { readonly verify: boolean; readonly signal: AbortSignal | undefined },
): Promise<CacheState> {
  const state = await lookAtCache(file, folder);
  if (state.kind === "absent" || state.kind === "damaged" || (state.kind === "cached" && !verify))
    return state;
  const { path, bytes } = state;
  let hash: FileHash;
  try {
    hash = await hashFile(path, signal);
  } catch (error) {
    signal?.throwIfAborted();
    return { kind: "damaged", path, bytes, because: reasonOf(error) };
  }
  if (hash.sha256 !== file.sha256) {
    return {
      kind: "damaged",
      path,
      bytes,
      because: `has sha256 ${hash.sha256} where ${file.sha256} is expected`,
    };
  }
  await writeRecord(file, folder, hash);
  return { kind: "cached", path, bytes };
}

/** Best effort: without a record (a read-only cache) the file is hashed again next time, and that is all. */
export async function writeRecord(file: PinnedFile, folder: string, hash: FileHash): Promise<void> {
  const path = recordPath(file, folder);
  // Two writers of the same name can at worst leave a torn record, which vouches for nothing.
  const temporary = `${path}.new`;
  try {
    await writeFile(
      temporary,
      `${JSON.stringify({ sha256: hash.sha256, bytes: hash.bytes, mtimeMs: hash.mtimeMs })}\n`,
    );
    await rename(temporary, path);
  } catch {
    // See above.
  }
}

async function readRecord(path: string): Promise<z.infer<typeof recordSchema> | undefined> {
  try {
    return recordSchema.parse(JSON.parse(await readFile(path, "utf8")));
  } catch {
    return undefined;
  }
}
