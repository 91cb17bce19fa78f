// One process at a time: the folder is refused while its owner lives, and taken over when it is gone.

import assert from "node:assert/strict";
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import path from "node:path";
import { test } from "node:test";
import { SetupError } from "../core/errors.ts";
import { auditOf, frozenModel, newFolder } from "./fakes.test.support.ts";
import { lockFolder } from "./lock.ts";
import { runAudit } from "./run-audit.ts";

const clock = { timestamp: () => "2026-01-01T00:00:00.000Z", ticks: () => 0 };
const alone = (pid: number) => ({ pid, isRunning: () => false });
const beside = (pid: number, ...alive: number[]) => ({
  pid,
  isRunning: (other: number) => alive.includes(other),
});

function emptyFolder(): string {
  const folder = newFolder();
  mkdirSync(folder);
  return folder;
}

test("a folder whose owner lives is refused, with who holds it and what to do", () => {
  const folder = emptyFolder();
  lockFolder(folder, clock, alone(11));
  assert.throws(
    () => lockFolder(folder, clock, beside(12, 11)),
    (error) =>
      error instanceof SetupError && /process 11 on /.test(error.message) && /--out/.test(error.hint ?? ""),
  );
  assert.deepEqual(readdirSync(folder), ["lock"]);
});

test("a lock is given back, and only by its owner", () => {
  const folder = emptyFolder();
  const first = lockFolder(folder, clock, alone(11));
  const second = lockFolder(folder, clock, alone(12));
  first.release();
  assert.equal(JSON.parse(readFileSync(path.join(folder, "lock"), "utf8")).pid, 12);
  second.release();
  assert.deepEqual(readdirSync(folder), []);
});

for (const [what, content] of Object.entries({
  "of a process that is gone": JSON.stringify({ pid: 99, host: hostname(), since: "x" }),
  "of an earlier life of the same process id": JSON.stringify({ pid: 12, host: hostname(), since: "x" }),
  "that is torn": '{"pid":99,"ho',
  "that is empty": "",
})) {
  test(`a lock ${what} is taken over and leaves nothing behind`, () => {
    const folder = emptyFolder();
    writeFileSync(path.join(folder, "lock"), content);
    lockFolder(folder, clock, beside(12, 12)).release();
    assert.deepEqual(readdirSync(folder), []);
  });
}

test("a lock of another machine is never taken over: whether its owner lives can't be seen from here", () => {
  const folder = emptyFolder();
  writeFileSync(path.join(folder, "lock"), JSON.stringify({ pid: 99, host: "elsewhere", since: "x" }));
  assert.throws(
    () => lockFolder(folder, clock, alone(12)),
    (error) => error instanceof SetupError && /delete .*lock/.test(error.hint ?? ""),
  );
});

test("two audits at once on one folder: the second is refused, the first ends", async () => {
  const folder = newFolder();
  let refused: unknown;
  const model = frozenModel(async (_, answer) => {
    refused ??= await runAudit(auditOf(frozenModel(), folder, { processes: beside(12, 1000) })).catch(
      (error: unknown) => error,
    );
    return answer();
  });
  const result = await runAudit(auditOf(model, folder));
  assert.equal(result.kind, "finished");
  assert.ok(refused instanceof SetupError && refused.code === "FOLDER_LOCKED");
});
