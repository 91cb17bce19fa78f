// Grading that is stopped, killed or broken off goes on from what is stored: nothing is asked twice, and the gaps are the same bytes.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { appendFileSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, before, test } from "node:test";
import { runRecord } from "../src/core/run-record.ts";
import { rngFrom } from "../src/stats/rng.ts";

const root = path.resolve(import.meta.dirname, "..");
let folder = "";
const inFolder = (name: string) => path.join(folder, name);

before(() => {
  folder = mkdtempSync(path.join(tmpdir(), "trueline-gap-resume-"));
  const rng = rngFrom("resume");
  const rows = Array.from({ length: 160 }, (_, i) => ({
    prompt: `p${Math.floor(i / 5)}`,
    response: `It is ${"so ".repeat(rng.int(9))}${i}.`,
    gold: rng.uniform(),
  }));
  writeFileSync(inFolder("rows.jsonl"), rows.map((row) => `${JSON.stringify(row)}\n`).join(""));
});
after(() => rmSync(folder, { recursive: true, force: true }));

/** Notes each text that it is asked in a file of its own. */
function grader(
  name: string,
  rest = "",
): { readonly module: string; readonly asked: () => readonly string[] } {
  const [module, log] = [inFolder(`${name}.mjs`), inFolder(`${name}.log`)];
  writeFileSync(
    module,
    `import { appendFileSync, existsSync } from "node:fs";
     let count = 0;
     export default ({ prompt, response }) => {
       appendFileSync(${JSON.stringify(log)}, JSON.stringify([prompt, response]) + "\\n");
       count++;
       ${rest}
       return response.length;
     };\n`,
  );
  return {
    module,
    asked: () => (existsSync(log) ? readFileSync(log, "utf8").trimEnd().split("\n") : []),
  };
}

type End = {
  readonly status: number | null;
  readonly signal: string | null;
  readonly stdout: string;
  readonly stderr: string;
};

/** `stop`: the signal that it gets so many milliseconds after its first score was stored. */
function gap(
  out: string,
  words: readonly string[],
  stop?: { readonly signal: NodeJS.Signals; readonly after: number },
): Promise<End> {
  return new Promise((resolve, reject) => {
    const all = [
      "bin/trueline.js",
      "gap",
      "--samples",
      inFolder("rows.jsonl"),
      "--prompt",
      "prompt",
      "--gold",
      "gold",
      "--response",
      "response",
      "--out",
      out,
      ...words,
    ];
    const child = spawn(process.execPath, all, { cwd: root });
    let [stdout, stderr] = ["", ""];
    const watch = setInterval(() => {
      const file = path.join(out, "scores.jsonl");
      if (stop === undefined || !existsSync(file) || readFileSync(file, "utf8") === "") return;
      clearInterval(watch);
      setTimeout(() => child.kill(stop.signal), stop.after);
    }, 3);
    child.stdout.on("data", (text) => (stdout += String(text)));
    child.stderr.on("data", (text) => (stderr += String(text)));
    child.on("error", reject);
    child.on("close", (status, signal) => {
      clearInterval(watch);
      resolve({ status, signal, stdout, stderr });
    });
  });
}

/** All that was measured, as it stands in the record. */
function gapsIn(out: string): string {
  const { gaps, suites } = runRecord.parse(JSON.parse(readFileSync(path.join(out, "run.json"), "utf8")));
  return JSON.stringify([gaps, suites]);
}
const keysIn = (out: string) =>
  readFileSync(path.join(out, "scores.jsonl"), "utf8")
    .split("\n")
    .slice(0, -1)
    .map((line) => (JSON.parse(line) as { key: string }).key);

test("killed again and again while it grades, a run ends with the same bytes, and asks no stored text again", async () => {
  const whole = grader("whole");
  const killed = grader("killed");
  const [one, other] = [inFolder("whole"), inFolder("killed")];
  const ran = await gap(one, ["--proxy-module", whole.module]);
  assert.equal(ran.status, 0, ran.stderr);
  let kills = 0;
  for (const after of [0, 15, 30, 45]) {
    const end = await gap(other, ["--proxy-module", killed.module], { signal: "SIGKILL", after });
    if (end.signal === "SIGKILL") kills++;
  }
  assert.ok(kills >= 2, `only ${kills} kills hit the run`);
  // Half a line, as a kill in the middle of a write would leave it.
  appendFileSync(path.join(other, "scores.jsonl"), '{"key":"0123');
  const end = await gap(other, ["--proxy-module", killed.module]);
  assert.equal(end.status, 0, end.stderr);
  assert.match(end.stderr, /\d+ of \d+ scores are stored already; none of them is asked again/);
  assert.equal(gapsIn(other), gapsIn(one));
  const keys = keysIn(other);
  assert.equal(new Set(keys).size, keys.length);
  assert.equal(keys.length, keysIn(one).length);
  // A kill loses no more than the batch of 8 that was under way.
  assert.ok(
    killed.asked().length <= whole.asked().length + 8 * kills,
    `${killed.asked().length} asks, ${whole.asked().length} without a kill, ${kills} kills`,
  );
  assert.ok(existsSync(path.join(other, "run.json")) && !existsSync(path.join(other, "lock")));
});

test("Ctrl-C says how much is stored and where it goes on; finished, the same command asks nothing and gives the same bytes", async () => {
  const slow = grader("slow");
  const out = inFolder("stopped");
  const words = ["--proxy-module", slow.module];
  const stopped = await gap(out, words, { signal: "SIGINT", after: 0 });
  assert.equal(stopped.status, 130, stopped.stderr);
  const [, stored, wanted] =
    /stopped, (\d+) of (\d+) scores are stored in .*stopped; the same command .*goes on from there/.exec(
      stopped.stderr,
    ) ?? [];
  assert.equal(keysIn(out).length, Number(stored));
  assert.ok(Number(stored) < Number(wanted) && !existsSync(path.join(out, "run.json")));
  const ended = await gap(out, words);
  assert.equal(ended.status, 0, ended.stderr);
  assert.equal(keysIn(out).length, Number(wanted));
  const [gaps, asked] = [gapsIn(out), slow.asked().length];
  assert.equal((await gap(out, words)).status, 0);
  assert.equal(gapsIn(out), gaps);
  assert.equal(slow.asked().length, asked);
});

test("what a grader left unscored stays so until it is asked again on purpose", async () => {
  const flaky = grader(
    "flaky",
    `if (!existsSync(${JSON.stringify(inFolder("mended"))}) && count % 3 === 0) throw new Error("overloaded");`,
  );
  const out = inFolder("flaky");
  const words = ["--proxy-module", flaky.module];
  assert.equal((await gap(out, words)).status, 0);
  const unscored = () =>
    readFileSync(path.join(out, "scores.jsonl"), "utf8")
      .split("\n")
      .filter((line) => line.includes("overloaded")).length;
  const [asked, lost] = [flaky.asked().length, unscored()];
  assert.ok(lost > 20);
  writeFileSync(inFolder("mended"), "");
  assert.equal((await gap(out, words)).status, 0);
  assert.equal(flaky.asked().length, asked);
  const again = await gap(out, [...words, "--retry-unscored"]);
  assert.equal(again.status, 0, again.stderr);
  assert.equal(flaky.asked().length, asked + lost);
  assert.match(readFileSync(path.join(out, "run.json"), "utf8"), /"kind": "complete"/);
});

test("a command that dies midway leaves its samples unscored with the reason, a store that is no store is refused", async () => {
  const out = inFolder("dying");
  const dies = `${JSON.stringify(process.execPath)} -e "let n = 0; require('readline').createInterface({ input: process.stdin }).on('line', (l) => { if (++n > 20) { console.error('out of memory'); process.exit(3); } const { id, response } = JSON.parse(l); console.log(JSON.stringify({ id, score: response.length })) })"`;
  const run = await gap(out, ["--proxy-command", dies]);
  assert.equal(run.status, 0, run.stderr);
  const record = readFileSync(path.join(out, "run.json"), "utf8");
  assert.match(record, /no proxy: the grader ended with exit 3, \\"out of memory\\" and gave no answer/);
  writeFileSync(path.join(out, "scores.jsonl"), '{"key":"x","score":1}\n{"key":"y"}\n');
  const torn = await gap(out, ["--proxy-command", dies]);
  assert.equal(torn.status, 2);
  assert.match(torn.stderr, /line 1 of .*scores\.jsonl is not what a run writes there/);
});
