// Makes a folder and those above it, one by one: Node's recursive mkdir never returns where a folder refuses new entries with "not found", as /proc does.

import { existsSync, mkdirSync } from "node:fs";
import path from "node:path";

/** A folder that is there already is fine. @throws the system's error for the first folder that can't be made */
export function makeFolder(folder: string): void {
  const missing: string[] = [];
  for (let at = path.resolve(folder); !existsSync(at); at = path.dirname(at)) missing.unshift(at);
  for (const one of missing) {
    try {
      mkdirSync(one);
    } catch (error) {
      // Another process may have made it in between. What is there may be a file; whatever is done in it next says so (ENOTDIR).
      if (!(error instanceof Error && "code" in error && error.code === "EEXIST")) throw error;
    }
  }
}
