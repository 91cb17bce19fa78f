import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { test } from "node:test";
import { textOrFile } from "./text-or-file.ts";

test("a text is itself, a file its content, and a path with a slip in it is told", () => {
  const folder = mkdtempSync(path.join(tmpdir(), "trueline-text-"));
  try {
    const file = path.join(folder, "system.txt");
    writeFileSync(file, "Be brief.\n");
    assert.equal(textOrFile(file), "Be brief.");
    assert.equal(textOrFile("Be kind. See notes.txt"), "Be kind. See notes.txt");
    assert.throws(
      () => textOrFile(path.join(folder, "sytem.txt")),
      /--system names a file that is not there/,
    );
  } finally {
    rmSync(folder, { recursive: true });
  }
});
