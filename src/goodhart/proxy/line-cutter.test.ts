import assert from "node:assert/strict";
import { test } from "node:test";

import { lineCutter } from "./line-cutter.ts";

function cut(pieces: readonly string[], longest = 10) {
  const lines: string[] = [];
  const cutter = lineCutter(longest, (line) => lines.push(line));
  for (const piece of pieces) cutter.push(piece);
  return { lines, rest: cutter.rest() };
}

test("lines come whole, however the text was cut on its way", () => {
  for (const pieces of [["ab\ncd\n\nef"], "ab\ncd\n\nef".split(""), ["ab", "\ncd\n", "\ne", "f"]]) {
    assert.deepEqual(cut(pieces), { lines: ["ab", "cd", "", "ef"].slice(0, 3), rest: "ef" });
  }
  assert.equal(cut(["ab\n"]).rest, undefined);
});

test("of a line without end only one character more than the limit is held", () => {
  const { lines, rest } = cut([
    ..."x".repeat(50).split(""),
    "\n",
    "y".repeat(10),
    "\nz".repeat(2),
    "w".repeat(99),
  ]);
  assert.deepEqual(lines, ["x".repeat(11), "y".repeat(10), "z"]);
  assert.equal(rest, `z${"w".repeat(10)}`);
});
