// The folder of a specification's run: goes on with the same run alone, keeps every score, and leaves what is not its own.

import assert from "node:assert/strict";
import { appendFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, test } from "node:test";
import { openSpecificationFolder, type SpecificationFolderParts } from "./specification-folder.ts";
import type { Frozen } from "./specification-plan.ts";
import type { StoredScore } from "./specification-scores.ts";

const made: string[] = [];
after(() => {
  for (const folder of made) rmSync(folder, { recursive: true, force: true });
});

function newFolder(): string {
  const folder = mkdtempSync(path.join(tmpdir(), "trueline-specification-"));
  made.push(folder);
  return folder;
}

function opened(
  folder: string,
  frozen: Frozen = { "the seed": 1 },
  more: Partial<SpecificationFolderParts> = {},
) {
  return openSpecificationFolder({
    folder,
    frozen,
    calls: true,
    again: false,
    clock: { timestamp: () => "2026-01-01T00:00:00Z", ticks: () => 0 },
    processes: { pid: 1, isRunning: () => true },
    ...more,
  });
}

const key = (letter: string) => letter.repeat(64);
const row = (letter: string, value: number): StoredScore => ({
  key: key(letter),
  score: { kind: "scored", value },
});
const lost: StoredScore = { key: key("c"), score: { kind: "unscored", because: "late" } };

test("scores are there when the same run is opened again; a torn last line is dropped, a later one holds", () => {
  const folder = newFolder();
  const first = opened(folder);
  first.scores.add([row("a", 1), row("b", 0.1 + 0.2)]);
  first.scores.add([row("a", 2), lost]);
  first.close();
  appendFileSync(path.join(folder, "scores.jsonl"), `{"key":"${key("d")}","sc`);
  const second = opened(folder);
  assert.deepEqual(
    [...second.scores.stored],
    [
      [key("a"), { kind: "scored", value: 2 }],
      [key("b"), { kind: "scored", value: 0.1 + 0.2 }],
      [key("c"), lost.score],
    ],
  );
  second.close();
  const again = opened(folder, undefined, { again: true });
  assert.deepEqual([...again.scores.stored.keys()], [key("a"), key("b")]);
  again.close();
  assert.ok(!readdirSync(folder).includes("lock"));
});

test("another run is refused with each difference in words, and nothing is changed", () => {
  const folder = newFolder();
  opened(folder, { "the seed": 1, "the gold": "module g.ts", "the file's sha256": "x".repeat(300) }).close();
  const before = readFileSync(path.join(folder, "gap.json"), "utf8");
  assert.throws(
    () => opened(folder, { "the seed": 2, "the file's sha256": "y", "the largest n": 4 }),
    (error: Error) => {
      assert.match(
        error.message,
        /the seed was 1 and is now 2; the gold was "module g\.ts" and is now not given; the file's sha256 was "x+\.\.\. and is now "y"; the largest n was not given and is now 4/,
      );
      return "hint" in error;
    },
  );
  assert.equal(readFileSync(path.join(folder, "gap.json"), "utf8"), before);
});

test("a run that calls nobody makes no store", () => {
  const folder = newFolder();
  opened(folder, undefined, { calls: false }).close();
  assert.deepEqual(readdirSync(folder), ["gap.json"]);
});

for (const [what, name, content, message] of [
  [
    "something else",
    "thesis.txt",
    "mine",
    /is not empty and holds no run of trueline gap \(found thesis\.txt\)/,
  ],
  ["an audit", "plan.jsonl", "{}\n", /holds no run of trueline gap \(found plan\.jsonl\)/],
  ["a spoilt pin", "gap.json", "{}", /gap\.json is not what a run of trueline gap writes there/],
  ["a spoilt score", "scores.jsonl", '{"key":"x"}\n', /found scores\.jsonl/],
] as const) {
  test(`a folder with ${what} is refused, and left as it is`, () => {
    const folder = newFolder();
    writeFileSync(path.join(folder, name), content);
    assert.throws(
      () => opened(folder),
      (error: Error) => message.test(error.message) && "hint" in error,
    );
    assert.deepEqual(readdirSync(folder), [name]);
  });
}

test("a folder that another process writes is refused", () => {
  const folder = newFolder();
  const held = opened(folder);
  assert.throws(
    () => opened(folder, undefined, { processes: { pid: 2, isRunning: () => true } }),
    /another trueline writes the run folder/,
  );
  held.close();
});
