// Makes a folder and those above it, one by one: Node's recursive mkdir never returns where a folder refuses new entries with "not found", as /proc does.

import { existsSync, mkdirSync } from "node:fs";
import path from "node:path";

/** @throws the system's error for the first folder that can't be made */
export function makeFolder(folder: string): void {
  const missing: string[] = [];
  for (let at = path.resolve(folder); !existsSync(at); at = path.dirname(at)) missing.unshift(at);
  for (const one of missing) mkdirSync(one);
}
