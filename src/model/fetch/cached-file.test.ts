// What makes a cached file trusted, and what makes it be hashed again.

import { mkdir, readFile, stat, utimes, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { test, type TestContext } from "node:test";
import assert from "node:assert/strict";
import { checkCache, lookAtCache } from "./cached-file.ts";
import { content, modelBytes, temporaryFolder, tiny } from "./fakes.test.support.ts";

const trusting = { verify: false, signal: undefined };

/** A cache with the file and its record. */
async function filled(t: TestContext): Promise<{ readonly folder: string; readonly path: string }> {
  const folder = await temporaryFolder(t);
  const path = join(folder, tiny.fileName);
  await writeFile(path, content);
  assert.equal((await checkCache(tiny, folder, trusting)).kind, "cached");
  return { folder, path };
}

/** Changes the content but neither size nor time: what no record can see. */
async function changeUnseen(path: string): Promise<void> {
  const { atime, mtimeMs } = await stat(path);
  await writeFile(path, modelBytes(2));
  await utimes(path, atime, mtimeMs / 1000);
}

test("an empty cache, or none, holds nothing", async (t) => {
  const folder = await temporaryFolder(t);
  assert.equal((await checkCache(tiny, folder, trusting)).kind, "absent");
  assert.equal((await checkCache(tiny, join(folder, "not", "made"), trusting)).kind, "absent");
  await mkdir(join(folder, tiny.fileName));
  assert.equal((await checkCache(tiny, folder, trusting)).kind, "absent");
});

test("a file put there by hand is hashed once and then known by its record", async (t) => {
  const folder = await temporaryFolder(t);
  await writeFile(join(folder, tiny.fileName), content);
  assert.equal((await lookAtCache(tiny, folder)).kind, "unchecked");
  assert.equal((await checkCache(tiny, folder, trusting)).kind, "cached");
  assert.equal((await lookAtCache(tiny, folder)).kind, "cached");
});

test("a file whose time and size agree with its record is not read again", async (t) => {
  const { folder, path } = await filled(t);
  // Times in whole milliseconds, which every file system can set back exactly.
  await utimes(path, 1_700_000_000, 1_700_000_000);
  assert.equal((await checkCache(tiny, folder, trusting)).kind, "cached");
  await changeUnseen(path);
  assert.equal((await checkCache(tiny, folder, trusting)).kind, "cached");
  const verified = await checkCache(tiny, folder, { verify: true, signal: undefined });
  assert.ok(verified.kind === "damaged" && /has sha256/u.test(verified.because));
});

test("a file with another time is hashed again: refused where it changed, recorded anew where it did not", async (t) => {
  const { folder, path } = await filled(t);
  await utimes(path, 1_700_000_000, 1_700_000_000);
  assert.equal((await lookAtCache(tiny, folder)).kind, "unchecked");
  assert.equal((await checkCache(tiny, folder, trusting)).kind, "cached");
  assert.equal((await lookAtCache(tiny, folder)).kind, "cached");
  await writeFile(path, modelBytes(2));
  await utimes(path, 1_700_000_001, 1_700_000_001);
  assert.equal((await checkCache(tiny, folder, trusting)).kind, "damaged");
});

test("a file of another size is damaged without being read", async (t) => {
  const { folder, path } = await filled(t);
  await writeFile(path, content.subarray(0, 1000));
  const state = await lookAtCache(tiny, folder);
  assert.ok(state.kind === "damaged" && state.because === "has 1000 bytes where 200000 are expected");
});

for (const [what, record] of [
  ["torn", '{"sha256":"'],
  ["of another shape", '{"sha256":1}'],
  ["empty", ""],
] as const) {
  test(`a record that is ${what} vouches for nothing`, async (t) => {
    const { folder, path } = await filled(t);
    await writeFile(`${path}.sha256.json`, record);
    assert.equal((await lookAtCache(tiny, folder)).kind, "unchecked");
  });
}

test("a record for another pinned hash vouches for nothing", async (t) => {
  const { folder, path } = await filled(t);
  const record = await readFile(`${path}.sha256.json`, "utf8");
  await writeFile(`${path}.sha256.json`, record.replace(tiny.sha256, "0".repeat(64)));
  assert.equal((await lookAtCache(tiny, folder)).kind, "unchecked");
});

test("hashing stops when it is aborted", async (t) => {
  const { folder } = await filled(t);
  const signal = AbortSignal.abort(new Error("stopped"));
  await assert.rejects(checkCache(tiny, folder, { verify: true, signal }), { message: "stopped" });
});
