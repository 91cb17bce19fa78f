import assert from "node:assert/strict";
import { test } from "node:test";

import { wrote } from "./fake-judge.test.support.ts";
import { readPreference } from "./read-preference.ts";

test("one letter by itself is the preference", () => {
  for (const text of [
    "A",
    " A.\n",
    "**A**",
    "[[A]]",
    "Response A",
    "A is better.",
    "The better response is A, a clear case.",
  ])
    assert.deepEqual(readPreference(wrote(text)), { kind: "prefers", shown: "first" }, text);
  for (const text of ["B", "Response B is true.", "A clear case: B"])
    assert.deepEqual(readPreference(wrote(text)), { kind: "prefers", shown: "second" }, text);
});

const unread: Readonly<Record<string, RegExp>> = {
  "": /is empty/u,
  "A or B": /both letters/u,
  "A is better than B": /both letters/u,
  "Both are good.": /neither letter/u,
  "A good pair.": /neither letter/u,
  "I can't help with comparing these.": /refused to compare/u,
  a: /neither letter/u,
  AB: /neither letter/u,
};

for (const [text, because] of Object.entries(unread))
  test(`the reply ${JSON.stringify(text)} is no preference, and the reason is said`, () => {
    const read = readPreference(wrote(text));
    assert.ok(read.kind === "unread", JSON.stringify(read));
    assert.match(read.because, because);
  });

test("the likelier letter is preferred, and equal ones are no preference", () => {
  const chosen = (...logprobs: number[]) => readPreference({ kind: "chosen", logprobs, tokens: [1, 1] });
  assert.deepEqual(chosen(-1, -2), { kind: "prefers", shown: "first" });
  assert.deepEqual(chosen(-900, -2), { kind: "prefers", shown: "second" });
  assert.equal(chosen(-2, -2).kind, "unread");
  assert.equal(chosen(-2, Number.NaN).kind, "unread");
  assert.equal(readPreference(wrote("A", "length")).kind, "unread");
  assert.equal(readPreference({ kind: "failed", because: "no" }).kind, "unread");
});
