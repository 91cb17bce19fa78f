// Files as a whole: the format is that of the ending, and what is no file that can be read is refused before it does harm.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { chmod, mkdir, symlink, truncate } from "node:fs/promises";
import path from "node:path";
import { test } from "node:test";
import { cells, newFile, refusal } from "./files.test.support.ts";
import { sampleFiles, sampleRows } from "./parquet/sample-files.test.support.ts";
import { readTable } from "./read-table.ts";

test("each ending, in any capitals, is read as its format", async (t) => {
  const row = [{ a: 1, b: "x" }];
  const text = [{ a: "1", b: "x" }];
  for (const [name, content, rows, counts] of [
    ["s.jsonl", '{"a":1,"b":"x"}', row, "line"],
    ["s.NDJSON", '{"a":1,"b":"x"}\n', row, "line"],
    ["s.Csv", "a,b\n1,x\n", text, "line"],
    ["s.tsv", "a\tb\n1\tx\n", text, "line"],
    ["s.parquet", Buffer.from(sampleFiles.plain, "base64"), sampleRows, "row"],
  ] as const) {
    const file = await newFile(t, name, content);
    const table = await readTable(file);
    assert.deepEqual(cells(table), rows, name);
    assert.deepEqual([table.file, table.counts], [file, counts]);
    assert.equal(table.sha256, createHash("sha256").update(content).digest("hex"), name);
  }
});

test("a missing file, a folder, a pipe, a device, a loop and an impossible name are refused without being opened", async (t) => {
  const file = await newFile(t, "there.csv", "a\n1\n");
  const folder = path.dirname(file);
  const at = (name: string) => path.join(folder, name);
  await mkdir(at("folder.csv"));
  await symlink(at("loop.csv"), at("loop.csv"));
  execFileSync("mkfifo", [at("pipe.csv")]);
  for (const [name, pattern] of [
    [at("missing.csv"), /missing\.csv does not exist/],
    [at("folder.csv"), /is a folder/],
    [at("pipe.csv"), /is not a regular file/],
    ["/dev/zero", /is not a regular file/],
    [at("loop.csv"), /can't be read \(ELOOP\)/],
    [path.join(file, "below.csv"), /can't be read \(ENOTDIR\)/],
    [at(`${"x".repeat(300)}.csv`), /can't be read \(ENAMETOOLONG\)/],
    ["a\0b.csv", /a␀b\.csv can't be read/],
    [at("\u001b[31m.csv"), /␛\[31m\.csv does not exist/],
  ] as const) {
    await assert.rejects(readTable(name), refusal("TABLE_FILE", pattern), name);
  }
});

test("a file that may not be read is refused to everyone but root", async (t) => {
  const file = await newFile(t, "closed.csv", "a\n1\n");
  await chmod(file, 0);
  if (process.getuid?.() === 0) assert.equal((await readTable(file)).rows.length, 1);
  else await assert.rejects(readTable(file), refusal("TABLE_FILE", /EACCES/));
});

test("an empty file, one of an unknown format and one that is too large are refused", async (t) => {
  await assert.rejects(readTable(await newFile(t, "s.jsonl", "")), refusal("TABLE_EMPTY", /is empty/));
  for (const name of ["s.xlsx", "s.jsonl.gz", "s", "s.json"])
    await assert.rejects(
      readTable(await newFile(t, name, "x")),
      refusal("TABLE_FORMAT", /of no format that is read/, /\.jsonl, \.ndjson, \.csv, \.tsv, \.parquet/),
    );
  const large = await newFile(t, "s.jsonl", "{}");
  await truncate(large, 2 ** 29 + 1);
  await assert.rejects(readTable(large), refusal("TABLE_SIZE", /larger than 536870912 bytes/));
});

test("a line of more than 64 MiB is refused", async (t) => {
  const file = await newFile(
    t,
    "s.jsonl",
    Buffer.concat([Buffer.from('{"a":1}\n'), Buffer.alloc(2 ** 26 + 1, 32)]),
  );
  await assert.rejects(readTable(file), refusal("TABLE_SIZE", /line 2: longer than 67108864 bytes/));
});
