// A grader that remembers asks each text once, in batches that do not hang on what is stored, and keeps repeated calls apart.

import assert from "node:assert/strict";
import { test } from "node:test";
import type { Score } from "../../goodhart/specification-row.ts";
import type { GraderSample } from "../../goodhart/proxy/grader.ts";
import { memoryScores } from "../../run/specification-scores.ts";
import type { CalledGrader } from "./called-grader.ts";
import { keptGrader, keyCollector } from "./kept-grader.ts";

const samples = Array.from({ length: 20 }, (_, i) => ({ prompt: `p${i % 3}`, response: `r${i}` }));

function counting(failAfter = Number.POSITIVE_INFINITY) {
  const batches: string[][] = [];
  const called: CalledGrader = {
    grader: {
      name: "counting",
      close: async () => undefined,
      score: async (asked: readonly GraderSample[]) => {
        if (batches.length >= failAfter) throw new Error("stopped");
        batches.push(asked.map(({ response }) => response));
        return asked.map(({ response }): Score =>
          response === "r3"
            ? { kind: "unscored", because: "refused" }
            : { kind: "scored", value: response === "r0" ? -0 : Number(response.slice(1)) },
        );
      },
    },
    says: "counting",
    pins: { "": "counting" },
    batch: { first: 4, most: 8 },
  };
  return { batches, called };
}

test("batches grow from the first size to the most, each sample in its place, equal texts once", async () => {
  const { batches, called } = counting();
  let done = 0;
  const grader = keptGrader(called, { scores: memoryScores(), onProgress: (more) => (done += more) });
  const scores = await grader.score([...samples, samples[5]!]);
  assert.deepEqual(
    batches.map((batch) => batch.length),
    [4, 8, 8],
  );
  assert.deepEqual(
    scores.map((score) => (score.kind === "scored" ? score.value : score.because)),
    [0, 1, 2, "refused", ...Array.from({ length: 16 }, (_, i) => i + 4), 5],
  );
  assert.ok(scores[0]!.kind === "scored" && Object.is(scores[0]!.value, 0));
  assert.equal(done, 20);
});

test("a call that was broken off goes on in the batches in which it would have asked, and asks nothing stored", async () => {
  const store = memoryScores();
  const first = counting(1);
  await assert.rejects(keptGrader(first.called, { scores: store }).score(samples), /stopped/);
  const second = counting();
  await keptGrader(second.called, { scores: store }).score(samples);
  const whole = counting();
  await keptGrader(whole.called, { scores: memoryScores() }).score(samples);
  assert.deepEqual([...first.batches, ...second.batches], whole.batches);
  const third = counting();
  await keptGrader(third.called, { scores: store }).score(samples);
  assert.deepEqual(third.batches, []);
});

test("a sample that is scored twice on purpose is asked twice, once in each call, and not again after that", async () => {
  const store = memoryScores();
  const { batches, called } = counting();
  const twice = async () => {
    const again = keptGrader(called, { scores: store, repeats: true });
    await again.score(samples.slice(0, 2));
    await again.score(samples.slice(0, 2));
  };
  await twice();
  assert.equal(batches.length, 2);
  await twice();
  assert.equal(batches.length, 2);
});

test("keys differ by grader, prompt and response, and are known before anything is asked", async () => {
  const { called } = counting();
  const keysOf = async (grader: CalledGrader, asked: readonly GraderSample[]) => {
    const keys = new Set<string>();
    await keyCollector(grader, keys).score(asked);
    return [...keys];
  };
  const store = memoryScores();
  await keptGrader(called, { scores: store }).score(samples);
  assert.deepEqual((await keysOf(called, samples)).toSorted(), [...store.stored.keys()].toSorted());
  const all = await Promise.all([
    keysOf(called, [{ prompt: "a", response: "b" }]),
    keysOf(called, [{ prompt: "ab", response: "" }]),
    keysOf({ ...called, pins: { "": "counting", "'s sha256": "0" } }, [{ prompt: "a", response: "b" }]),
  ]);
  assert.equal(new Set(all.flat()).size, 3);
});
