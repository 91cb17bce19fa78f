import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, before, test } from "node:test";

import { startUserModule } from "../../cli/load-user-module.ts";
import { SetupError } from "../../core/errors.ts";
import type { GradeOptions } from "./grader.ts";
import { workerGrader } from "./worker-grader.ts";

let folder = "";
before(() => {
  folder = mkdtempSync(path.join(tmpdir(), "trueline-worker-"));
});
after(() => rmSync(folder, { recursive: true }));

let files = 0;
function fileOf(text: string): string {
  const file = path.join(folder, `grader-${files++}.ts`);
  writeFileSync(file, text);
  return file;
}
const samplesOf = (...responses: readonly string[]) =>
  responses.map((response) => ({ prompt: "p", response }));

type Given = { readonly options?: GradeOptions; readonly timeoutMs?: number };

/** What the module's default function with this body gives: numbers, or reasons. */
async function graded(body: string, responses: readonly string[], { options, timeoutMs = 5000 }: Given = {}) {
  const file = fileOf(
    `let calls = 0;\nexport default (s: { prompt: string; response: string }) => { ${body} };`,
  );
  const grader = await workerGrader(file, { start: startUserModule, timeoutMs });
  try {
    const scores = await grader.score(samplesOf(...responses), options);
    return scores.map((score) => (score.kind === "scored" ? score.value : score.because));
  } finally {
    await grader.close();
  }
}

function isSetup(message: RegExp, hint: RegExp) {
  return (error: unknown) => {
    assert.ok(error instanceof SetupError, String(error));
    assert.match(error.message, message);
    assert.match(error.hint!, hint);
    return true;
  };
}

test("the TypeScript example scores as the formula says, text of any script included, and progress is told", async () => {
  const example = path.resolve(import.meta.dirname, "../../../examples/length-grader.ts");
  const grader = await workerGrader(example, { start: startUserModule });
  const told: number[] = [];
  const scores = await grader.score(samplesOf("one two", "", "né \u{1f600} \ud800 x\u2028y"), {
    onProgress: (done) => told.push(done),
  });
  assert.deepEqual(
    scores,
    [2, 0, 5].map((value) => ({ kind: "scored", value })),
  );
  assert.deepEqual(told, [1, 2, 3]);
  assert.deepEqual(await grader.score([]), []);
  await grader.close();
  await grader.close();
  await assert.rejects(grader.score(samplesOf("a")), /is closed/u);
});

test("what a sample throws, refuses or gives instead of a number is its own, and the module keeps its state", async () => {
  const body = `calls++; if (s.response === "throw") throw new Error("no\\u0007 key");
    if (s.response === "change") (s as any).response = "x";
    return s.response === "null" ? null : s.response === "wait" ? Promise.resolve({ score: calls }) : calls;`;
  const scores = await graded(body, ["a", "throw", "null", "wait", "change", "b"]);
  assert.deepEqual([scores[0], scores[3], scores[5]], [1, 4, 6]);
  assert.equal(scores[1], "the grader threw: no key");
  assert.match(String(scores[2]), /refused/u);
  assert.match(String(scores[4]), /read.only/u);
});

for (const [what, body, message] of [
  ["ends the process", "process.exit(0);", /^the grader "[^"]*\.ts" ended the process with code 0$/u],
  ["ends it with a code", "process.exit(7);", /ended the process with code 7/u],
  [
    "throws in a timer",
    'setTimeout(() => { throw new Error("late\\u001b trouble"); }, 5); return new Promise(() => {});',
    /failed outside of its answers: late trouble/u,
  ],
  [
    "leaves a rejection to nobody",
    'Promise.reject(new TypeError("nobody awaits")); return new Promise(() => {});',
    /failed outside of its answers: nobody awaits/u,
  ],
] as const) {
  test(`a module that ${what} ends the scoring in words, not the run`, async () => {
    await assert.rejects(graded(body, ["a", "b"]), isSetup(message, /must not end the process/u));
  });
}

test("a module that failed between two calls says so at the next, and may then be asked again", async () => {
  const file = fileOf(
    `export default () => { setTimeout(() => { throw new Error("after"); }, 1); return 1; };`,
  );
  const grader = await workerGrader(file, { start: startUserModule });
  assert.deepEqual(await grader.score(samplesOf("a")), [{ kind: "scored", value: 1 }]);
  await new Promise((resolve) => void setTimeout(resolve, 100));
  await assert.rejects(grader.score(samplesOf("a")), isSetup(/: after$/u, /await/u));
  assert.deepEqual(await grader.score(samplesOf("a")), [{ kind: "scored", value: 1 }]);
  await grader.close();
});

test("a loop without end and a promise that never settles cost their own sample, and the rest is scored", async () => {
  const body = `if (s.response === "loop") for (;;); return s.response === "never" ? new Promise(() => {}) : ++calls;`;
  const late = "the grader gave no answer within 0.5 s";
  // The module is loaded anew each time: its count begins again.
  assert.deepEqual(await graded(body, ["a", "b", "loop", "never", "c", "loop", "d"], { timeoutMs: 500 }), [
    1,
    2,
    late,
    late,
    1,
    late,
    1,
  ]);
});

test("three such samples one after another end the scoring, over several calls too", async () => {
  const file = fileOf("export default () => { for (;;); };");
  const grader = await workerGrader(file, { start: startUserModule, timeoutMs: 300 });
  const [first, second] = await grader.score(samplesOf("a", "b"));
  assert.deepEqual([first!.kind, second!.kind], ["unscored", "unscored"]);
  await assert.rejects(
    grader.score(samplesOf("c", "d")),
    isSetup(/no answer within 0\.3 s to 3 samples one after another/u, /comes to an end/u),
  );
  await grader.close();
});

test("an answer that came in time counts, though nobody had the time to read it", async () => {
  const file = fileOf(
    "export default async () => { await new Promise((done) => setTimeout(done, 100)); return 1; };",
  );
  const grader = await workerGrader(file, { start: startUserModule, timeoutMs: 300 });
  const scores = grader.score(samplesOf("a", "b"));
  // By now it is asked, and the time runs; after an immediate it is the timers' turn, before that of messages.
  await new Promise((resolve) => void setTimeout(() => setImmediate(resolve), 20));
  const until = Date.now() + 600;
  while (Date.now() < until);
  assert.deepEqual(
    await scores,
    [1, 1].map((value) => ({ kind: "scored", value })),
  );
  await grader.close();
});

test("an aborted signal and closing end a loop at once", async () => {
  const file = fileOf("export default () => { for (;;); };");
  const start = Date.now();
  const grader = await workerGrader(file, { start: startUserModule });
  const reason = new Error("enough");
  const stop = new AbortController();
  const looping = grader.score(samplesOf("a"), { signal: stop.signal });
  setTimeout(() => stop.abort(reason), 50);
  await assert.rejects(looping, reason);
  await assert.rejects(grader.score(samplesOf("a"), { signal: stop.signal }), reason);
  const closed = assert.rejects(grader.score(samplesOf("a")), /is closed/u);
  await new Promise((resolve) => void setTimeout(resolve, 50));
  await grader.close();
  await closed;

  const loading = fileOf("for (;;); export default () => 1;");
  const signal = AbortSignal.timeout(100);
  await assert.rejects(workerGrader(loading, { start: startUserModule, signal }), { name: "TimeoutError" });
  assert.ok(Date.now() - start < 10_000);
});

test("two calls at once are answered one after the other, each its own", async () => {
  const grader = await workerGrader(fileOf("export default (s) => s.response.length;"), {
    start: startUserModule,
  });
  const both = await Promise.all([grader.score(samplesOf("a", "bb")), grader.score(samplesOf("ccc"))]);
  assert.deepEqual(
    both.map((scores) => scores.map((score) => score.kind === "scored" && score.value)),
    [[1, 2], [3]],
  );
  await grader.close();
});

test("a file that can't be a grader is for the user to mend", async () => {
  for (const [text, message, loadMs = 20_000] of [
    [undefined, /absent\.ts.* can't be loaded: Cannot find module/u],
    ["export default (=> 1;", /can't be loaded/u],
    ['throw new Error("no\\u0007 weights");', /can't be loaded: no weights/u],
    ["process.exit(0);", /can't be loaded: it ended the process with code 0/u],
    ["await new Promise(() => {}); export default () => 1;", /not loaded within 0\.3 s/u, 300],
    ["for (;;); export default () => 1;", /not loaded within 0\.3 s/u, 300],
    ["export const score = () => 1;", /has no default export that is a function/u],
    ["export default 3;", /has no default export that is a function/u],
  ] as const) {
    const file = text === undefined ? path.join(folder, "absent.ts") : fileOf(text);
    await assert.rejects(
      workerGrader(file, { start: startUserModule, loadMs }),
      isSetup(message, /export default/u),
      text,
    );
  }
});
