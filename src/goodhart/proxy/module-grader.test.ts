import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { test } from "node:test";

import { SetupError } from "../../core/errors.ts";
import { moduleGrader } from "./module-grader.ts";

const load = async (url: string): Promise<unknown> => await import(url);
/** A grader around a function, as if a file held it. */
const around = async (call: unknown, timeoutMs = 1000) =>
  await moduleGrader("grader.ts", { load: async () => ({ default: call }), timeoutMs });
const sample = { prompt: "p", response: "abc" };

async function one(call: unknown, timeoutMs?: number) {
  const grader = await around(call, timeoutMs);
  const [score] = await grader.score([sample]);
  return score!.kind === "scored" ? score!.value : score!.because;
}

test("the TypeScript example is loaded from its file and scores as the formula says", async () => {
  const example = path.resolve(import.meta.dirname, "../../../examples/length-grader.ts");
  const grader = await moduleGrader(example, { load });
  const told: number[] = [];
  const scores = await grader.score(
    ["one two", "", " three  words here "].map((response) => ({ prompt: "p", response })),
    { onProgress: (done) => told.push(done) },
  );
  assert.deepEqual(
    scores,
    [2, 0, 3].map((value) => ({ kind: "scored", value })),
  );
  assert.deepEqual(told, [1, 2, 3]);
  await grader.close();
  await assert.rejects(grader.score([sample]), /is closed/u);
});

test("a number, a promise of one and an object with one are scores", async () => {
  assert.equal(await one(({ response }: typeof sample) => response.length), 3);
  assert.equal(await one(async () => -0.5), -0.5);
  assert.equal(await one(() => ({ score: 2, why: "long" })), 2);
});

const thrower = {
  get message(): string {
    throw new Error("hidden");
  },
};
Object.setPrototypeOf(thrower, Error.prototype);

for (const [what, call, because] of [
  ["null", () => null, /refused/u],
  ["null as a score", () => ({ score: null }), /refused/u],
  ["nothing", () => {}, /nothing \(undefined\)/u],
  ["NaN", () => Number.NaN, /gave NaN/u],
  ["minus infinity", async () => -Infinity, /gave -Infinity/u],
  ["text", () => "0.5\u001b", /the text "0\.5␛" and no number/u],
  ["a truth value", () => true, /gave true and no number/u],
  ["a big integer", () => 1n, /a bigint/u],
  ["a list", () => [1], /a list/u],
  ["an object without a score", () => ({ value: 1 }), /an object without a score/u],
  [
    "a thrown error",
    () => {
      throw new TypeError("no\u0007 key\u2800");
    },
    /^the grader threw: no key⟨U\+2800⟩$/u,
  ],
  [
    "a thrown nothing",
    () => {
      throw undefined;
    },
    /^the grader threw: /u,
  ],
  ["a rejected promise", () => Promise.reject(new Error("busy")), /^the grader threw: busy$/u],
  [
    "a getter that throws",
    () => ({
      get score() {
        throw new Error("trap");
      },
    }),
    /^the grader threw: trap$/u,
  ],
  ["an error that can't be read", () => Promise.reject(thrower), /an error that can't be read/u],
] as const) {
  test(`${what} leaves the sample unscored with a reason`, async () => {
    assert.match(String(await one(call)), because);
  });
}

test("a promise that never settles costs its own sample only, and one that settles too late nothing more", async () => {
  const grader = await around(async ({ response }: typeof sample) => {
    if (response === "never") await new Promise(() => {});
    if (response === "late") await new Promise((_, reject) => void setTimeout(reject, 60, new Error("late")));
    return 1;
  }, 30);
  const scores = await grader.score(["never", "late", "now"].map((response) => ({ prompt: "p", response })));
  const late = { kind: "unscored", because: "the grader gave no answer within 0.03 s" };
  assert.deepEqual(scores, [late, late, { kind: "scored", value: 1 }]);
  // Long enough for the late rejection: were it unhandled, the run of the tests would fail.
  await new Promise((resolve) => void setTimeout(resolve, 60));
});

test("a grader can't change the samples", async () => {
  const mine = { prompt: "p", response: "abc" };
  const grader = await around((given: { response: string }) => {
    given.response = "changed";
    return 1;
  });
  const [score] = await grader.score([mine]);
  assert.equal(score!.kind, "unscored");
  assert.equal(mine.response, "abc");
});

test("an aborted signal ends the scoring, in the middle of a sample and between samples that never wait", async () => {
  const reason = new Error("enough");
  const waiting = await around(() => new Promise(() => {}), 60_000);
  const first = new AbortController();
  const told: number[] = [];
  const hanging = waiting.score([sample], { signal: first.signal, onProgress: (n) => told.push(n) });
  first.abort(reason);
  await assert.rejects(hanging, reason);
  assert.deepEqual(told, []);

  const busy = await around(() => 1);
  const second = new AbortController();
  setTimeout(() => second.abort(reason), 5);
  let done = 0;
  const many = Array.from({ length: 1_000_000 }, () => sample);
  await assert.rejects(busy.score(many, { signal: second.signal, onProgress: () => done++ }), reason);
  assert.ok(done < many.length);
});

test("a file that can't be a grader is for the user to mend", async () => {
  const folder = mkdtempSync(path.join(tmpdir(), "trueline-grader-"));
  try {
    for (const [name, text, message] of [
      ["absent.ts", undefined, /absent\.ts.* can't be loaded: Cannot find module/u],
      ["broken.ts", "export default (=> 1;", /broken\.ts.* can't be loaded/u],
      ["throws.ts", 'throw new Error("no\\u0007 weights");', /can't be loaded: no weights/u],
      ["hangs.ts", "await new Promise(() => {}); export default () => 1;", /not loaded within 0\.3 s/u],
      ["none.ts", "export const score = () => 1;", /has no default export that is a function/u],
      ["number.ts", "export default 3;", /has no default export that is a function/u],
    ] as const) {
      const file = path.join(folder, name);
      if (text !== undefined) writeFileSync(file, text);
      await assert.rejects(moduleGrader(file, { load, timeoutMs: 300 }), (error) => {
        assert.ok(error instanceof SetupError, name);
        assert.match(error.message, message);
        assert.match(error.hint!, /export default/u);
        return true;
      });
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
});
