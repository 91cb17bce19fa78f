// One entry of a zip archive as a stream of bytes. The archive is hostile: names are compared and never used as paths.

import type { Readable } from "node:stream";
import { reasonOf } from "./reason.ts";
import { SourceFailure } from "./source.ts";

/**
 * The bytes of the entry whose name is exactly `name` and whose size is declared as `bytes`; yauzl ends the stream with
 * an error as soon as the real size is another.
 * @throws SourceFailure when there is no such entry, its size differs, or the archive is broken.
 */
export async function* zipEntry(
  archive: string,
  { name, bytes }: { readonly name: string; readonly bytes: number },
  signal: AbortSignal | undefined,
): AsyncGenerator<Uint8Array> {
  const { openPromise } = await import("yauzl");
  const wanted = Buffer.from(name, "utf8");
  let stream: Readable | undefined;
  const end = () => stream?.destroy(new Error("aborted"));
  try {
    // Names stay bytes (decodeStrings off): another entry's evil name is not even read, let alone followed.
    const zip = await openPromise(archive, {
      decodeStrings: false,
      autoClose: false,
      validateEntrySizes: true,
    });
    try {
      for await (const entry of zip.eachEntry()) {
        signal?.throwIfAborted();
        if (!wanted.equals(entry.fileNameRaw)) continue;
        if (entry.uncompressedSize !== bytes) {
          throw new SourceFailure(
            `holds ${name} with ${entry.uncompressedSize} bytes where ${bytes} are expected`,
          );
        }
        if (!entry.canDecodeFileData())
          throw new SourceFailure(`holds ${name} encrypted or compressed in an unknown way`);
        stream = await zip.openReadStreamPromise(entry);
        signal?.addEventListener("abort", end, { once: true });
        if (signal?.aborted === true) end();
        for await (const chunk of stream) yield chunk as Buffer;
        return;
      }
      throw new SourceFailure(`holds no ${name}`);
    } finally {
      signal?.removeEventListener("abort", end);
      stream?.destroy();
      zip.close();
    }
  } catch (error) {
    signal?.throwIfAborted();
    if (error instanceof SourceFailure) throw new SourceFailure(`the wheel ${error.message}`, error);
    throw new SourceFailure(`the wheel can't be read: ${reasonOf(error)}`, error);
  }
}
