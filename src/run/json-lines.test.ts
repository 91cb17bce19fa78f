// Lines on a disk that fails: what was whole stays, nothing half-written is left, and the reason is one the user can mend.

import assert from "node:assert/strict";
import { chmodSync, mkdirSync, readFileSync, symlinkSync, writeFileSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { test } from "node:test";
import { SetupError } from "../core/errors.ts";
import { writeAtomically } from "./atomic-file.ts";
import { auditOf, frozenModel, newFolder } from "./fakes.test.support.ts";
import { openJsonLines } from "./json-lines.ts";
import { runAudit } from "./run-audit.ts";

function newFile(content = ""): string {
  const folder = newFolder();
  mkdirSync(folder);
  const file = path.join(folder, "x.jsonl");
  writeFileSync(file, content);
  return file;
}

const full = () => Object.assign(new Error("ENOSPC: no space left on device"), { code: "ENOSPC" });

test("a disk that fills up in the middle of a write leaves only whole lines, and says so", () => {
  const file = newFile();
  let room = 25;
  const rows = openJsonLines(file, (fd, bytes) => {
    const fits = bytes.subarray(0, Math.min(room, bytes.length));
    if (fits.length === 0) throw full();
    room -= fits.length;
    return writeSync(fd, fits);
  });
  rows.append([{ a: 1 }]);
  assert.throws(
    () => rows.append([{ b: "x".repeat(40) }, { c: 3 }]),
    (error) =>
      error instanceof SetupError &&
      /the disk is full/.test(error.message) &&
      /goes on/.test(error.hint ?? ""),
  );
  rows.close();
  assert.equal(readFileSync(file, "utf8"), '{"a":1}\n');
});

test("a write that the system takes in pieces is written whole", () => {
  const file = newFile();
  const rows = openJsonLines(file, (fd, bytes) => writeSync(fd, bytes.subarray(0, 3)));
  rows.append([{ text: "ä\u2028\n" }]);
  rows.close();
  assert.deepEqual(JSON.parse(readFileSync(file, "utf8")), { text: "ä\u2028\n" });
});

for (const [what, tail] of Object.entries({
  "without its end": '{"b":',
  "that is whole but for its end": '{"b":2}',
  "of zeros, as after a power cut": "\0\0\0\0\n",
  "cut inside a character": Buffer.from('{"b":"ä').subarray(0, -1).toString("latin1"),
})) {
  test(`a last line ${what} is dropped, and the next one takes its place`, () => {
    const file = newFile();
    writeFileSync(file, Buffer.concat([Buffer.from('{"a":1}\n'), Buffer.from(tail, "latin1")]));
    const rows = openJsonLines(file);
    assert.deepEqual(rows.before, [{ a: 1 }]);
    rows.append([{ c: 3 }]);
    rows.close();
    assert.equal(readFileSync(file, "utf8"), '{"a":1}\n{"c":3}\n');
  });
}

test("a value that JSON can't hold is refused before anything is written", () => {
  const file = newFile();
  const rows = openJsonLines(file);
  assert.throws(() => rows.append([{ a: 1 }, { b: Number.NaN }]), TypeError);
  rows.close();
  assert.equal(readFileSync(file, "utf8"), "");
});

test("a folder that can't be is a SetupError that names it", async () => {
  const file = newFile("x");
  const loop = path.join(path.dirname(file), "loop");
  symlinkSync(loop, loop);
  const long = path.join(tmpdir(), "x".repeat(300));
  for (const folder of [file, path.join(file, "below"), path.join(loop, "below"), long]) {
    await assert.rejects(
      runAudit(auditOf(frozenModel(), folder)),
      (error) =>
        error instanceof SetupError && error.message.includes(folder) && /--out/.test(error.hint ?? ""),
    );
  }
});

test("a read-only folder is refused to everyone but root", async () => {
  const folder = newFolder();
  mkdirSync(folder);
  chmodSync(folder, 0o500);
  const attempt = runAudit(auditOf(frozenModel(), path.join(folder, "run")));
  // The system lets root write anywhere: then the run is simply done.
  if (process.getuid?.() === 0) assert.equal((await attempt).kind, "finished");
  else await assert.rejects(attempt, { name: "SetupError", code: "STORAGE_EACCES" });
});

test("a file is replaced whole or not at all", () => {
  const file = newFile("before");
  writeAtomically(file, "after");
  assert.equal(readFileSync(file, "utf8"), "after");
  mkdirSync(`${file}.tmp`);
  assert.throws(() => writeAtomically(file, "never"), { name: "SetupError" });
  assert.equal(readFileSync(file, "utf8"), "after");
});
