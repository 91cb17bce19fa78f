// `trueline lab` as a user runs it: the exact world beside its estimates, and what a biased rater does to the truth.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { test } from "node:test";

const root = path.resolve(import.meta.dirname, "..");
const lab = (...words: readonly string[]) =>
  spawnSync(process.execPath, ["bin/trueline.js", "lab", ...words], { cwd: root, encoding: "utf8" });

test("the exact world prints truth and estimate at each n, the same for the same seed", () => {
  const run = lab("exact", "--prompts", "60", "--samples", "8");
  assert.equal(run.status, 0, run.stderr);
  for (const n of [1, 2, 4, 8]) assert.match(run.stdout, new RegExp(`^ +${n}  `, "mu"));
  assert.equal(lab("exact", "--prompts", "60", "--samples", "8").stdout, run.stdout);
  assert.notEqual(lab("exact", "--prompts", "60", "--samples", "8", "--seed", "2").stdout, run.stdout);
});

test("the summaries name the bias that turns the truth over, and where nothing happens", () => {
  const run = lab("summaries", "--texts", "60", "--candidates", "16");
  assert.equal(run.status, 0, run.stderr);
  for (const name of ["full rater", "without doubtAversion", "without any bias", "without noise"])
    assert.match(run.stdout, new RegExp(`^${name} +(?:gap|holds|unclear) `, "mu"));
  for (const times of ["0", "0.5", "1", "2"])
    assert.match(run.stdout, new RegExp(`^${times} +(?:gap|holds|unclear) `, "mu"));
});

test("the figure is drawn where it is wanted, and what is not measured says why", () => {
  const folder = mkdtempSync(path.join(tmpdir(), "trueline-lab-"));
  try {
    const file = path.join(folder, "figure.svg");
    const run = lab("summaries", "--texts", "3", "--candidates", "2", "--out", file);
    assert.equal(run.status, 0, run.stderr);
    assert.match(run.stdout, /not measured: .*at least 30 independent prompts are needed/u);
    assert.match(readFileSync(file, "utf8"), /^<svg .*full rater.*could not test/su);
  } finally {
    rmSync(folder, { recursive: true });
  }
  const run = lab("summaries", "--out", "figure.png");
  assert.deepEqual([run.status, run.stdout], [2, ""]);
  assert.match(run.stderr, /--out writes a picture, FILE\.svg/u);
});

test("what can't be is refused with the way out", () => {
  for (const words of [
    ["exact", "--tail", "odd"],
    ["exact", "--prompts", "0"],
    ["summaries", "--candidates", "1"],
  ]) {
    const run = lab(...words);
    assert.equal(run.status, 2);
    assert.match(run.stderr, /lab exact --help|For example --/u);
  }
});
