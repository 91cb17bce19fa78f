// A file of JSON lines that survives a kill at any moment: whole lines are kept, a torn last one is dropped.

import { closeSync, fstatSync, fsyncSync, ftruncateSync, openSync, readFileSync, writeSync } from "node:fs";
import { SetupError } from "../core/errors.ts";
import { canonicalJson } from "./canonical-json.ts";
import { onStorage } from "./storage-fault.ts";

export interface JsonLines {
  /** What the file held when it was opened. */
  readonly before: readonly unknown[];
  /** Appends all rows with one write, or none of them: where the disk refuses, what was begun is taken back. */
  append(rows: readonly unknown[]): void;
  /** Waits until the disk itself has what was appended. */
  sync(): void;
  close(): void;
}

/** How bytes reach the file; a test gives another. Returns how many were written. */
export type Write = (fd: number, bytes: Uint8Array) => number;

/**
 * Opens (or makes) the file and truncates it to its last whole line.
 * @throws SetupError when a line before the last one is not JSON, or the file can't be written.
 */
export function openJsonLines(file: string, write: Write = writeSync): JsonLines {
  const fd = onStorage(file, () => openSync(file, "a+"));
  try {
    const { rows, bytes } = wholeLines(readFileSync(file), file);
    let size = bytes;
    if (fstatSync(fd).size > size) onStorage(file, () => ftruncateSync(fd, size));
    return {
      before: rows,
      append: (added) => {
        if (added.length === 0) return;
        const text = Buffer.from(added.map((row) => `${canonicalJson(row)}\n`).join(""));
        try {
          onStorage(file, () => {
            for (let at = 0; at < text.length;) at += write(fd, text.subarray(at));
          });
        } catch (error) {
          ftruncateSync(fd, size);
          throw error;
        }
        size += text.length;
      },
      sync: () => onStorage(file, () => fsyncSync(fd)),
      close: () => closeSync(fd),
    };
  } catch (error) {
    closeSync(fd);
    throw error;
  }
}

/** The rows of a file that may be in use elsewhere; nothing is changed. */
export function readJsonLines(file: string): readonly unknown[] {
  return wholeLines(readFileSync(file), file).rows;
}

/** The whole lines, and how many bytes they take: a last line without its end, or that is not JSON, is not whole. */
function wholeLines(content: Buffer, file: string): { rows: readonly unknown[]; bytes: number } {
  const rows: unknown[] = [];
  let bytes = 0;
  for (let end = content.indexOf(10); end >= 0; end = content.indexOf(10, bytes)) {
    try {
      rows.push(JSON.parse(content.toString("utf8", bytes, end)));
    } catch (error) {
      if (content.indexOf(10, end + 1) < 0) break;
      throw new SetupError("CORRUPT_RUN", `line ${rows.length + 1} of ${file} is not JSON`, {
        hint: "The folder was changed or damaged. Start again in another folder with --out.",
        cause: error,
      });
    }
    bytes = end + 1;
  }
  return { rows, bytes };
}
