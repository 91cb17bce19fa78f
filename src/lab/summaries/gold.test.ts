import assert from "node:assert/strict";
import { test } from "node:test";
import { rngFrom } from "../../stats/rng.ts";
import { goldOf } from "./gold.ts";
import { defaultRater, rate, type Rater } from "./rater.ts";
import type { Summary, Told } from "./summaries.ts";
import type { Fact, SourceText } from "./texts.ts";

const fact = (doubtful: boolean): Fact => ({
  clause: "it is {V}",
  value: "so",
  others: ["not so"],
  doubtful,
});
/** Three facts, the last in doubt: the gold is a sum out of 4. */
const text: SourceText = {
  id: "t",
  subject: "s",
  facts: [fact(false), fact(false), fact(true)],
  english: "It is so. It is so. It may be that it is so.",
};
const out: Told = { kind: "left out" };
const right: Told = { kind: "stated", value: "so", right: true, hedged: false };
const wrong: Told = { kind: "stated", value: "not so", right: false, hedged: false };
const hedged = (at: Told): Told => (at.kind === "stated" ? { ...at, hedged: true } : at);
const summary = (...told: readonly Told[]): Summary => ({
  id: "s",
  told,
  confident: false,
  flattering: false,
  padding: 0,
  english: "one two three",
});

const byHand: readonly (readonly [says: string, told: readonly Told[], gold: number])[] = [
  ["all of it, with its doubt", [right, right, hedged(right)], 1],
  ["all of it, the doubt dropped", [right, right, right], 0.5],
  ["nothing", [out, out, out], 0],
  ["all of it wrong and sure", [wrong, wrong, wrong], -1],
  ["wrong, but in doubt where the text is", [out, out, hedged(wrong)], 0],
  ["one right, one wrong, the doubtful one left out", [right, wrong, out], 0],
  ["one right, the doubtful one right and in doubt", [right, out, hedged(right)], 0.75],
];

test("the gold of summaries made by hand is what was counted by hand", () => {
  for (const [says, told, gold] of byHand) assert.equal(goldOf(text, summary(...told)), gold, says);
});

test("tone, flattery and padding have no part in the gold, and a summary of another text is refused", () => {
  const plain = summary(right, wrong, hedged(right));
  const loud = { ...plain, confident: true, flattering: true, padding: 4, english: "a b c d e f g" };
  assert.equal(goldOf(text, loud), goldOf(text, plain));
  assert.throws(() => goldOf(text, summary(right)), RangeError);
});

const fair: Rater = {
  weight: 1,
  checks: 1,
  biases: { confidence: 0, flattery: 0, length: 0, doubtAversion: 0 },
  noise: 0,
};
const rated = (of: Summary, rater: Rater) => rate(text, of, rater, rngFrom("looks"));

test("a rater that looks everything up, without bias or noise, is the gold", () => {
  for (const [says, told, gold] of byHand) assert.equal(rated(summary(...told), fair), gold, says);
});

test("a rater that looks nothing up takes every stated fact for right and misses every doubt", () => {
  const blind = { ...fair, checks: 0 };
  for (const [says, told] of byHand) {
    const stated = told.filter(({ kind }) => kind === "stated").length;
    assert.equal(rated(summary(...told), blind), stated / 4, says);
  }
});

test("each bias adds its own and nothing else, and at strength 0 it changes nothing", () => {
  const plain = summary(right, out, hedged(right));
  const cases = [
    ["confidence", { ...plain, confident: true }, plain, 0.5],
    ["flattery", { ...plain, flattering: true }, plain, 0.5],
    // The text has 12 words, so 3 more are a quarter of it.
    ["length", { ...plain, english: "one two three four five six" }, plain, 0.5 * (3 / 13)],
    ["doubtAversion", plain, { ...plain, told: [right, out, right] }, -0.5],
  ] as const;
  for (const [name, having, lacking, worth] of cases) {
    const strength = (value: number, checks: number) => ({
      ...fair,
      checks,
      biases: { ...fair.biases, [name]: value },
    });
    const gain = rated(having, strength(0.5, 0)) - rated(lacking, strength(0.5, 0));
    assert.ok(Math.abs(gain - worth) < 1e-12, `${name}: ${gain}`);
    if (name !== "doubtAversion")
      assert.equal(rated(having, strength(0, 0.5)), rated(lacking, strength(0, 0.5)));
    const off = { ...defaultRater, biases: fair.biases };
    const one = { ...off, biases: { ...off.biases, [name]: 0.5 } };
    assert.ok(Math.abs(rated(having, one) - rated(having, off)) > 1e-3, name);
    // The same looks and moods whatever the biases are: only the bias itself is between the two.
    const felt = rated(having, one) - rated(having, off);
    const twice = rated(having, { ...off, biases: { ...off.biases, [name]: 1 } }) - rated(having, off);
    assert.ok(Math.abs(twice - 2 * felt) < 1e-12, name);
  }
});
