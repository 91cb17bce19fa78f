import assert from "node:assert/strict";
import { test } from "node:test";

import { wrote } from "./fake-judge.test.support.ts";
import { readMark } from "./read-mark.ts";

const scale = { low: 1, high: 10 };
const read = (text: string) => readMark(wrote(text), scale);

test("one number within the scale is the mark, however it is dressed", () => {
  for (const text of [
    "7",
    " 7.\n",
    "7/10",
    "7 out of 10",
    "Score: 7",
    "**7**",
    "`7/10`",
    "_Mark_: **7**/10",
    "[[7]]",
    "I give it a 7. So 7/10.",
    "On a scale of 1 to 10, this is a 7.",
  ])
    assert.deepEqual(read(text), { kind: "scored", value: 7 }, text);
  assert.deepEqual(read("7.5/10"), { kind: "scored", value: 7.5 });
  assert.deepEqual(read("10/10"), { kind: "scored", value: 10 });
});

const unscored: Readonly<Record<string, RegExp>> = {
  "": /is empty/u,
  " \n": /is empty/u,
  "I'm sorry, but I can't help with that.": /refused to mark/u,
  "A good response.": /holds no number/u,
  seven: /holds no number/u,
  "7th": /holds no number/u,
  "1e1": /holds no number/u,
  "7½": /holds no number/u,
  "7-8": /two different numbers/u,
  "7, because 2 facts are missing": /two different numbers/u,
  "7,5": /holds no number/u,
  "7 or 8": /two different numbers/u,
  "0": /outside 1 to 10/u,
  "11": /outside 1 to 10/u,
  "-7": /outside 1 to 10/u,
  "−7": /outside 1 to 10/u,
  "7%": /holds no number/u,
  "7 %": /holds no number/u,
  "3/5": /out of another number than 10/u,
  "7/100": /out of another number than 10/u,
};

for (const [text, because] of Object.entries(unscored))
  test(`the reply ${JSON.stringify(text)} is no mark, and the reason is said`, () => {
    const score = read(text);
    assert.ok(score.kind === "unscored", JSON.stringify(score));
    assert.match(score.because, because);
  });

test("a reply that was cut off, held back or never came is unscored for that reason", () => {
  const reasons = [
    wrote("Mark: 1", "length"),
    wrote("7", "filter"),
    { kind: "failed", because: "HTTP 500" } as const,
  ].map((answer) => readMark(answer, scale));
  assert.deepEqual(
    reasons.map((score) => (score.kind === "unscored" ? score.because : "scored")),
    [
      "the judge's reply was cut off",
      "the judge's provider held its reply back",
      "the judge gave no answer: HTTP 500",
    ],
  );
});

test("log-probabilities give the mean over the marks by their share", () => {
  const chosen = (logprobs: readonly number[]) =>
    readMark({ kind: "chosen", logprobs, tokens: logprobs.map(() => 1) }, { low: 0, high: 2 });
  // Shares 1/4, 1/4, 1/2, however small all of them are.
  const score = chosen([-1000, -1000, -1000 + Math.log(2)]);
  assert.ok(score.kind === "scored" && Math.abs(score.value - 1.25) < 1e-9);
  for (const odd of [[0, 0], [0, 0, Number.NaN], [0, 0, -Infinity], []])
    assert.equal(chosen(odd).kind, "unscored", JSON.stringify(odd));
});

test("a hostile reply of a million characters is read at once", () => {
  for (const piece of ["7", "1 out of ", "-", "scale of ", "1.", "7 "])
    assert.ok(["scored", "unscored"].includes(read(piece.repeat(1_000_000 / piece.length)).kind));
});
