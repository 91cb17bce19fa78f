// Tests of Markdown: text stays text in a line, in a cell, in a fence.

import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { hostile } from "../hostile.test.support.ts";
import { code, fence, inline, table } from "./markdown.ts";

test("a line keeps its words and loses its markup", () => {
  assert.equal(inline("over-refusal holds: 3 of 4 (n = 5)"), "over-refusal holds: 3 of 4 (n = 5)");
  assert.equal(
    inline("# a | b\n- `c` <d> [e](f) *g* https://h www.i.j x@y"),
    "\\# a \\| b␊- \\`c\\` \\<d\\> \\[e\\](f) \\*g\\* https\\://h www\\.i.j x\\@y",
  );
  assert.equal(inline("- a"), "\\- a");
  assert.equal(inline("1. a"), "1\\. a");
  assert.equal(inline("---"), "\\---");
  assert.equal(inline("a\\|b"), "a\\\\\\|b");
});

test("no text has an unescaped pipe or a line's end, so no cell can be broken", () => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string({ unit: "binary" }),
        fc.constantFrom(...Object.values(hostile)),
        fc.stringMatching(/^[\\|`\n-]*$/),
      ),
      (text) => {
        const cell = inline(text);
        assert.doesNotMatch(cell, /[\n\r]/);
        // Take away every escaped sign: no pipe is left.
        assert.doesNotMatch(cell.replaceAll(/\\./gsu, ""), /[|`<>]/);
      },
    ),
    { seed: 2, numRuns: 1000 },
  );
});

test("a table has as many cells in each row as in its head", () => {
  assert.equal(table(["a", "b"], [["1", inline("x|y")]]), "| a | b |\n| --- | --- |\n| 1 | x\\|y |");
});

test("a fence is longer than any run of backticks inside", () => {
  assert.equal(fence("a"), "```text\na\n```");
  assert.equal(fence("```\nb"), "````text\n```\nb\n````");
  fc.assert(
    fc.property(fc.stringMatching(/^[`~\n a]*$/), (text) => {
      const [first = "", ...rest] = fence(text).split("\n");
      const ticks = first.replace("text", "");
      const closing = rest.findIndex(
        (line) => /^ {0,3}`+\s*$/.test(line) && line.trim().length >= ticks.length,
      );
      assert.equal(closing, rest.length - 1, "closed by its own last line and by none before");
    }),
    { seed: 4, numRuns: 1000 },
  );
});

test("a span of code is one line, and its ticks are not those inside", () => {
  assert.equal(code("a"), "`a`");
  assert.equal(code("`a"), "`` `a ``");
  assert.equal(code("a\nb"), "`a␊b`");
});
