import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { test } from "node:test";

import { SetupError } from "../../core/errors.ts";
import { shellWord } from "../../core/shell-word.ts";
import { commandGrader } from "./command-grader.ts";
import type { GradeOptions, GraderSample } from "./grader.ts";

const machine = {
  env: { PATH: process.env["PATH"], GIVEN: "yes" },
  kill: (pid: number, signal: "SIGKILL") => process.kill(pid, signal),
};
/** A command that runs a script of Node; `each` there is called with every sample that it reads. */
const node = (script: string) => `${shellWord(process.execPath)} -e ${shellWord(script)}`;
const each = (body: string) =>
  node(
    `require("readline").createInterface({ input: process.stdin }).on("line", (l) => { const s = JSON.parse(l); ${body} })`,
  );
const samplesOf = (n: number): GraderSample[] =>
  Array.from({ length: n }, (_, i) => ({ prompt: `p${i}`, response: "x".repeat(i) }));

async function graded(
  command: string,
  samples: readonly GraderSample[],
  timeoutMs = 5000,
  options: GradeOptions = {},
) {
  const grader = commandGrader(command, { machine, timeoutMs });
  try {
    const scores = await grader.score(samples, options);
    return scores.map((score) => (score.kind === "scored" ? score.value : score.because));
  } finally {
    await grader.close();
  }
}

test("answers in order are the samples' scores, and progress is told as they come", async () => {
  const told: number[] = [];
  const scores = await graded(
    each("console.log(JSON.stringify({ score: s.response.length }))"),
    samplesOf(5),
    5000,
    { onProgress: (done) => told.push(done) },
  );
  assert.deepEqual(scores, [0, 1, 2, 3, 4]);
  assert.deepEqual(told, [1, 2, 3, 4, 5]);
});

test("the Python example scores as the formula says, text of any script included", async () => {
  const example = path.resolve(import.meta.dirname, "../../../examples/length_grader.py");
  const samples = ["one two", "", "né \u{1f600} \ud800 x\u2028y"].map((response) => ({
    prompt: "p",
    response,
  }));
  assert.deepEqual(await graded(`python3 ${shellWord(example)}`, samples), [2, 0, 5]);
});

test("what a command reads is plain ASCII, one line a sample", async () => {
  const command = node(
    `const b = require("fs").readFileSync(0); console.log(JSON.stringify({ id: 0, score: b.filter((x) => x > 126).length }));
     console.log(JSON.stringify({ id: 1, score: b.filter((x) => x === 10).length }));`,
  );
  const samples = ["é\u2028\u{1f600}\ud800", "a\nb\r\u007f"].map((response) => ({ prompt: "ü", response }));
  assert.deepEqual(await graded(command, samples), [0, 2]);
});

test("answers by id may come in any order", async () => {
  const command = node(
    `const ls = require("fs").readFileSync(0, "utf8").trim().split("\\n").map((l) => JSON.parse(l)).reverse();
     for (const s of ls) console.log(JSON.stringify({ id: s.id, score: s.response.length }));`,
  );
  assert.deepEqual(await graded(command, samplesOf(4)), [0, 1, 2, 3]);
});

test("more than the pipes hold flows both ways", async () => {
  const samples = Array.from({ length: 400 }, (_, i) => ({ prompt: "p", response: "x".repeat(5000 + i) }));
  const scores = await graded(
    each('console.log(JSON.stringify({ score: s.response.length, why: "y".repeat(2000) }))'),
    samples,
  );
  assert.deepEqual(
    scores,
    samples.map(({ response }) => response.length),
  );
});

for (const [what, answer, because] of [
  ["text with control characters", String.raw`"\x1b[31mno\x07\u202e"`, /wrote "␛\[31mno␇⟨U\+202E⟩" and no/u],
  [
    "a line of ten million characters",
    '"z".repeat(1e7)',
    /wrote "z{60}…" \(longer than 1000000 characters\)/u,
  ],
  ["NaN as Python writes it", `'{"score": NaN}'`, /wrote "\{"score": NaN\}" and no score/u],
  ["a number too large for a double", `'{"score": 1e999}'`, /gave Infinity/u],
  ["a number as text", `'{"score": "0.5"}'`, /the text "0.5" and no number/u],
  ["a score within a score", `'{"score": {"score": 1}}'`, /an object without a score/u],
  ["null", `'{"score": null}'`, /refused/u],
  ["a number alone", `'3'`, /wrote "3" and no score/u],
  ["a list", "'[1]'", /wrote "\[1\]" and no score/u],
  ["lists in lists without end", '"[".repeat(9e5)', /wrote "\[{60}…" and no score/u],
  ["a score by inheritance", `'{"__proto__": {"score": 1}}'`, /and no score/u],
] as const) {
  test(`an answer that is ${what} leaves its sample alone unscored`, async () => {
    const [first, second, third] = await graded(
      each(`console.log(s.id === 1 ? ${answer} : JSON.stringify({ score: s.id }))`),
      samplesOf(3),
    );
    assert.deepEqual([first, third], [0, 2]);
    assert.match(String(second), because);
    assert.ok(String(second).length < 200);
  });
}

test("what a command that dies has answered by id stays, the rest says its exit code and last words", async () => {
  const command = each(
    `if (s.id === 2) { console.error("Traceback\\n\\x1b[1mKeyError: x\\n"); process.exit(3); } require("fs").writeSync(1, JSON.stringify({ id: s.id, score: 1 }) + "\\n");`,
  );
  const why = 'the grader ended with exit 3, "␛[1mKeyError: x" and gave no answer';
  assert.deepEqual(await graded(command, samplesOf(4)), [1, 1, why, why]);
});

test("a command that leaves samples out without a word gives none of them the score of another", async () => {
  const scores = await graded(
    each("if (s.id !== 1) console.log(JSON.stringify({ score: s.id }))"),
    samplesOf(4),
  );
  assert.equal(scores.length, 4);
  for (const because of scores)
    assert.match(
      String(because),
      /wrote fewer answers than there were samples, without an id: which is whose can't be told/u,
    );
  const byId = each("if (s.id !== 1) console.log(JSON.stringify({ id: s.id, score: s.id }))");
  assert.deepEqual(await graded(byId, samplesOf(4)), [
    0,
    "the grader ended without an answer to this sample",
    2,
    3,
  ]);
});

test("an empty command is for the user to mend, before anything is asked", () => {
  for (const command of ["", " \t"])
    assert.throws(
      () => commandGrader(command, { machine }),
      (error) =>
        error instanceof SetupError &&
        /command is empty/u.test(error.message) &&
        /python3/u.test(error.hint!),
    );
});

test("half an answer of a command that was killed is none, and the signal is named", async () => {
  const command = node(
    `require("fs").writeSync(1, '{"id": 0, "score": 1}\\n{"sco'); process.kill(process.pid, "SIGKILL");`,
  );
  const [first, second] = await graded(`exec ${command}`, samplesOf(2));
  assert.equal(first, 1);
  assert.match(String(second), /^the grader was ended by SIGKILL and gave no answer$/u);
});

test("an answer without a line feed at the end counts", async () => {
  assert.deepEqual(await graded(`cat >/dev/null; printf '{"score": 4}'`, samplesOf(1)), [4]);
});

test("a command that reads nothing and ends leaves all unscored, however much was to be written", async () => {
  const samples = [{ prompt: "p", response: "x".repeat(2e6) }];
  assert.deepEqual(await graded("true", samples), ["the grader ended without an answer to this sample"]);
});

test("a command that falls silent is killed with all that it started, and nothing else is", async () => {
  const folder = mkdtempSync(path.join(tmpdir(), "trueline-grader-"));
  const pids = path.join(folder, "pids");
  try {
    // A shell, two processes of it in a pipe, one in the background; one answer.
    const command = `sleep 60 & echo $$ $! > ${shellWord(pids)}; echo '{"id": 0, "score": 9}'; sleep 60 | cat; true`;
    const [first, second] = await graded(command, samplesOf(2), 400);
    assert.equal(first, 9);
    assert.equal(second, "the grader gave no answer within 0.4 s");
    assert.ok(await lives(String(process.pid)));
    for (const pid of readFileSync(pids, "utf8").trim().split(" ")) assert.ok(!(await lives(pid)), pid);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test("a command that talks to its standard error while it loads is not silent", async () => {
  const loading = "echo loading >&2; sleep 0.1; ";
  assert.deepEqual(await graded(`${loading.repeat(5)} echo '{"score": 3}'`, samplesOf(1), 350), [3]);
});

test("a command that has answered all and does not end is ended, and its answers count", async () => {
  const command = `echo '{"score": 0}'; echo '{"score": 1}'; sleep 60`;
  const start = Date.now();
  const grader = commandGrader(command, { machine, timeoutMs: 30_000, farewellMs: 100 });
  assert.deepEqual(await grader.score(samplesOf(2)), [
    { kind: "scored", value: 0 },
    { kind: "scored", value: 1 },
  ]);
  assert.ok(Date.now() - start < 10_000);
});

test("a command that writes without end is stopped", async () => {
  const [first] = await graded("yes no", samplesOf(1));
  assert.match(String(first), /far more lines .* one line read "no"/u);
  const [second] = await graded("yes ''", samplesOf(1));
  assert.match(String(second), /far more lines/u);
});

test("a process left behind that holds the pipes does not hold us", async () => {
  const start = Date.now();
  assert.deepEqual(await graded(`sleep 30 & echo '{"id": "0", "score": 2}'`, samplesOf(2)), [
    2,
    "the grader ended without an answer to this sample",
  ]);
  assert.ok(Date.now() - start < 10_000);
});

test("a command that is not there, can't be run or is no command is for the user to mend", async () => {
  for (const [command, message] of [
    ["no-such-grader-anywhere --x", /no-such-grader-anywhere.*not found \(exit 127/u],
    [shellWord(import.meta.dirname), /can't be run \(exit 126/u],
    ["a\0b", /can't be started/u],
  ] as const) {
    await assert.rejects(graded(command, samplesOf(1)), (error) => {
      assert.ok(error instanceof SetupError);
      assert.match(error.message, message);
      assert.match(error.hint!, /\{"score": 0\.5\}/u);
      return true;
    });
  }
});

test("only the variables that were given reach the command", async () => {
  process.env["TRUELINE_GRADER_TEST"] = "leaked";
  try {
    const command = each(
      `console.log(JSON.stringify({ score: process.env.TRUELINE_GRADER_TEST === undefined && process.env.GIVEN === "yes" ? 1 : 0 }))`,
    );
    assert.deepEqual(await graded(command, samplesOf(1)), [1]);
  } finally {
    delete process.env["TRUELINE_GRADER_TEST"];
  }
});

test("an aborted signal and a closed grader end the command at once", async () => {
  const reason = new Error("enough");
  const sleeping = graded("sleep 60", samplesOf(1), 60_000, { signal: AbortSignal.abort(reason) });
  await assert.rejects(sleeping, reason);
  const later = new AbortController();
  const running = graded("sleep 60", samplesOf(1), 60_000, { signal: later.signal });
  setTimeout(() => later.abort(reason), 50);
  await assert.rejects(running, reason);

  const grader = commandGrader("sleep 60", { machine });
  const scores = grader.score(samplesOf(1));
  const closed = assert.rejects(scores, /was closed/u);
  await grader.close();
  await closed;
  await assert.rejects(grader.score(samplesOf(1)), /is closed/u);
});

test("no samples start no command", async () => {
  assert.deepEqual(await graded("exit 127", []), []);
});

/** Whether the process is still there after a moment in which it may still be taken away; a zombie is gone. */
async function lives(pid: string): Promise<boolean> {
  for (let tries = 0; tries < 20; tries++) {
    try {
      const state = execFileSync("ps", ["-o", "stat=", "-p", pid], { encoding: "utf8" }).trim();
      if (state.startsWith("Z")) return false;
    } catch {
      return false;
    }
    await new Promise((resolve) => {
      setTimeout(resolve, 20);
    });
  }
  return true;
}
