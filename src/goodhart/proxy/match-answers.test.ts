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

test("a command that died after a remark may have as many lines by chance: those after the remark are not believed", () => {
  const why = 'missing; one line read "loading"';
  assert.deepEqual(matched([answer(1), remark, answer(2)], 3, false), [1, why, why]);
  assert.deepEqual(matched([answer(1), answer(2), remark], 2, false), [1, 2]);
});

test("too few answers are those of the first samples", () => {
  assert.deepEqual(matched([answer(1), answer(2)], 4), [1, 2, "missing", "missing"]);
});

test("a remark among too few answers could shift them: nothing from there on is believed", () => {
  const why = 'missing; one line read "loading"';
  assert.deepEqual(matched([answer(1), remark, answer(2)], 4), [1, why, why, why]);
  assert.deepEqual(matched([remark, answer(1), answer(2)], 4), [why, why, why, why]);
});

test("more answers than samples tell nothing of any", () => {
  const scores = matched([answer(1), answer(2), answer(3)], 2);
  assert.equal(scores.length, 2);
  for (const score of scores) assert.match(String(score), /3 answers without an id for 2 samples/u);
});
