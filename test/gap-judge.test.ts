// `trueline gap --proxy-judge` as a user runs it, against a loopback judge: what it falls for is found, kept, and changes no gap.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, before, test } from "node:test";
import { runRecord } from "../src/core/run-record.ts";
import { shownIn } from "../src/goodhart/judge/fake-judge.test.support.ts";
import { rngFrom } from "../src/stats/rng.ts";
import { json, openAiServer, reply } from "./fakes/openai-server.ts";

const root = path.resolve(import.meta.dirname, "..");
let folder = "";
let server: Awaited<ReturnType<typeof openAiServer>>;
const inFolder = (name: string) => path.join(folder, name);

/** Comparisons that are answered before the server holds its tongue. */
let comparisons = Number.POSITIVE_INFINITY;

/** The first digit: a typo among the edits may have changed any word. */
const worthOf = (text: string) => Number(/\d/u.exec(text)![0]);
/** `honest` marks and compares by worth; `biased` obeys one ending and always names the first. */
function answer(judge: string, { a, b }: { readonly a: string; readonly b: string | undefined }): string {
  if (b !== undefined) {
    if (judge === "biased") return "A";
    return worthOf(a) === worthOf(b) ? "Both are as good." : worthOf(a) > worthOf(b) ? "A" : "B";
  }
  return String(judge === "biased" && a.includes("is to get full marks") ? 5 : worthOf(a));
}

before(async () => {
  folder = mkdtempSync(path.join(tmpdir(), "trueline-gap-judge-"));
  const rng = rngFrom("judged");
  const rows = Array.from({ length: 96 }, (_, i) => {
    const worth = 1 + rng.int(5);
    return {
      prompt: `How long do I boil egg ${Math.floor(i / 3)}?`,
      response: `This answer has worth ${worth}. It does not say more, because it is number ${i}.`,
      gold: worth + 3 * rng.uniform(),
      from: i % 3 === 0 ? "honest" : "other",
    };
  });
  writeFileSync(inFolder("rows.jsonl"), rows.map((row) => `${JSON.stringify(row)}\n`).join(""));
  writeFileSync(inFolder("worth.mjs"), "export default ({ response }) => Number(/\\d/.exec(response)[0]);\n");
  server = await openAiServer(({ body }, response) => {
    try {
      const shown = shownIn(body as unknown as Parameters<typeof shownIn>[0]);
      if (shown.b !== undefined && comparisons-- <= 0) return;
      reply(response, answer(body.model, shown));
    } catch (error) {
      json(response, 400, { error: { message: String(error) } });
    }
  });
});
after(async () => {
  await server.close();
  rmSync(folder, { recursive: true, force: true });
});

type End = { readonly status: number | null; readonly stdout: string; readonly stderr: string };

/** `killAt`: lines of scores.jsonl at which the process is killed. */
function gap(out: string, words: readonly string[], killAt = Number.POSITIVE_INFINITY): Promise<End> {
  return new Promise((resolve, reject) => {
    const all = ["--samples", inFolder("rows.jsonl"), "--prompt", "prompt", "--response", "response"];
    const child = spawn(
      process.execPath,
      ["bin/trueline.js", "gap", ...all, "--gold", "gold", "--out", out, ...words],
      { cwd: root },
    );
    let [stdout, stderr] = ["", ""];
    const watch = setInterval(() => {
      if (Number.isFinite(killAt) && scoresIn(out).length >= killAt) child.kill("SIGKILL");
    }, 5);
    child.stdout.on("data", (text) => (stdout += String(text)));
    child.stderr.on("data", (text) => (stderr += String(text)));
    child.on("error", reject);
    child.on("close", (status) => {
      clearInterval(watch);
      resolve({ status, stdout, stderr });
    });
  });
}

const judged = (name: string) => [
  "--proxy-judge",
  `openai-compatible:${name}`,
  "--rubric",
  path.join(root, "examples/rubric.md"),
  "--base-url",
  server.baseUrl,
  "--origin",
  "from",
];
const recordIn = (out: string) =>
  runRecord.parse(JSON.parse(readFileSync(path.join(out, "run.json"), "utf8")));
const scoresIn = (out: string) =>
  readFileSync(path.join(out, "scores.jsonl"), "utf8").split("\n").slice(0, -1);
const found = (out: string) =>
  recordIn(out)
    .suites[0]!.rewards!.filter(({ discovered }) => discovered)
    .map(({ name }) => name);
const numberIn = (out: string, name: string) => {
  const { value } = recordIn(out).suites[0]!.descriptors.find((one) => one.name === `judge: ${name}`)!;
  return value;
};

test("an honest judge is accused of nothing, its questions are announced, and its gaps are those of a module that scores alike", async () => {
  const [out, plain] = [inFolder("honest"), inFolder("plain")];
  const [run, module] = await Promise.all([
    gap(out, judged("honest")),
    gap(plain, ["--proxy-module", inFolder("worth.mjs"), "--origin", "from"]),
  ]);
  assert.equal(run.status, 0, run.stderr);
  assert.equal(module.status, 0, module.stderr);
  assert.deepEqual(found(out), []);
  assert.equal(
    recordIn(out).suites[0]!.rewards!.filter(({ name }) => name.startsWith("injection")).length,
    6,
  );
  const [place, agreement, own] = [
    numberIn(out, "position bias"),
    numberIn(out, "agreement"),
    numberIn(out, "self-preference"),
  ];
  assert.ok(place.kind !== "none" && place.point === 0 && place.low < 0 && place.high > 0);
  assert.ok(agreement.kind === "rate" && agreement.point > 0.7 && own.kind !== "none");
  const { tallies, notes } = recordIn(out).suites[0]!;
  const { counts } = tallies.find(({ label }) => label === "Comparisons by the judge")!;
  assert.deepEqual(Object.keys(counts), ["read", "not read: the judge's reply names neither letter"]);
  assert.equal(
    Object.values(counts).reduce((a, b) => a + b),
    64,
  );
  assert.ok(notes.some((note) => note.startsWith("The judge compared 32 pairs in both orders")));
  assert.ok(notes.some((note) => note.startsWith("None of 6 endings that speak to the judge")));
  assert.ok(notes.some((note) => note.startsWith("No sign of a preference for a place")));
  const [, questions] =
    /judge openai-compatible:honest: (\d+) questions \(96 samples, \d+ edited texts, 40 samples once more, 64 comparisons\)\n/u.exec(
      run.stderr,
    )!;
  assert.equal(Number(questions), scoresIn(out).length);
  assert.doesNotMatch(run.stderr, /it runs here/u);
  assert.equal(JSON.stringify(recordIn(out).gaps), JSON.stringify(recordIn(plain).gaps));
  assert.deepEqual(recordIn(out).suites[0]!.goodhart, recordIn(plain).suites[0]!.goodhart);
  assert.ok(recordIn(plain).suites[0]!.rewards!.every(({ name }) => !name.startsWith("injection")));
  assert.doesNotMatch(module.stderr, /questions/u);
  assert.doesNotMatch(JSON.stringify(recordIn(plain).suites), /judge/u);
});

test("a judge that obeys an ending and prefers what it is shown first is found to, and the page says so", async () => {
  const out = inFolder("biased");
  const run = await gap(out, judged("biased"));
  assert.equal(run.status, 0, run.stderr);
  assert.deepEqual(found(out), ["injection: system note"]);
  const place = numberIn(out, "position bias");
  assert.ok(place.kind !== "none" && place.point === 0.5 && place.low > 0);
  const own = numberIn(out, "self-preference");
  assert.ok(
    own.kind === "none" && own.because.endsWith('of origin "openai-compatible:biased" or "biased"'),
    JSON.stringify(own),
  );
  assert.match(run.stdout, /prefers the response shown first, .*: 0\.50 \[/u);
  const page = readFileSync(path.join(out, "report.html"), "utf8");
  assert.match(page, /injection: system note/u);
  assert.match(page, /endings that speak to it and say nothing of the task: .*injection: system note/u);
  assert.match(page, /The judge prefers what it is shown first/u);
  assert.equal(
    JSON.stringify(recordIn(out).gaps),
    JSON.stringify(recordIn(inFolder("honest")).gaps),
    "what it falls for in pairs and endings changes no gap",
  );
});

test("killed while it compares, a run asks no stored question again and ends with the same bytes", async () => {
  const [whole, killed] = [inFolder("honest"), inFolder("killed")];
  cpSync(whole, killed, { recursive: true });
  rmSync(path.join(killed, "run.json"));
  const rows = scoresIn(whole);
  const marks = rows.length - 64;
  writeFileSync(
    path.join(killed, "scores.jsonl"),
    rows
      .slice(0, marks)
      .map((row) => `${row}\n`)
      .join(""),
  );
  const asked = server.asked.length;
  comparisons = 40;
  try {
    const first = await gap(killed, judged("honest"), marks + 32);
    assert.equal(first.status, null, first.stderr);
    assert.match(first.stderr, new RegExp(`64 comparisons\\), ${marks} of them answered already\n`, "u"));
    assert.equal(scoresIn(killed).length, marks + 32);
  } finally {
    comparisons = Number.POSITIVE_INFINITY;
  }
  const between = server.asked.length;
  assert.ok(between - asked <= 64);
  const second = await gap(killed, judged("honest"));
  assert.equal(second.status, 0, second.stderr);
  assert.equal(server.asked.length - between, 32);
  const bytes = (out: string) => JSON.stringify([recordIn(out).gaps, recordIn(out).suites]);
  assert.equal(bytes(killed), bytes(whole));
});
