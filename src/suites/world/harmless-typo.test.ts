// Typos: what they may never touch, over every question of the world and over arbitrary ones.

import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { SetupError } from "../../core/errors.ts";
import type { Fact } from "../../core/world.ts";
import { rngFrom } from "../../stats/rng.ts";
import { harmlessTypo } from "./harmless-typo.ts";
import { defaultWorld } from "./index.ts";
import { hasPhrase } from "./words.ts";

const digitsOf = (text: string) => text.match(/\d+/g) ?? [];
const changedWords = (before: string, after: string) => {
  const [a, b] = [before.split(" "), after.split(" ")];
  assert.equal(a.length, b.length, `"${after}" has another number of words than "${before}"`);
  return a.flatMap((word, i) => (word === b[i] ? [] : [[word, b[i] ?? ""] as const]));
};

/** All that is promised of one typo, whatever the question. */
function assertHarmless(question: string, fact: Pick<Fact, "subject">, typed: string): void {
  assert.notEqual(typed, question);
  assert.deepEqual(digitsOf(typed), digitsOf(question));
  assert.equal(
    hasPhrase(typed, fact.subject),
    hasPhrase(question, fact.subject),
    `the subject was hit: "${typed}"`,
  );
  const changed = changedWords(question, typed);
  assert.ok(changed.length === 1 || changed.length === 2, `${changed.length} words changed: "${typed}"`);
  for (const [before, after] of changed) {
    assert.equal(after[0], before[0]);
    assert.equal(after.at(-1), before.at(-1));
    assert.ok(after.length === before.length || after.length === before.length + 1);
    assert.equal(
      [...new Set(after)].sort().join(""),
      [...new Set(before)].sort().join(""),
      `letters came or went: "${after}"`,
    );
  }
}

test("a typo in any question of the world leaves subject, numbers, names and quotes alone", () => {
  fc.assert(
    fc.property(fc.constantFrom(...defaultWorld.facts), fc.nat(6), fc.integer(), (fact, form, seed) => {
      const { question } =
        [...defaultWorld.screening(fact), defaultWorld.main(fact), ...defaultWorld.paraphrases(fact)][form] ??
        assert.fail();
      const typed = harmlessTypo(question, fact, rngFrom(seed));
      assertHarmless(question, fact, typed);
      assert.deepEqual(typed.match(/"[^"]*"/g), question.match(/"[^"]*"/g));
    }),
    { seed: 11, numRuns: 2000 },
  );
});

test("in arbitrary sentences it keeps the same promises, or refuses", () => {
  const word = fc.stringMatching(/^[A-Za-z0-9]{1,9}$/);
  const sentence = fc.array(word, { minLength: 1, maxLength: 8 });
  fc.assert(
    fc.property(sentence, fc.nat(7), fc.integer(), (words, at, seed) => {
      const fact = { subject: words[at % words.length] ?? "" };
      const question = `${words.join(" ")}?`;
      let typed: string;
      try {
        typed = harmlessTypo(question, fact, rngFrom(seed));
      } catch (error) {
        assert.ok(error instanceof SetupError);
        return;
      }
      assertHarmless(question, fact, typed);
    }),
    { seed: 12, numRuns: 2000 },
  );
});

test("however often it is applied, subject and numbers stand", () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...defaultWorld.facts),
      fc.integer(),
      fc.integer({ min: 2, max: 5 }),
      (fact, seed, times) => {
        const rng = rngFrom(seed);
        const { question } = defaultWorld.main(fact);
        let typed = question;
        for (let i = 0; i < times; i++) typed = harmlessTypo(typed, fact, rng);
        assert.deepEqual(digitsOf(typed), digitsOf(question));
        assert.ok(hasPhrase(typed, fact.subject));
      },
    ),
    { seed: 13, numRuns: 300 },
  );
});

test("the same question, subject and seed give the same typo", () => {
  for (const fact of defaultWorld.facts.slice(0, 50)) {
    const { question } = defaultWorld.main(fact);
    assert.equal(harmlessTypo(question, fact, rngFrom(3)), harmlessTypo(question, fact, rngFrom(3)));
  }
});

test("words that carry the meaning stay whole where the question has frame words", () => {
  for (const seed of Array.from({ length: 50 }, (_, i) => i)) {
    const typed = harmlessTypo('Which word is the opposite of "hot"?', { subject: "hot" }, rngFrom(seed));
    assert.match(typed, / word is the opposite of "hot"\?$/);
  }
});

test("a slip never makes another word of a frame word", () => {
  const slips = Array.from({ length: 200 }, (_, seed) =>
    harmlessTypo("from there that", { subject: "x" }, rngFrom(seed)),
  );
  for (const slip of slips) assert.doesNotMatch(slip, /\b(form|three)\b/);
});

test("a question without a word that may be touched is refused with the way out", () => {
  assert.throws(
    () => harmlessTypo("6 x 7?", { subject: "6 x 7" }, rngFrom(1)),
    (error: unknown) =>
      error instanceof SetupError && /6 x 7/.test(error.message) && /four letters/.test(error.hint ?? ""),
  );
});

test("words in quotes stand, even when they are not the subject", () => {
  for (const seed of Array.from({ length: 50 }, (_, i) => i)) {
    assert.match(
      harmlessTypo('Does "what" name it?', { subject: "it" }, rngFrom(seed)),
      /^\S+ "what" \S+ it\?$/,
    );
  }
});

test("a swap of two equal letters is no typo", () => {
  for (const seed of Array.from({ length: 100 }, (_, i) => i)) {
    assert.notEqual(harmlessTypo("It is called X?", { subject: "X" }, rngFrom(seed)), "It is called X?");
  }
});
