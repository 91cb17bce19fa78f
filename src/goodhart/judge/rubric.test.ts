import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";

import { SetupError } from "../../core/errors.ts";
import { readRubric } from "./read-rubric.ts";
import { rubricFrom } from "./rubric.ts";

test("a first line may give the scale, and is then no part of the rubric", () => {
  for (const line of ["scale: 1-5", "Scale : 1 – 5", "SCALE: 1 to 5", "\ufeffscale:1-5"])
    assert.deepEqual(rubricFrom(`${line}\r\n\r\nTrue and short.\n`, "r.txt"), {
      text: "True and short.",
      scale: { low: 1, high: 5 },
    });
  assert.deepEqual(rubricFrom("True and short.\nscale: 1-5", "r.txt"), {
    text: "True and short.\nscale: 1-5",
    scale: { low: 1, high: 10 },
  });
});

const faults: Readonly<Record<string, readonly [string | Buffer, RegExp]>> = {
  "an empty file": ["", /is empty/u],
  "a file of blanks": [" \n\t\n", /is empty/u],
  "a scale alone": ["scale: 1-5\n\n", /holds a scale and nothing/u],
  "a scale turned round": ["scale: 5-1\nTrue.", /"scale: 5-1", which is no scale/u],
  "a scale in words": ["scale: one to five\nTrue.", /is no scale/u],
  "a scale of too many marks": ["scale: 0-101\nTrue.", /is no scale/u],
  "too long a rubric": ["x".repeat(20_001), /longer than 20000 characters/u],
  "a file that is far too large": ["x".repeat(100_001), /larger than 100000 bytes/u],
  "a file with a zero byte": ["True\u0000", /is binary/u],
  "a file that is not UTF-8": [Buffer.from([0xff, 0xfe, 0x41, 0x00]), /is binary, or not UTF-8/u],
};

test("a rubric that is none is refused with the file's name and a way out", async () => {
  const folder = mkdtempSync(join(tmpdir(), "rubric-"));
  try {
    for (const [what, [content, message]] of Object.entries(faults)) {
      const file = join(folder, "rubric.txt");
      writeFileSync(file, content);
      await assert.rejects(readRubric(file), (error: unknown) => {
        assert.ok(error instanceof SetupError, what);
        assert.match(error.message, message, what);
        assert.ok(error.message.includes(file) && error.hint !== undefined && error.code === "RUBRIC", what);
        return true;
      });
    }
    await assert.rejects(readRubric(join(folder, "absent.txt")), /does not exist/u);
    await assert.rejects(readRubric(folder), /is no regular file/u);
    await assert.rejects(readRubric("a\u0000b"), SetupError);
    writeFileSync(join(folder, "good.txt"), "scale: 0-100\nMark the truth — nothing else.");
    assert.deepEqual(await readRubric(join(folder, "good.txt")), {
      text: "Mark the truth — nothing else.",
      scale: { low: 0, high: 100 },
    });
  } finally {
    rmSync(folder, { recursive: true });
  }
});
