// Folders are made one by one, and a place that takes none is refused at once.

import assert from "node:assert/strict";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { test } from "node:test";
import { makeFolder } from "./make-folder.ts";

test("a folder and those above it are made; made twice is no fault", (t) => {
  const root = mkdtempSync(path.join(tmpdir(), "trueline-make-"));
  t.after(() => rmSync(root, { recursive: true, force: true }));
  const deep = path.join(root, "a", "b", "c");
  makeFolder(deep);
  makeFolder(deep);
  assert.ok(existsSync(deep));
});

test("a place that takes no folder is refused and does not hang", () => {
  assert.throws(() => makeFolder("/proc/trueline/runs"), /ENOENT|EACCES|EPERM|EROFS/u);
});
