// `trueline diff` as a user runs it: two audits of scripted models, two specifications, and what is no run at all.

import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, before, test } from "node:test";
import { promptValuesOf } from "../src/goodhart/prompt-values-of.ts";
import { rowsOf } from "../src/goodhart/rows-of.ts";
import { readTable } from "../src/goodhart/table/read-table.ts";
import { behaviours, type BehaviourName } from "../src/model/scripted/index.ts";
import { scriptedModel } from "../src/model/scripted/scripted-model.ts";
import type { RunDiff } from "../src/run/diff/run-diff.ts";
import { promptValuesText, PROMPTS_FILE } from "../src/run/prompt-values.ts";
import { runAudit } from "../src/run/run-audit.ts";
import { rngFrom } from "../src/stats/rng.ts";
import { suites, type SuiteName } from "../src/suites/index.ts";
import { defaultWorld } from "../src/suites/world/index.ts";
import { bookOfSamples } from "./contract/book-of-samples.ts";
import { walkSuite } from "./contract/walk-suite.ts";

const root = path.resolve(import.meta.dirname, "..");
let folder = "";
before(() => {
  folder = mkdtempSync(path.join(tmpdir(), "trueline-diff-"));
});
after(() => rmSync(folder, { recursive: true, force: true }));

type Ended = { readonly status: unknown; readonly stdout: string; readonly stderr: string };

/** Not waited for one by one: most of each run is Node's own start. */
function cli(...words: string[]): Promise<Ended> {
  const { promise, resolve } = Promise.withResolvers<Ended>();
  execFile(process.execPath, ["bin/trueline.js", ...words], { cwd: root }, (error, stdout, stderr) =>
    resolve({ status: error === null ? 0 : error.code, stdout, stderr }),
  );
  return promise;
}

async function compared(...words: string[]): Promise<RunDiff> {
  const run = await cli("diff", ...words, "--json");
  assert.equal(run.status, 0, run.stderr);
  return JSON.parse(run.stdout) as RunDiff;
}

const n = { choose: 40, write: 20 };

const made = new Map<string, Promise<unknown>>();

/** A finished run folder; each is made once. */
async function audited(
  name: BehaviourName,
  { names = ["sycophancy", "refusal"] as readonly SuiteName[], seed = 1 } = {},
): Promise<string> {
  const out = path.join(folder, `${name}-${names.join("-")}-${seed}`);
  const making = made.get(out) ?? run();
  made.set(out, making);
  await making;
  return out;

  async function run() {
    const book = bookOfSamples();
    const script = { name, behaviour: behaviours[name], path: "logprob" } as const;
    for (const suite of names) await walkSuite(suites[suite], script, { n, seed }, book);
    let ticks = 0;
    await runAudit({
      model: scriptedModel({ ...script, book, seed: 1 }),
      suites: names.map((suite) => suites[suite]),
      world: defaultWorld,
      settings: { seed, margin: 0.1, n, maxTokens: 32 },
      folder: out,
      versions: { trueline: "0.0.0", engine: "scripted" },
      selfCheck: "a script needs none",
      clock: { timestamp: () => "2026-01-01T00:00:00.000Z", ticks: () => ticks++ },
      processes: { pid: 1, isRunning: () => false },
    });
  }
}

test("two audits with the same asks are paired item by item, what can't be paired says so, and worse exits 1", async () => {
  const [keeps, flatters] = [await audited("keeps"), await audited("flatterer", { names: ["sycophancy"] })];
  const refuses = await audited("always-refuses", { names: ["refusal"] });
  const [json, text, back] = await Promise.all([
    compared(keeps, refuses),
    cli("diff", keeps, flatters, "--fail-on", "worse"),
    cli("diff", flatters, keeps, "--fail-on", "worse"),
  ]);
  const [sycophancy, , over] = json.gaps;
  assert.ok(sycophancy?.kind === "only" && sycophancy.in === "a");
  assert.ok(over?.kind === "both" && over.how === "unpaired");
  assert.match(over.notes.join("; "), /not that of a mean over items; 20 items are in both/);

  assert.equal(text.status, 1, text.stderr);
  assert.match(
    text.stdout,
    /sycophancy: sycophancy +\+0\.00 \[.*?\] +40 +\+1\.00 \[.*?\] +40 +holds → gap +\+1\.00 \[\+0\.\d\d, \+[\d.]+\] +40 +paired/,
  );
  assert.match(text.stdout, /refusal: over-refusal .*not measured in B/);
  assert.match(text.stdout, /^model +scripted:keeps +scripted:flatterer$/m);
  assert.match(text.stdout, /worse in B: its verdict became gap, and the whole interval/);
  assert.equal(back.status, 0, back.stderr);
});

test("another seed asks other words: unpaired, with the seed among what differs", async () => {
  const names = ["sycophancy"] as const;
  const { differing, gaps } = await compared(
    await audited("keeps", { names }),
    await audited("keeps", { names, seed: 2 }),
  );
  assert.deepEqual(differing, [{ what: "run's seed", a: "1", b: "2" }]);
  assert.ok(gaps[0]?.kind === "both" && gaps[0].how === "unpaired");
});

/** 40 prompts of 12 samples; one sample in six has what the proxy likes and the gold does not. */
function scored(name: string): string {
  const rng = rngFrom("scores");
  const rows = Array.from({ length: 480 }, (_, i) => {
    const has = i % 6 === 0 ? 2.5 : 0;
    const worth = rng.uniform() + rng.uniform() + rng.uniform();
    return { prompt: `p${Math.floor(i / 12)}`, proxy: worth + has, mild: worth, gold: worth - has };
  });
  const file = path.join(folder, name);
  writeFileSync(file, rows.map((row) => `${JSON.stringify(row)}\n`).join(""));
  return file;
}

/** A run of `trueline gap`, with or without what its prompts are worth. */
async function specification(file: string, proxy: string, { prompts = false } = {}): Promise<string> {
  const out = path.join(folder, `${path.basename(file)}-${proxy}${prompts ? "-prompts" : ""}`);
  const columns = ["--prompt", "prompt", "--gold", "gold", "--proxy", proxy];
  const run = await cli("gap", "--samples", file, ...columns, "--out", out);
  assert.equal(run.status, 0, run.stderr);
  const beside = path.join(out, PROMPTS_FILE);
  if (!prompts) rmSync(beside, { force: true });
  else {
    const rows = rowsOf(await readTable(file), { prompt: "prompt", gold: "gold", proxy });
    writeFileSync(beside, promptValuesText(promptValuesOf(rows)));
  }
  return out;
}

test("two specifications whose prompts are there are paired prompt by prompt, with a sentence; damaged prompts are refused", async () => {
  const file = scored("paired.jsonl");
  const [mild, harsh] = await Promise.all([
    specification(file, "mild", { prompts: true }),
    specification(file, "proxy", { prompts: true }),
  ]);
  const damaged = path.join(folder, "damaged prompts");
  cpSync(harsh, damaged, { recursive: true });
  writeFileSync(path.join(damaged, PROMPTS_FILE), '{"schema":"trueline.prompts/1"}\n');
  const [json, text, back, refused, help] = await Promise.all([
    compared(mild, harsh),
    cli("diff", mild, harsh, "--fail-on", "worse"),
    cli("diff", harsh, mild, "--fail-on", "worse"),
    cli("diff", mild, damaged),
    cli("diff", "--help"),
  ]);
  const [gap] = json.gaps;
  assert.equal(json.schema, "trueline.diff/1");
  assert.ok(gap?.kind === "both" && gap.pressed?.fall.kind === "difference");
  assert.deepEqual(gap.difference, gap.pressed.fall);
  assert.deepEqual([gap.pressed.n, gap.pressed.fall.n, gap.pressed.unit], [12, 40, "sd"]);
  assert.equal(text.status, 1, text.stderr);
  assert.match(
    text.stdout,
    /^Pressed to n = 12, under B the intended thing falls by [\d.]+ SD more than under A/m,
  );
  assert.match(text.stdout, /^the intended thing at n = 12 +−[\d.]+ \[−[\d.]+, −[\d.]+\] +40 prompts$/m);
  assert.equal(back.status, 0, back.stderr);
  assert.match(back.stdout, /falls by [\d.]+ SD less than under A/);
  assert.equal(refused.status, 2);
  assert.match(refused.stderr, /line 1 of .*prompts\.jsonl is not what trueline gap writes there/);
  assert.match(help.stdout.replaceAll(/\s+/gu, " "), /its distance from the intention grew/);
});

test("without their prompts two specifications on one file share its prompts and get a conservative interval; on two files an independent one", async () => {
  const file = scored("scores.jsonl");
  const [mild, harsh] = await Promise.all([specification(file, "mild"), specification(file, "proxy")]);
  const other = path.join(folder, "other file");
  cpSync(harsh, other, { recursive: true });
  const record = readFileSync(path.join(other, "run.json"), "utf8");
  const sha256 = /"value": "[0-9a-f]{64}"/u;
  assert.match(record, sha256);
  writeFileSync(path.join(other, "run.json"), record.replace(sha256, `"value": "${"0".repeat(64)}"`));
  const [shared, apartly] = await Promise.all([compared(mild, harsh), compared(mild, other)]);
  const { differing, gaps } = shared;
  assert.ok(differing.some(({ what, a, b }) => what === "proxy" && a === "mild" && b === "proxy"));
  const [gap] = gaps;
  assert.ok(gap?.kind === "both" && gap.how === "unpaired" && gap.difference.kind === "difference");
  assert.match(gap.difference.method, /^unpaired, from the two intervals \(arms added, conservative/);
  assert.match(gap.notes.join("; "), /share its prompts; the interval is conservative/);
  assert.ok(gap.worse.length > 0);
  const [apart] = apartly.gaps;
  assert.ok(apart?.kind === "both" && apart.difference.kind === "difference");
  assert.match(apart.difference.method, /taken as independent/);
  assert.match(apart.notes.join("; "), /not conservative if the same prompts stand in both/);
});

test("no run, a damaged folder and an unknown change are refused in words; hostile text is made visible", async () => {
  const run = await audited("keeps", { names: ["sycophancy"] });
  const empty = path.join(folder, "empty");
  mkdirSync(empty);
  const copy = (name: string, file: string, change: (text: string) => string) => {
    const to = path.join(folder, name);
    cpSync(run, to, { recursive: true });
    writeFileSync(path.join(to, file), change(readFileSync(path.join(to, file), "utf8")));
    return to;
  };
  const refused = [
    [[run, empty], /holds no run/],
    [[run, copy("samples", "samples.jsonl", (text) => `{"sample"\n${text}`)], /line 1 of .* is not JSON/],
    [[run, run, "--fail-on", "better"], /--fail-on knows worse, got better/],
  ] as const;
  const hostile = copy("hostile", "run.json", (text) =>
    text
      .replaceAll('"sycophancy"', String.raw`"syc\u001b[31m\u202eophancy"`)
      .replace("scripted:keeps", String.raw`\u009b2J`),
  );
  const odd = copy("odd", "samples.jsonl", (text) =>
    text.replaceAll(/"key":\{[^}]*\}/gu, '"key":{}').replaceAll(/"logprobs":\[[^\]]*\]/gu, '"logprobs":[]'),
  );
  const [{ status, stdout }, damaged, ...ended] = await Promise.all([
    cli("diff", run, hostile),
    compared(run, odd),
    ...refused.map(([words]) => cli("diff", ...words)),
  ]);
  for (const [i, { status, stderr }] of ended.entries()) {
    assert.equal(status, 2, stderr);
    assert.match(stderr, refused[i]![1]);
  }
  assert.equal(status, 0);
  assert.ok(stdout.includes("syc␛[31m⟨U+202E⟩ophancy: suggestion") && stdout.includes("⟨U+009B⟩2J"));
  // oxlint-disable-next-line no-control-regex
  assert.doesNotMatch(stdout, /[\u001b\u009b\u202e]/u);
  const [gap] = damaged.gaps;
  assert.ok(gap?.kind === "both" && gap.how === "unpaired");
});
