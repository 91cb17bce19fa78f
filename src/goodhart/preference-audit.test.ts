// A preference file's audit finds what its raters were made to like, and leaves out and counts what says nothing.

import assert from "node:assert/strict";
import { test } from "node:test";

import { rngFrom, type Rng } from "../stats/index.ts";
import { attributes } from "./attributes/index.ts";
import { auditPreferences, type PreferenceAudit, type PreferencePair } from "./preference-audit.ts";

function reply(rng: Rng): string {
  const words = Array.from({ length: 10 + rng.int(30) }, () => rng.pick(["egg", "pan"]));
  return [...words, ...["perhaps", "sorry", "good point"].filter(() => rng.int(2) === 1)].join(" ");
}

/** Raters who take the better of two by `worth`, with noise. */
function rated(n: number, seed: number, worth: (text: string, rng: Rng) => number): PreferencePair[] {
  const rng = rngFrom(seed);
  return Array.from({ length: n }, (_, i) => {
    const [a, b] = [reply(rng), reply(rng)];
    const [chosen, rejected] = worth(a, rng) >= worth(b, rng) ? [a, b] : [b, a];
    return { id: `${i}`, cluster: `${i}`, prompt: "p", chosen, rejected };
  });
}

const audit = (pairs: readonly PreferencePair[]): PreferenceAudit =>
  auditPreferences(pairs, { rng: rngFrom(1) });
const rowOf = ({ attributes: rows }: PreferenceAudit, name: string) => {
  const row = rows.find((one) => one.name === name);
  if (row?.chosenHasMore.kind !== "rate" || row.exchanged.kind !== "rate" || row.test.kind !== "tested")
    throw new Error(`no figures for ${name}`);
  return { ...row, rate: row.chosenHasMore, exchanged: row.exchanged, test: row.test };
};
const dull = (_: string, rng: Rng) => rng.uniform();

test("raters who like apologies are seen to, by a share that counts the pairs which differ", () => {
  const pairs = rated(300, 2, (text, rng) => 2 * attributes.apology.measure(text, "") + 3 * rng.uniform());
  const apology = rowOf(audit(pairs), "apology");
  const differing = pairs.filter(({ chosen, rejected }) => /sorry/.test(chosen) !== /sorry/.test(rejected));
  const liked = differing.filter(({ chosen }) => /sorry/.test(chosen)).length;
  assert.equal(apology.differing, differing.length);
  assert.equal(apology.rate.point, liked / differing.length);
  assert.ok(
    apology.rate.interval.low > 0.8 && apology.test.discovered && apology.test.adjusted >= apology.test.p,
  );
  assert.ok(apology.exchanged.interval.low < 0.5 && apology.exchanged.interval.high > 0.5);
});

test("length is the first row whatever attributes are asked for, and the longer one wins where it was planted", () => {
  const pairs = rated(200, 3, (text, rng) => text.length + 10 * rng.uniform());
  const { attributes: rows } = auditPreferences(pairs, { rng: rngFrom(1), attributes: [attributes.hedging] });
  assert.deepEqual(
    rows.map(({ name }) => name),
    ["length", "hedging"],
  );
  assert.ok(rowOf(audit(pairs), "length").rate.interval.low > 0.9);
});

test("raters who toss a coin give discoveries in at most the stated share of 150 files", () => {
  const files = 150;
  let any = 0;
  const [length, hedging, apology, agreement] = [
    attributes.length,
    attributes.hedging,
    attributes.apology,
    attributes.agreement,
  ];
  for (let seed = 0; seed < files; seed++) {
    const { attributes: rows } = auditPreferences(rated(60, 100 + seed, dull), {
      rng: rngFrom(seed),
      attributes: [length, hedging, apology, agreement],
    });
    if (rows.some(({ test: { kind, ...judged } }) => kind === "tested" && "p" in judged && judged.discovered))
      any++;
  }
  assert.ok(any > 0 && any <= 0.086 * files, `${any} of ${files}`);
});

test("copies in a cluster do not narrow the share's interval, nor make its p-value smaller", () => {
  const pairs = rated(120, 4, (text, rng) => text.length + 150 * rng.uniform());
  const copied = [0, 1, 2].flatMap((i) => pairs.map((pair) => ({ ...pair, id: `${pair.id}/${i}` })));
  const [one, three] = [rowOf(audit(pairs), "length"), rowOf(audit(copied), "length")];
  const width = ({ interval }: { interval: { low: number; high: number } }) => interval.high - interval.low;
  assert.equal(three.rate.n, one.rate.n);
  assert.equal(three.differing, 3 * one.differing);
  assert.ok(width(three.rate) >= 0.99 * width(one.rate) && three.test.p >= 0.9 * one.test.p);
  const loose = copied.map((pair) => ({ ...pair, cluster: pair.id }));
  assert.ok(width(rowOf(audit(loose), "length").rate) < 0.7 * width(one.rate));
});

test("who was shown first is audited where the pairs say it, and only there", () => {
  const pairs = rated(200, 5, dull).map((pair, i) =>
    i < 50 ? pair : { ...pair, firstShown: i % 5 === 0 ? ("rejected" as const) : ("chosen" as const) },
  );
  const { firstIsChosen, p } = audit(pairs).position;
  assert.ok(firstIsChosen.kind === "rate" && firstIsChosen.n === 150 && firstIsChosen.point === 0.8);
  assert.ok(p.kind === "p" && p.value < 1e-6);
  const without = audit(rated(20, 6, dull)).position;
  assert.ok(without.firstIsChosen.kind === "none" && without.p.kind === "none");
  assert.match(without.p.because, /no pair says/);
});

test("pairs of one text and second pairs of one id are left out and counted", () => {
  const pairs = rated(30, 7, dull);
  const [first] = pairs;
  assert.ok(first !== undefined);
  const more = [...pairs, { ...first, id: "same", rejected: first.chosen }, first, { ...first, chosen: "x" }];
  const found = audit(more);
  assert.equal(found.pairs, 30);
  assert.deepEqual(found.leftOut, [
    { count: 1, because: "chosen and rejected are the same text" },
    { count: 2, because: "an earlier pair has the same id" },
  ]);
  assert.deepEqual(found.attributes, audit(pairs).attributes);
});

test("an attribute in which nothing differs, and an empty file, have reasons and no figures", () => {
  const emoji = audit(rated(30, 8, dull)).attributes.find(({ name }) => name === "emoji");
  assert.ok(emoji?.chosenHasMore.kind === "none" && emoji.test.kind === "none" && emoji.differing === 0);
  const empty = audit([]);
  assert.ok(empty.pairs === 0 && empty.attributes[0]?.name === "length");
  assert.ok(empty.attributes.every(({ chosenHasMore, test: { kind } }) => chosenHasMore.kind === kind));
});
