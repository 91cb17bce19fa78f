// Writes a file so that no reader ever finds half of it, and none is left half-written when the disk is full.

import { closeSync, fsyncSync, openSync, renameSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { onStorage } from "./storage-fault.ts";

export function writeAtomically(file: string, content: string): void {
  const draft = `${file}.tmp`;
  try {
    onStorage(file, () => {
      const fd = openSync(draft, "w");
      try {
        writeFileSync(fd, content);
        fsyncSync(fd);
      } finally {
        closeSync(fd);
      }
      renameSync(draft, file);
    });
  } catch (error) {
    removeIfCan(draft);
    throw error;
  }
  syncFolder(path.dirname(file));
}

/** What broke the write is what the user must hear of, not that its draft could not be removed either. */
function removeIfCan(draft: string): void {
  try {
    rmSync(draft, { force: true });
  } catch {
    // A folder of that name, say: then there is no draft.
  }
}

/** Makes the names in a folder last; not every file system allows it, and none needs it for a killed process. */
export function syncFolder(folder: string): void {
  try {
    const fd = openSync(folder, "r");
    try {
      fsyncSync(fd);
    } finally {
      closeSync(fd);
    }
  } catch {
    // A file system without it keeps its names by its own rules.
  }
}
