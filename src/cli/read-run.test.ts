// A folder that can't be read back is told what it holds: an unfinished run of which command, or one in which no model was asked.

import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { test } from "node:test";
import { SetupError } from "../core/errors.ts";
import { readPlan, readRecord, readSample } from "./read-run.ts";

/** What is said of a folder that holds these files, empty ones. */
function said(read: (folder: string) => unknown, ...files: string[]): string {
  const root = mkdtempSync(path.join(tmpdir(), "trueline-read-"));
  const folder = path.join(root, "a run");
  try {
    mkdirSync(folder);
    for (const file of files) writeFileSync(path.join(folder, file), "");
    read(folder);
    return "nothing";
  } catch (error) {
    assert.ok(error instanceof SetupError);
    return `${error.message} | ${error.hint}`.replaceAll(folder, "FOLDER");
  } finally {
    rmSync(root, { recursive: true });
  }
}

test("an unfinished run of trueline gap says so and names the command that goes on, whether it draws or not", () => {
  for (const files of [["gap.json"], ["gap.json", "plan.jsonl", "samples.jsonl"]])
    assert.equal(
      said(readRecord, ...files),
      "FOLDER holds a run of trueline gap that is not finished | Give the same `trueline gap` command again with --out 'FOLDER': it goes on where it stopped.",
    );
  assert.match(said(readRecord, "plan.jsonl"), /no finished run \| Give the audit command again/);
  assert.match(
    said(readRecord),
    /holds no run \| Name a folder that `trueline audit` or `trueline gap` has written/,
  );
});

test("what can be replayed is told of a run in which no model was asked", () => {
  assert.match(
    said(readPlan, "gap.json", "run.json"),
    /^in FOLDER, a run of trueline gap, no model was asked for a sample: there is nothing to replay \| .*`trueline gap --prompts`/,
  );
  assert.match(said(readPlan), /^FOLDER holds no run \| Only what a model was asked can be replayed/);
  assert.match(
    said((folder) => readSample(folder, "x")),
    /^FOLDER holds no samples \| Only what a model/,
  );
});
