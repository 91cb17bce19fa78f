import assert from "node:assert/strict";
import { test } from "node:test";

import { matchAnswers, type AnswerLine } from "./match-answers.ts";

const answer = (value: number, id?: string): AnswerLine => ({
  kind: "answer",
  score: { kind: "scored", value },
  ...(id === undefined ? {} : { id }),
});
const remark: AnswerLine = { kind: "other", shown: '"loading"' };
/** Scores as numbers, reasons as their text. */
const matched = (lines: readonly AnswerLine[], samples: number, whole = true) =>
  matchAnswers(lines, samples, { missing: "missing", whole }).map((score) =>
    score.kind === "scored" ? score.value : score.because,
  );

test("answers by id find their samples in any order, and a sample without one lacks it", () => {
  assert.deepEqual(matched([answer(7, "2"), answer(5, "0")], 3), [5, "missing", 7]);
});

test("an answer without an id belongs to nobody once another has one, and so does a foreign id", () => {
  assert.deepEqual(matched([answer(7, "1"), answer(5), answer(6, "9")], 2), ["missing", 7]);
});

test("the same answer twice is one, two different ones are none", () => {
  const [same, different] = matched([answer(7, "0"), answer(7, "0"), answer(1, "1"), answer(2, "1")], 2);
  assert.equal(same, 7);
  assert.match(String(different), /twice/u);
});

test("as many answers as samples are theirs in order, whatever else was said", () => {
  assert.deepEqual(matched([remark, answer(1), remark, answer(2), remark], 2), [1, 2]);
});

test("as many lines as samples are theirs line by line, and one that is no answer leaves its sample unscored", () => {
  assert.deepEqual(matched([answer(1), remark, answer(3)], 3), [
    1,
    'the grader wrote "loading" and no score',
    3,
  ]);
});

test("fewer answers than samples tell nothing of any: a sample that was left out would shift those that follow", () => {
  const few =
    "the grader wrote fewer answers than there were samples, without an id: which is whose can't be told, and with the sample's id in each it could";
  const because = (lines: readonly AnswerLine[], whole?: boolean) => new Set(matched(lines, 4, whole));
  assert.deepEqual(because([answer(1), answer(2)]), new Set([few]));
  assert.deepEqual(because([answer(1), answer(2)], false), new Set([`${few}; missing`]));
  const said = new Set([`${few}; one line read "loading"`]);
  assert.deepEqual(because([answer(1), remark, answer(2)]), said);
  assert.deepEqual(because([remark, answer(1), answer(2)]), said);
});

test("a command that died after a remark may have as many lines by chance: none is believed", () => {
  for (const because of matched([answer(1), remark, answer(3)], 3, false))
    assert.match(
      String(because),
      /fewer answers than there were samples, without an id.*can't be told.*; missing; one line read/u,
    );
  assert.deepEqual(matched([answer(1), answer(2), remark], 2, false), [1, 2]);
});

test("no answer at all is missing, and what was written instead is shown", () => {
  assert.deepEqual(matched([], 2), ["missing", "missing"]);
  assert.deepEqual(matched([remark], 2), Array(2).fill('missing; one line read "loading"'));
});

test("more answers than samples tell nothing of any", () => {
  const scores = matched([answer(1), answer(2), answer(3)], 2);
  assert.equal(scores.length, 2);
  for (const score of scores)
    assert.match(String(score), /more answers than there were samples, without an id: .*id in each/u);
});
