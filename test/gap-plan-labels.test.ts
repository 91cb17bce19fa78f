// `trueline gap plan-labels` as a user runs it: plan, fill in, measure; and what is refused on the way.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, before, test } from "node:test";
import { runRecord } from "../src/core/run-record.ts";
import { rngFrom } from "../src/stats/rng.ts";

const root = path.resolve(import.meta.dirname, "..");
let folder = "";
let truths: ReadonlyMap<string, string> = new Map();
before(() => {
  folder = mkdtempSync(path.join(tmpdir(), "trueline-gap-plan-"));
  const rng = rngFrom("plan");
  const rows = Array.from({ length: 480 }, (_, i) => {
    const [worth, has] = [rng.uniform() + rng.uniform(), i % 6 === 0 ? 2 : 0];
    const text = `Reply ${i}, "so".`;
    return {
      ask: `p${Math.floor(i / 12)}`,
      rating: worth + has,
      text,
      truth: worth - has > 0.8 ? "good" : "bad",
    };
  });
  truths = new Map(rows.map(({ text, truth }) => [text, truth]));
  writeFileSync(path.join(folder, "s.jsonl"), rows.map((row) => `${JSON.stringify(row)}\n`).join(""));
});
after(() => rmSync(folder, { recursive: true, force: true }));

/** In the folder, so that paths in what is printed are short. */
function trueline(line: string) {
  return spawnSync("sh", ["-c", `"$0" "$1" ${line}`, process.execPath, path.join(root, "bin/trueline.js")], {
    cwd: folder,
    encoding: "utf8",
  });
}

test("a plan says what labels buy and which command comes next; half filled in it is refused, filled in it gives a verdict", () => {
  const plan =
    "gap plan-labels --samples s.jsonl --prompt ask --proxy rating --response text --budget 160 --out plan.jsonl";
  const made = trueline(plan);
  assert.equal(made.status, 0, made.stderr);
  assert.match(made.stdout, /^160 of 480 samples are drawn to be labelled, .* \(seed 1\): plan\.jsonl\n/u);
  assert.match(made.stdout, /Worked out from no pilot/u);
  assert.match(made.stdout, /^ +160 +±\d+\.\d points +\d+ +±\d+\.\d points$/mu);
  const next = /^ {2}trueline (gap .*)$/mu.exec(made.stdout)![1]!;
  const file = path.join(folder, "plan.jsonl");
  const rows = readFileSync(file, "utf8")
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line) as Record<string, string>);
  assert.equal(rows.filter(({ label }) => label === "yes").length, 160);
  const write = (most: number) =>
    writeFileSync(
      file,
      rows
        .map((row, i) =>
          JSON.stringify(
            row["label"] === "yes" && i < most ? { ...row, gold: truths.get(row["response"]!) } : row,
          ),
        )
        .join("\n"),
    );
  write(150);
  const half = trueline(`${next} --gold-is good --out half`);
  assert.equal(half.status, 2, half.stdout);
  assert.match(
    half.stderr,
    /10 of the 160 samples that were drawn to be labelled have no gold, the first in line 151/u,
  );
  write(160);
  const whole = trueline(`${next} --gold-is good --out whole`);
  assert.equal(whole.status, 0, whole.stderr);
  assert.match(whole.stdout, /over-optimisation: gap\. .*From 160 labels on 480 samples/u);
  const record = runRecord.parse(JSON.parse(readFileSync(path.join(folder, "whole", "run.json"), "utf8")));
  assert.equal(record.manifest.model.details["gold"], 'gold (1: "good"; 0: the rest)');
  assert.match(record.manifest.command!, / --gold gold .*--gold-is=good --labels weights:inclusion /u);
  // Labels may stand in it: it is never written over.
  const before = readFileSync(file, "utf8");
  const again = trueline(plan);
  assert.equal(again.status, 2);
  assert.match(again.stderr, /plan\.jsonl exists, and may hold labels[\s\S]*--out/u);
  assert.equal(readFileSync(file, "utf8"), before);
});

test("a pilot in words is read, kept where it was drawn, and what the labeller will miss is told", () => {
  const one = trueline(
    "gap plan-labels --samples s.jsonl --prompt ask --proxy rating --gold truth --gold-is bad --budget 120 --for rate --out one.csv",
  );
  assert.equal(one.status, 0, one.stderr);
  assert.match(
    one.stdout,
    /120 of them have their gold already[\s\S]*from a pilot of 480 labels[\s\S]*the rate/u,
  );
  assert.match(one.stderr, /no --response was named/u);
  assert.equal(readFileSync(path.join(folder, "one.csv"), "utf8").match(/,yes,0\.25,[01]\r/gu)?.length, 120);
});

for (const [line, message] of [
  ["--proxy rating --budget 9 --for all --out a.csv", /--for knows curve and rate/u],
  ["--proxy rating --budget 9 --out a.txt", /--out must end in \.csv or \.jsonl/u],
  ["--proxy ratings --budget 9 --out a.csv", /no column "ratings"[\s\S]*"rating"/u],
  [
    "--proxy rating --budget 9 --out none/a.csv",
    /none\/a\.csv can't be written \(its folder does not exist\)/u,
  ],
] as const)
  test(`refused: plan-labels ${line}`, () => {
    const { status, stderr } = trueline(`gap plan-labels --samples s.jsonl --prompt ask ${line}`);
    assert.equal(status, 2);
    assert.match(stderr, message);
  });
