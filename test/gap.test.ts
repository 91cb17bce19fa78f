// `trueline gap` as a user runs it: stored scores in, record, page and card out; what can't be is refused in words.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, before, test } from "node:test";
import { SetupError } from "../src/core/errors.ts";
import { runRecord } from "../src/core/run-record.ts";
import { rowsOf } from "../src/goodhart/rows-of.ts";
import { readTable } from "../src/goodhart/table/read-table.ts";
import { rngFrom } from "../src/stats/rng.ts";

const root = path.resolve(import.meta.dirname, "..");
let folder = "";
before(() => {
  folder = mkdtempSync(path.join(tmpdir(), "trueline-gap-"));
});
after(() => rmSync(folder, { recursive: true, force: true }));

/** 40 prompts of 12 samples; one sample in six has what the proxy likes and the gold does not. */
function scores(change: (row: Record<string, unknown>, i: number) => Record<string, unknown> = (row) => row) {
  const rng = rngFrom("scores");
  return Array.from({ length: 480 }, (_, i) => {
    const has = i % 6 === 0 ? 2.5 : 0;
    const worth = rng.uniform() + rng.uniform() + rng.uniform();
    const row = { prompt: `p${Math.floor(i / 12)}`, proxy: worth + has, gold: worth - has, response: "text" };
    return change(row, i);
  });
}

function written(name: string, rows: readonly Record<string, unknown>[]): string {
  const file = path.join(folder, name);
  writeFileSync(file, rows.map((row) => `${JSON.stringify(row)}\n`).join(""));
  return file;
}

function gap(file: string, ...more: string[]) {
  return spawnSync(
    process.execPath,
    [
      "bin/trueline.js",
      "gap",
      "--samples",
      file,
      "--prompt",
      "prompt",
      "--proxy",
      "proxy",
      "--gold",
      "gold",
      ...more,
    ],
    { cwd: root, encoding: "utf8" },
  );
}

test("the shortest form writes record, page and card, says the verdict, and comes out the same again", () => {
  const file = written("scores.jsonl", scores());
  const out = path.join(folder, "first");
  const run = gap(file, "--out", out);
  assert.equal(run.status, 0, run.stderr);
  assert.match(
    run.stdout,
    /over-optimisation: gap\. (?:Safe to n = \d+|No pressure is safe); from n = \d+ on the intended thing falls/,
  );
  assert.deepEqual(readdirSync(out).toSorted(), [
    "card.md",
    "gap.json",
    "prompts.jsonl",
    "report.html",
    "run.json",
  ]);
  const record = () => runRecord.parse(JSON.parse(readFileSync(path.join(out, "run.json"), "utf8")));
  const [found] = record().gaps;
  assert.deepEqual([found!.of, found!.verdict, found!.unit], ["specification", "gap", "sd"]);
  assert.equal(found!.curve!.length, 12);
  assert.deepEqual(Object.keys(found!.curve![3]!), ["n", "kl", "proxy", "gold"]);
  assert.ok(found!.peak!.kind === "range" && found!.peak!.high < 12);
  const before = record().gaps;
  assert.equal(gap(file, "--out", out).status, 0);
  assert.deepEqual(record().gaps, before);
  assert.match(readFileSync(path.join(out, "report.html"), "utf8"), /intended: the gold/);
  assert.match(readFileSync(path.join(out, "card.md"), "utf8"), /trueline gap --samples/);
  const again = spawnSync(process.execPath, ["bin/trueline.js", "report", out], {
    cwd: root,
    encoding: "utf8",
  });
  assert.equal(again.status, 0, again.stderr);
});

test("hostile text in the file shows as text in page, card and terminal", () => {
  const hostile = "<script>alert(1)</script>\u001b[31m</p><img src=x onerror=alert(2)>";
  const file = written(
    "hostile.jsonl",
    scores((row, i) => ({
      ...row,
      response: `${hostile} ${i}`,
      prompt: `${String(row["prompt"])}${hostile}`,
    })),
  );
  const out = path.join(folder, "hostile");
  const run = gap(file, "--out", out, "--response", "response");
  assert.equal(run.status, 0, run.stderr);
  const page = readFileSync(path.join(out, "report.html"), "utf8");
  const card = readFileSync(path.join(out, "card.md"), "utf8");
  assert.ok(page.includes("&lt;script&gt;") && page.includes("the best in truth"));
  for (const text of [page, run.stdout])
    assert.ok(!text.includes("<script>") && !text.includes("<img src=x"));
  // In the card it stands in a fenced block, as text.
  for (const text of [page, card, run.stdout]) assert.ok(!text.includes("\u001b"));
});

test("--fail-on gap bites where there is a gap, --json prints the record, --max-n presses no harder", () => {
  const file = written("fail.jsonl", scores());
  const words = ["--json", "--max-n", "4", "--seed", "3", "--fail-on", "gap"];
  const run = gap(file, "--out", path.join(folder, "json"), ...words);
  assert.equal(run.status, 1, run.stderr);
  const record = runRecord.parse(JSON.parse(run.stdout));
  assert.equal(record.gaps[0]!.curve!.at(-1)!.n, 4);
  assert.equal(record.manifest.seed, 3);
});

test("a NaN in the file is refused with file, line and field, and nothing is written", () => {
  const file = written(
    "bad.jsonl",
    scores((row, i) => (i === 5 ? { ...row, proxy: "NaN" } : row)),
  );
  const run = gap(file, "--out", path.join(folder, "none"));
  assert.equal(run.status, 2);
  assert.match(run.stderr, /bad\.jsonl, line 6.*proxy.*NaN/s);
  assert.ok(!readdirSync(folder).includes("none"));
});

// In this process: what is refused here is refused by the command in the same words.
for (const [what, change, message] of [
  ["no prompt", (row: object, i: number) => (i === 2 ? { ...row, prompt: "" } : row), /line 3.*prompt/s],
  [
    "a huge score",
    (row: object, i: number) => (i === 1 ? { ...row, gold: 1e300 } : row),
    /line 2.*gold.*too large/s,
  ],
  ["a list", (row: object, i: number) => (i === 7 ? { ...row, gold: [1] } : row), /line 8.*gold/s],
  [
    "a prompt in two clusters",
    (row: object, i: number) => ({ ...row, rater: i === 4 ? "b" : "a" }),
    /line 5.*cluster.*a.*b/s,
  ],
] as const) {
  test(`${what} in the file is refused with file, line and field`, async () => {
    const file = written(`bad-${what.replaceAll(" ", "-")}.jsonl`, scores(change as never));
    const table = await readTable(file);
    const columns = { prompt: "prompt", proxy: "proxy", gold: "gold" };
    assert.throws(
      () => rowsOf(table, what.includes("cluster") ? { ...columns, cluster: "rater" } : columns),
      (error) => {
        assert.ok(error instanceof SetupError && error.message.startsWith(file), String(error));
        assert.match(error.message, message);
        return true;
      },
    );
  });
}

test("an unknown column and a folder of something else are refused with the way out", () => {
  const file = written("columns.jsonl", scores());
  const column = gap(file, "--response", "respose");
  assert.equal(column.status, 2);
  assert.match(column.stderr, /respose[\s\S]*response/);
  const foreign = path.join(folder, "foreign");
  mkdirSync(foreign);
  writeFileSync(path.join(foreign, "thesis.txt"), "mine");
  const run = gap(file, "--out", foreign);
  assert.equal(run.status, 2);
  assert.match(run.stderr, /thesis\.txt/);
  assert.deepEqual(readdirSync(foreign), ["thesis.txt"]);
});

test("labels on some samples give no verdict unless they were drawn at random", () => {
  const file = written(
    "labels.jsonl",
    scores((row, i) => (i % 5 === 4 ? { ...row, gold: null } : row)),
  );
  const out = path.join(folder, "labels");
  const unknown = gap(file, "--out", out);
  assert.match(unknown.stdout, /could-not-test\. 96 of 480 samples have no gold score/);
  const random = gap(file, "--out", path.join(folder, "labels-random"), "--labels", "random");
  assert.match(random.stdout, /over-optimisation: gap/);
  assert.match(random.stdout, /gold at n = 1, from 384 labels and 480 scores/);
});

test("labels drawn with probabilities of their own are read from a column", () => {
  const rng = rngFrom("weights");
  const file = written(
    "weights.jsonl",
    scores((row, i) => {
      const chance = i % 2 === 0 ? 1 : 0.5;
      return { ...row, chance, gold: rng.uniform() < chance ? row["gold"] : null };
    }),
  );
  const run = gap(file, "--out", path.join(folder, "weights"), "--labels", "weights:chance");
  assert.equal(run.status, 0, run.stderr);
  assert.match(run.stdout, /gold at n = 1, from \d+ labels and 480 scores/);
  assert.match(readFileSync(path.join(folder, "weights", "card.md"), "utf8"), /--labels weights:chance/);
});

test("a folder of another file or other options is refused, and what differs is named", () => {
  const [file, other] = [
    written("pinned.jsonl", scores()),
    written(
      "other.jsonl",
      scores((row, i) => ({ ...row, gold: i })),
    ),
  ];
  const out = path.join(folder, "pinned");
  assert.equal(gap(file, "--out", out).status, 0);
  const before = readFileSync(path.join(out, "run.json"), "utf8");
  for (const [again, more, message] of [
    [
      file,
      ["--margin", "0.2", "--seed", "3"],
      /the margin was 0\.1 and is now 0\.2; the seed was 1 and is now 3/,
    ],
    [other, [], /the file's sha256 was/],
  ] as const) {
    const run = gap(again, "--out", out, ...more);
    assert.equal(run.status, 2, run.stdout);
    assert.match(run.stderr, message);
    assert.match(run.stderr, /choose another folder with --out/);
  }
  assert.equal(readFileSync(path.join(out, "run.json"), "utf8"), before);
});

test("a grader that can be called is: as a module and as a command it gives the same scores, and shows what it rewards", () => {
  const file = written(
    "texts.jsonl",
    scores((row, i) => ({ ...row, response: `It is so. ${"word ".repeat((i * 7) % 11)}` })).filter(
      (_, i) => i % 12 < 4,
    ),
  );
  const call = (out: string, ...more: string[]) =>
    spawnSync(
      process.execPath,
      [
        "bin/trueline.js",
        "gap",
        "--samples",
        file,
        "--prompt",
        "prompt",
        "--gold",
        "gold",
        "--out",
        out,
        ...more,
      ],
      { cwd: root, encoding: "utf8" },
    );
  const grader = path.join(folder, "grader.mjs");
  writeFileSync(grader, "export default ({ response }) => response.split(' ').length;\n");
  const command = `${JSON.stringify(process.execPath)} -e "require('readline').createInterface({ input: process.stdin }).on('line', (l) => console.log(JSON.stringify({ score: JSON.parse(l).response.split(' ').length })))"`;
  const records = [
    ["module", "--proxy-module", grader],
    ["command", "--proxy-command", command],
  ].map(([name, flag, what]) => {
    const out = path.join(folder, `called-${name}`);
    const run = call(out, flag!, what!, "--response", "response");
    assert.equal(run.status, 0, run.stderr);
    assert.match(readFileSync(path.join(out, "report.html"), "utf8"), /What the score rewards/);
    return runRecord.parse(JSON.parse(readFileSync(path.join(out, "run.json"), "utf8")));
  });
  assert.deepEqual(records[0]!.gaps, records[1]!.gaps);
  const [suite] = records[0]!.suites;
  const length = suite!.rewards!.find(({ name }) => name === "length")!;
  assert.ok(length.discovered && length.difference.kind === "excess" && length.difference.low > 0);
  assert.ok(suite!.rewards!.some(({ kind }) => kind === "null"));
  assert.ok(suite!.notes.some((note) => /twice/.test(note)));
  const absent = call(path.join(folder, "bare"), "--proxy-module", "no-such.ts", "--response", "response");
  assert.equal(absent.status, 2);
  assert.match(absent.stderr, /no-such\.ts/);
});

test("a preference file is audited as a specification: its raters' lean towards length is found", () => {
  const rng = rngFrom("pairs");
  const reply = (words: number) => Array.from({ length: words }, () => "so").join(" ");
  const pairs = Array.from({ length: 200 }, (_, i) => {
    const [long, short] = [reply(10 + rng.int(10)), reply(2 + rng.int(6))];
    const likesLong = rng.uniform() < 0.8;
    const head = `\n\nHuman: question ${i}\n\nAssistant: `;
    return { chosen: head + (likesLong ? long : short), rejected: head + (likesLong ? short : long) };
  });
  const file = written("pairs.jsonl", [...pairs, { chosen: "no dialogue", rejected: "no dialogue" }]);
  const out = path.join(folder, "pairs");
  const run = spawnSync(process.execPath, ["bin/trueline.js", "gap", "--preferences", file, "--out", out], {
    cwd: root,
    encoding: "utf8",
  });
  assert.equal(run.status, 0, run.stderr);
  const record = runRecord.parse(JSON.parse(readFileSync(path.join(out, "run.json"), "utf8")));
  const [length, agreement] = record.gaps;
  assert.deepEqual([length!.of, length!.name, length!.verdict], ["specification", "length", "gap"]);
  assert.ok(length!.gap.kind === "excess" && Math.abs(length!.gap.point - 0.6) < 0.15);
  assert.equal(agreement!.verdict, "could-not-test");
  assert.ok(
    Object.keys(record.suites[0]!.tallies[0]!.counts).some((reason) => reason.startsWith("not read: ")),
  );
});

test("what can't be tested is said, with exit 0 and a page", () => {
  const file = written(
    "ties.jsonl",
    scores((row) => ({ ...row, proxy: 1 })),
  );
  const out = path.join(folder, "ties");
  const run = gap(file, "--out", out);
  assert.equal(run.status, 0, run.stderr);
  assert.match(run.stdout, /could-not-test\. The proxy gives every sample/);
  assert.match(readFileSync(path.join(out, "report.html"), "utf8"), /it chooses nothing/);
});
