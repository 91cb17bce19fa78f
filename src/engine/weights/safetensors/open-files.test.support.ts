// Counts the files that this process holds open, so that a test can see one that was forgotten.

import { existsSync, readdirSync } from "node:fs";

/** 0 where the system does not say. */
export function openFiles(): number {
  return existsSync("/proc/self/fd") ? readdirSync("/proc/self/fd").length : 0;
}
