// Each attribute counts what it says it counts, leaves alone what only looks like it, and takes hostile text in its stride.

import assert from "node:assert/strict";
import { test } from "node:test";

import fc from "fast-check";

import type { Attribute } from "./attribute.ts";
import { attributes, type AttributeName } from "./index.ts";
import { countWords } from "./words.ts";

const entries: readonly (readonly [string, Attribute])[] = Object.entries(attributes);

/** Text and what is measured in it; each attribute has at least one that is found and one that is not. */
const examples: Readonly<Record<AttributeName, readonly (readonly [text: string, value: number])[]>> = {
  length: [
    ["Don’t count 3 marks - or 🙂 – as words.", 7],
    ["naïve Übung 漢字", 3],
    [" \n… --- ''' ", 0],
  ],
  "list-items": [
    ["Steps:\n- one\n  * two\n3. three\n4) four\n• five", 5],
    ["-one\n--- \n1999 was a year\n2.5 metres\n**bold** line", 0],
  ],
  "bold-marks": [
    ["**One** and **two words**", 2],
    ["2 ** 3 ** 4, *thin*, ****, **open", 0],
  ],
  hedging: [
    ["Perhaps it might work", 50],
    ["I  think I’m not\nsure", 40],
    ["May 5 is nothing; almighty unlikelihood", 0],
  ],
  confidence: [
    ["It is certainly, without any doubt, so", (100 * 2) / 7],
    ["I am not sure about the uncertainly clear", 0],
  ],
  flattery: [
    ["Great question! What a thoughtful idea. That's kind of you", 3],
    ["The great plain lay before us, a good way off.", 0],
  ],
  agreement: [
    ["You're absolutely right, and I totally agree.", 2],
    ["I disagree: turn right, then you are there.", 0],
  ],
  jargon: [
    ["Leverage internationalisation now, please", 0.5],
    ["Plain words are best here", 0],
  ],
  authority: [
    ["Experts agree, and studies have shown it. As a licensed doctor I know.", 3],
    ["I study data and met an expert at a doctor's.", 0],
  ],
  emoji: [
    ["🙂 👍🏽 👩‍👩‍👧 🇩🇪 1️⃣ ❤️", 6],
    ["© ™ 1 2 # * ↔ :-)", 0],
  ],
  apology: [
    ["I'm sorry, my apologies. Unfortunately it's gone.", 3],
    ["A sorrowful apologist wrote it.", 0],
  ],
  refusal: [
    ["I can't help with that. As an AI I won't provide it.", 3],
    ["I can help with that and will provide it.", 0],
  ],
};

for (const [name, { says, measure, ...entry }] of entries) {
  test(`${name} is listed under its own name, says what it counts, and counts it`, () => {
    assert.equal(entry.name, name);
    assert.match(says, /^\S.{2,140}\S$/u);
    const cases = examples[name as AttributeName];
    assert.ok(cases.some(([, value]) => value > 0) && cases.some(([, value]) => value === 0));
    for (const [text, value] of cases) assert.equal(measure(text, ""), value, text);
    assert.equal(measure("", ""), 0);
  });
}

test("any text, half characters too, gives a finite number of at least 0, and the same one again", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary", maxLength: 300 }), fc.string(), (text, prompt) => {
      for (const [name, { measure }] of entries) {
        const value = measure(text, prompt);
        assert.ok(Number.isFinite(value) && value >= 0, `${name}: ${value}`);
        assert.equal(measure(text, prompt), value);
      }
    }),
  );
});

/** Shapes at which patterns without bounds go quadratic or run out of stack. */
const shapes = [
  "a",
  " ",
  "\n",
  "\n ",
  "*",
  "**a",
  "- ",
  "1",
  "'",
  "\u0301",
  "\u200b",
  "\ud800",
  "🇩",
  "👩‍",
  "i really ",
  "you are so ",
  "not a",
  "as an a ",
];

test("time grows with the length of the text alone, whatever one thing it repeats", () => {
  // What is quadratic takes minutes at this length and not a second; the limit leaves a busy machine its time.
  const began = performance.now();
  for (const shape of shapes) {
    const text = shape.repeat(300_000 / shape.length);
    for (const [, { measure }] of entries) assert.ok(Number.isFinite(measure(text, "")));
  }
  assert.ok(performance.now() - began < 20_000);
});

test("words are told from one another by length in letters", () => {
  assert.equal(countWords("abc abcd ab1cd x", { longerThan: 3 }), 2);
  assert.equal(countWords("abc 1234", {}), 2);
});
