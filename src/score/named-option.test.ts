import assert from "node:assert/strict";
import { test } from "node:test";
import { namedOption } from "./named-option.ts";

const forms = [["Paris", "City of Light"], ["Rome"], ["16"], ["Guinea"], ["Papua New Guinea"]];

for (const [reply, index] of [
  ["Paris", 0],
  ['It is "paris", of course.', 0],
  ["The city of light!", 0],
  ["Not Rome but Paris.", 0],
  ["It isn’t the **Rome** you think, it's Paris", 0],
  ["rather than Paris, I'd say Rome", 1],
  ["Rome, not Paris", 1],
  ["16.", 2],
  ["Papua New Guinea", 4],
  ["in Guinea and Papua New Guinea", 3],
  ["Romeo went to Rome", 1],
] as const) {
  test(`"${reply}" names ${forms[index]![0]}`, () => {
    assert.deepEqual(namedOption(reply, forms), { kind: "option", index });
  });
}

for (const [reply, because] of [
  ["", /empty/],
  [" \n", /empty/],
  ["Romeo and Parisians", /none of the options/],
  ["Not Paris.", /none of the options/],
  ["160 or 1.6", /none of the options/],
  ["Ромe, Pari s", /none of the options/],
] as const) {
  test(`"${reply}" names nothing`, () => {
    const named = namedOption(reply, forms);
    assert.ok(named.kind === "none");
    assert.match(named.because, because);
  });
}

test("an occurrence that is part of another word hides none that overlaps it", () => {
  assert.deepEqual(namedOption("ba a a", [["a a"], ["c"]]), { kind: "option", index: 0 });
});

test("marks that mean something in a pattern are taken as they stand, and an empty form names nothing", () => {
  assert.deepEqual(namedOption("I like C++ (and C)", [["C+"], ["C++"], [" "]]), { kind: "option", index: 1 });
  assert.deepEqual(namedOption("a.b", [["axb"], ["a.b"]]), { kind: "option", index: 1 });
});
