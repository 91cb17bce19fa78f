// Folders are made with all above them, and a refusal comes back as an error.

import { readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import assert from "node:assert/strict";
import { temporaryFolder } from "./fakes.test.support.ts";
import { makeFolder } from "./make-folder.ts";

test("a folder is made with all above it, and making it again is fine", async (t) => {
  const root = await temporaryFolder(t);
  makeFolder(join(root, "a", "b", "c"));
  makeFolder(join(root, "a", "b", "c"));
  assert.deepEqual(await readdir(join(root, "a", "b")), ["c"]);
});

test("a place that takes no folder is refused and not tried for ever", async (t) => {
  const root = await temporaryFolder(t);
  await writeFile(join(root, "file"), "");
  assert.throws(() => makeFolder(join(root, "file", "a", "b")), { code: "ENOTDIR" });
  assert.throws(() => makeFolder("/proc/nowhere/a/b"), /ENOENT|EACCES|EPERM|EROFS/u);
});
