// Closing a model gives its memory back: opened and closed again and again, a process does not grow.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import path from "node:path";
import { test } from "node:test";

/** In a process of its own: what other tests left behind would blur the numbers. */
const growth = (mode: "closed" | "kept") =>
  Number(execFileSync(process.execPath, [path.join(import.meta.dirname, "memory-growth.ts"), mode]));

test("models that are closed give their memory back; models that are kept do not", () => {
  const [closed, kept] = [growth("closed"), growth("kept")];
  assert.ok(kept > 100, `six models of 40 MB kept: ${kept} MB`);
  assert.ok(closed < kept / 3, `closed ${closed} MB, kept ${kept} MB`);
});
