import assert from "node:assert/strict";
import { test } from "node:test";

import { readHhPair } from "./read-hh-pair.ts";

const start = "\n\nHuman: How do I boil an egg?\n\nAssistant: Soft or hard?\n\nHuman: Soft.";
const dialogue = (reply: string, before = start) => `${before}\n\nAssistant: ${reply}`;
const pairOf = (row: unknown) => {
  const read = readHhPair(row);
  if (read.kind !== "pair") throw new Error(read.because);
  return read.pair;
};

test("two dialogues become the prompt that they share and their last replies", () => {
  const { prompt, chosen, rejected } = pairOf({
    chosen: dialogue("Five minutes.\n"),
    rejected: dialogue("No."),
  });
  assert.deepEqual({ prompt, chosen, rejected }, { prompt: start, chosen: "Five minutes.", rejected: "No." });
});

test("an empty last reply is a reply", () => {
  assert.equal(pairOf({ chosen: dialogue("Five."), rejected: `${start}\n\nAssistant:` }).rejected, "");
});

test("dialogues with the same first turn share a cluster, and only the same two dialogues share an id", () => {
  const late = pairOf({ chosen: dialogue("Five."), rejected: dialogue("No.") });
  const first = "\n\nHuman: How do I boil an egg?";
  const early = pairOf({ chosen: dialogue("Soft?", first), rejected: dialogue("No.", first) });
  const other = pairOf({
    chosen: dialogue("Soft?", "\n\nHuman: Why?"),
    rejected: dialogue("No.", "\n\nHuman: Why?"),
  });
  assert.equal(early.cluster, late.cluster);
  assert.notEqual(other.cluster, late.cluster);
  assert.equal(new Set([late.id, early.id, other.id]).size, 3);
  assert.equal(pairOf({ chosen: dialogue("Five."), rejected: dialogue("No.") }).id, late.id);
});

for (const [what, row, because] of [
  ["no object", "text", /not an object/],
  ["nothing", null, /not an object/],
  ["a list", [dialogue("a")], /not a text/],
  ["a reply that is a number", { chosen: dialogue("a"), rejected: 3 }, /not a text/],
  [
    "a text that begins elsewhere",
    { chosen: `Hello${dialogue("a")}`, rejected: dialogue("b") },
    /chosen: it does not begin/,
  ],
  [
    "a human turn alone",
    { chosen: dialogue("a"), rejected: start.slice(0, 20) },
    /rejected: it holds no reply/,
  ],
  ["a last human turn", { chosen: start, rejected: dialogue("b") }, /does not end with a reply/],
  [
    "two different prompts",
    { chosen: dialogue("a"), rejected: dialogue("b", "\n\nHuman: Else.") },
    /differ before the last reply/,
  ],
] as const) {
  test(`${what} is not parsed, and the reason is said`, () => {
    const read = readHhPair(row);
    assert.ok(read.kind === "unparseable");
    assert.match(read.because, because);
  });
}
