// A file held open for reading by ranges, that notices when it is changed meanwhile.

import { constants } from "node:fs";
import { open, type FileHandle } from "node:fs/promises";
import { modelFaults } from "./model-faults.ts";

export type ByteSource = {
  readonly path: string;
  /** Bytes of the file when it was opened. */
  readonly size: number;
  /**
   * Fills `into` with the bytes from `position` on, which must lie within `size`.
   * @param what what is read, for messages
   * @throws SetupError when they can't be read, or the file was changed since it was opened
   */
  readonly fill: (into: Uint8Array, position: number, what: string) => Promise<void>;
  readonly close: () => Promise<void>;
};

/** Bytes of one read: the system call takes no more than 2 GiB. */
const PIECE = 2 ** 28;

const NAME_A_FILE = "Name a safetensors file, its index or its folder that exists and can be read.";

/**
 * Changes are seen by size and time of change, which is as fine as the file system keeps it: a few milliseconds.
 * @param real where the file really lies, where that was found out; then no link is followed there
 * @throws SetupError when it can't be opened or is no regular file; a pipe is not waited for
 */
export async function openBytes(path: string, real?: string): Promise<ByteSource> {
  // Not blocking: opening a pipe that nobody writes to would wait for ever. Windows knows neither flag.
  const { O_RDONLY, O_NONBLOCK = 0, O_NOFOLLOW = 0 } = constants as Partial<typeof constants>;
  const flags = (O_RDONLY ?? 0) | O_NONBLOCK | (real === undefined ? 0 : O_NOFOLLOW);
  let handle: FileHandle;
  try {
    handle = await open(real ?? path, flags);
  } catch (error) {
    throw modelFaults.unreadable(path, `can't open it: ${messageOf(error)}`, NAME_A_FILE, error);
  }
  try {
    const first = await handle.stat({ bigint: true });
    if (!first.isFile()) throw modelFaults.unreadable(path, "is not a file", NAME_A_FILE);
    const size = Number(first.size);
    const refuseChange = async () => {
      const now = await handle.stat({ bigint: true });
      if (now.size !== first.size)
        throw modelFaults.changed(path, `it had ${first.size} bytes and has ${now.size}`);
      if (now.mtimeNs !== first.mtimeNs) throw modelFaults.changed(path, "it was written to");
    };
    return {
      path,
      size,
      fill: async (into, position, what) => {
        for (let done = 0; done < into.length;) {
          const length = Math.min(into.length - done, PIECE);
          const bytes = await readOnce(handle, path, what, into, done, length, position + done);
          if (bytes === 0) throw modelFaults.changed(path, `${what} is cut short`);
          done += bytes;
        }
        await refuseChange();
      },
      close: () => handle.close(),
    };
  } catch (error) {
    await handle.close();
    throw error;
  }
}

async function readOnce(
  handle: FileHandle,
  path: string,
  what: string,
  ...range: readonly [into: Uint8Array, at: number, length: number, position: number]
): Promise<number> {
  try {
    return (await handle.read(...range)).bytesRead;
  } catch (error) {
    // What the system says has a code of its own; a closed handle is a mistake of the caller.
    if (!(error instanceof Error) || !("syscall" in error) || ("code" in error && error.code === "EBADF"))
      throw error;
    throw modelFaults.unreadable(
      path,
      `can't read ${what}: ${error.message}`,
      "Check the disk or the network drive that it lies on.",
      error,
    );
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
