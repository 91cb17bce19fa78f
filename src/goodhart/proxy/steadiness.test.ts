import assert from "node:assert/strict";
import { test } from "node:test";

import { rngFrom } from "../../stats/rng.ts";
import type { Score } from "../specification-row.ts";
import type { Grader, GraderSample } from "./grader.ts";
import { steadiness } from "./steadiness.ts";

const samples: GraderSample[] = Array.from({ length: 60 }, (_, i) => ({
  prompt: `p${i % 30}`,
  response: "x".repeat(i),
}));
const scored = (value: number): Score => ({ kind: "scored", value });

/** A grader from a function of the sample, the number of the call and the place within it. */
function graderOf(score: (sample: GraderSample, call: number, at: number) => Score) {
  const calls: (readonly GraderSample[])[] = [];
  const grader: Grader = {
    name: "fake",
    score: async (given) => {
      calls.push(given);
      return given.map((sample, at) => score(sample, calls.length, at));
    },
    close: async () => {},
  };
  return { grader, calls };
}

test("a steady grader changes nothing, and the same samples were asked in another order", async () => {
  const { grader, calls } = graderOf(({ response }) => scored(response.length));
  const found = await steadiness(grader, samples, rngFrom(1));
  assert.deepEqual([found.samples, found.changed, found.cameOrWent], [20, 0, 0]);
  assert.deepEqual(found.largest, { kind: "distance", value: 0 });
  assert.equal(found.says, "the grader gave each of 20 samples the same score twice");
  assert.ok(found.share.kind === "rate" && found.share.point === 0 && found.share.interval.high > 0.05);
  assert.equal(calls.length, 2);
  assert.deepEqual(new Set(calls[0]), new Set(calls[1]));
  assert.notDeepEqual(calls[0], calls[1]);
});

test("the same seed takes the same handful, another one takes another", async () => {
  const handfuls = [];
  for (const seed of [1, 1, 2]) {
    const { grader, calls } = graderOf(() => scored(1));
    await steadiness(grader, samples, rngFrom(seed), { handful: 5 });
    handfuls.push(calls);
  }
  assert.deepEqual(handfuls[0], handfuls[1]);
  assert.notDeepEqual(handfuls[0], handfuls[2]);
  assert.equal(handfuls[0]![0]!.length, 5);
});

test("how many change, and how far, is what was planted", async () => {
  const moved = ({ response }: GraderSample) => response.length % 3 === 0;
  const { grader, calls } = graderOf((sample, call) =>
    scored(sample.response.length + (call === 2 && moved(sample) ? 2 : 0)),
  );
  const found = await steadiness(grader, samples, rngFrom(3), { handful: 30 });
  const [first] = calls;
  const planted = first!.filter(moved).length;
  assert.ok(planted > 3 && planted < 27);
  assert.equal(found.changed, planted);
  assert.deepEqual(found.largest, { kind: "distance", value: 2 });
  const lengths = first!.map(({ response }) => response.length);
  const mean = lengths.reduce((a, b) => a + b) / 30;
  const sd = Math.sqrt(lengths.reduce((sum, l) => sum + (l - mean) ** 2, 0) / 30);
  assert.ok(found.by.kind === "difference");
  assert.ok(Math.abs(found.by.point - (2 * planted) / 30 / sd) < 1e-12);
  assert.ok(found.by.interval.low <= found.by.point && found.by.point <= found.by.interval.high);
  assert.match(found.says, new RegExp(`changes its mind: ${planted} of 30 samples .*by up to 2$`, "u"));
});

test("a score that hangs on the place among the others is found", async () => {
  const { grader } = graderOf((_, __, at) => scored(at));
  assert.ok((await steadiness(grader, samples, rngFrom(4))).changed > 10);
});

test("a score that comes or goes has changed; two refusals tell nothing", async () => {
  const refused: Score = { kind: "unscored", because: "refused" };
  const { grader } = graderOf(({ response }, call) =>
    response.length % 2 === 0 ? refused : call === 1 ? scored(response.length) : refused,
  );
  const found = await steadiness(grader, samples, rngFrom(5), { handful: 60 });
  assert.deepEqual([found.samples, found.changed, found.cameOrWent], [30, 30, 30]);
  assert.equal(found.by.kind, "none");
  assert.equal(found.largest.kind, "none");
  assert.match(found.says, /30 of 30 .*30 of them had a score one time only/u);
  const none = await steadiness(graderOf(() => refused).grader, samples, rngFrom(5));
  assert.deepEqual([none.share.kind, none.samples], ["none", 0]);
  assert.match(none.says, /not known/u);
});

test("a grader that gives all the same score has no scale to change on", async () => {
  const { grader } = graderOf((_, call) => scored(call));
  const found = await steadiness(grader, samples, rngFrom(6));
  assert.equal(found.changed, 20);
  assert.ok(found.by.kind === "none" && /no standard deviation/u.test(found.by.because));
});
