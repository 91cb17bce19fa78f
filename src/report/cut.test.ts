// Tests of cutting: what is shown, what is told of the rest.

import assert from "node:assert/strict";
import { test } from "node:test";
import { cutShort } from "./cut.ts";

test("a text that fits is whole", () => {
  assert.deepEqual(cutShort("abc", 3), { kind: "whole", shown: "abc", of: 3 });
  assert.deepEqual(cutShort("", 3), { kind: "whole", shown: "", of: 0 });
});

test("a longer text is cut, and both lengths are told", () => {
  assert.deepEqual(cutShort("abcd", 3), { kind: "cut", shown: "abc", of: 4, kept: 3 });
  assert.deepEqual(cutShort("w".repeat(100_000), 600), {
    kind: "cut",
    shown: "w".repeat(600),
    of: 100_000,
    kept: 600,
  });
});

test("a pair of surrogates counts as one and is never parted", () => {
  assert.deepEqual(cutShort("😀😀😀", 3), { kind: "whole", shown: "😀😀😀", of: 3 });
  assert.deepEqual(cutShort("😀😀😀😀", 3), { kind: "cut", shown: "😀😀😀", of: 4, kept: 3 });
});
