// Tests of wrapping words for a picture.

import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { wrap } from "./wrap.ts";

test("words are kept whole where they fit", () => {
  assert.deepEqual(wrap("The answer does not change", 12, 3), ["The answer", "does not", "change"]);
});

test("what does not fit ends in an ellipsis", () => {
  assert.deepEqual(wrap("one two three four", 5, 2), ["one", "two…"]);
});

test("no line is wider than it may be, and there are never more than asked for, whatever the text", () => {
  fc.assert(
    fc.property(
      fc.string({ unit: "binary", maxLength: 300 }),
      fc.integer({ min: 4, max: 60 }),
      fc.integer({ min: 1, max: 4 }),
      (text, width, most) => {
        const lines = wrap(text, width, most);
        assert.ok(lines.length <= most);
        for (const line of lines) assert.ok(Array.from(line).length <= width, line);
      },
    ),
    { seed: 5 },
  );
});

test("a hundred thousand characters are not split whole", () => {
  assert.deepEqual(
    wrap("w".repeat(100_000), 10, 2).map((line) => line.length),
    [10, 10],
  );
});
