// Tests of visible: nothing unseen is left, nothing seen is changed.

import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { visible, visibleLines } from "./visible.ts";

const cases: readonly (readonly [what: string, text: string, shown: string])[] = [
  ["a terminal escape", "\u001b[31mred\u001b[0m", "␛[31mred␛[0m"],
  ["NUL and bell", "a\0b\u0007", "a␀b␇"],
  ["DEL", "\u007f", "␡"],
  ["a C1 control (CSI in one byte)", "\u009b2J", "⟨U+009B⟩2J"],
  ["a bidi override", "abc\u202edef\u202c", "abc⟨U+202E⟩def⟨U+202C⟩"],
  ["a bidi isolate", "\u2066x\u2069", "⟨U+2066⟩x⟨U+2069⟩"],
  ["zero width", "a\u200bb\u2060c\ufeffd", "a⟨U+200B⟩b⟨U+2060⟩c⟨U+FEFF⟩d"],
  ["a joiner between letters", "a\u200db", "a⟨U+200D⟩b"],
  ["tag characters", "\u{e0041}", "⟨U+E0041⟩"],
  ["a lone surrogate", "x\ud800y\udc00", "x⟨U+D800⟩y⟨U+DC00⟩"],
  ["a line separator", "a\u2028b", "a⟨U+2028⟩b"],
  ["a filler that draws nothing", "\u3164\u2800\u00ad", "⟨U+3164⟩⟨U+2800⟩⟨U+00AD⟩"],
  ["a noncharacter", "\uffff", "⟨U+FFFF⟩"],
  ["a bare variation selector", "a\ufe0f", "a⟨U+FE0F⟩"],
];

for (const [what, text, shown] of cases) {
  test(`${what} becomes a sign`, () => {
    assert.equal(visible(text), shown);
    assert.equal(visibleLines(text), shown);
  });
}

test("a line feed, a return and a tab are signs on one line, and a return is one in several lines", () => {
  assert.equal(visible("a\nb\r\tc"), "a␊b␍␉c");
  assert.equal(visibleLines("a\nb\r\n\tc"), "a\nb␍\n\tc");
});

test("letters of any script, combining marks and emoji with their joiners stay as they are", () => {
  for (const text of [
    "naïve Ωμέγα 日本語 עברית العربية",
    "e\u0301",
    "👩🏽‍🔬 ❤️ 🏳️‍🌈 1️⃣",
    "a\u00a0b − – “”",
    "<b>&amp;\\n",
  ]) {
    assert.equal(visible(text), text);
  }
});

test("nothing that acts or hides is left of any text, and what was shown is shown the same again", () => {
  const unit = fc.oneof(
    fc.integer({ min: 0, max: 0xffff }),
    fc.constantFrom(0x1b, 0x202e, 0xd800, 0xfe0f, 0x200d, 0x2028),
  );
  fc.assert(
    fc.property(fc.array(unit), (units) => {
      const shown = visible(String.fromCharCode(...units));
      assert.doesNotMatch(
        shown,
        /[\p{Cc}\p{Zl}\p{Zp}\p{Cs}\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]/u,
      );
      assert.ok(shown.isWellFormed());
      assert.equal(visible(shown), shown);
    }),
    { seed: 7, numRuns: 2000 },
  );
});

test("a hundred thousand characters take no time that grows with their square", () => {
  const long = "\u200d\ufe0f".repeat(50_000);
  assert.equal(visible(long).length, 50_000 * 2 * "⟨U+200D⟩".length);
});
