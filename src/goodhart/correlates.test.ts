// Correlates find what was planted, call what was shuffled at no more than the stated rate, and are not fooled by copies.

import assert from "node:assert/strict";
import { test } from "node:test";

import { rngFrom, type Rng } from "../stats/index.ts";
import { attributes } from "./attributes/index.ts";
import { correlates, type Correlate, type Correlates, type Judged } from "./correlates.ts";
import { tPValue } from "./t-p-value.ts";
import type { ScoredResponse } from "./within-prompt.ts";

const phrases = [
  "perhaps",
  "certainly",
  "good question",
  "I agree",
  "infrastructures",
  "experts say",
  "sorry",
];

/** From 20 to 59 words, and each phrase by the toss of a coin. */
function written(rng: Rng): string {
  const words = Array.from({ length: 20 + rng.int(40) }, () => rng.pick(["egg", "pan", "water", "salt"]));
  return [...words, ...phrases.filter(() => rng.int(2) === 1)].join(" ");
}

type Maker = (response: string, rng: Rng, prompt: number) => number;

function drawn(prompts: number, each: number, seed: number, score: Maker): ScoredResponse[] {
  const rng = rngFrom(seed);
  return Array.from({ length: prompts }, (_, at) =>
    Array.from({ length: each }, () => {
      const response = written(rng);
      return { prompt: `p${at}`, cluster: `c${at}`, response, score: score(response, rng, at) };
    }),
  ).flat();
}

/** Of variance 1. */
const noise = (rng: Rng) => (rng.uniform() - 0.5) * Math.sqrt(12);
const words = (text: string) => attributes.length.measure(text, "");
const row = (table: readonly Correlate[], name: string) => {
  const found = table.find((one) => one.name === name);
  if (found === undefined) throw new Error(`no row ${name}`);
  return found;
};
const found = (judged: Judged) => {
  if (judged.kind === "none") throw new Error(judged.because);
  return judged;
};
const reason = (judged: Judged) => (judged.kind === "none" ? judged.because : "none expected");

test("the slope is the correlation of what is left when each prompt's mean is taken away", () => {
  const rows = drawn(60, 3, 1, (text, rng, at) => 0.05 * words(text) + noise(rng) + 10 * at);
  const { slope } = found(row(correlates(rows, { rng: rngFrom(2) }).correlates, "length").plain);
  let [aa, ss, as] = [0, 0, 0];
  for (let at = 0; at < rows.length; at += 3) {
    const group = rows.slice(at, at + 3).map(({ response, score }) => ({ a: words(response), s: score }));
    const [ma, ms] = [group.reduce((m, { a }) => m + a / 3, 0), group.reduce((m, { s }) => m + s / 3, 0)];
    for (const { a, s } of group) {
      aa += (a - ma) ** 2;
      ss += (s - ms) ** 2;
      as += (a - ma) * (s - ms);
    }
  }
  assert.ok(Math.abs(slope.point - as / Math.sqrt(aa * ss)) < 1e-9);
  assert.equal(slope.n, 60);
  assert.equal(slope.observations, 180);
});

test("a planted slope is found, and what only grows with length is gone when length is held fixed", () => {
  // Length is uniform on 40 values: SD 11.54. The slope in SDs is 1 / sqrt(1 + 1); phrases add a little to length.
  const listed = {
    name: "items",
    says: "one per ten words",
    measure: (text: string) => Math.floor(words(text) / 10),
  };
  const rows = drawn(250, 4, 3, (text, rng) => words(text) / 11.54 + noise(rng));
  const { correlates: table } = correlates(rows, {
    rng: rngFrom(4),
    attributes: [attributes.length, listed, attributes.flattery],
  });
  const planted = found(row(table, "length").plain);
  assert.ok(planted.discovered && planted.p < 1e-6);
  const { low, high } = planted.slope.interval;
  assert.ok(low < Math.SQRT1_2 + 0.01 && high > Math.SQRT1_2 - 0.01 && high - low < 0.1, `[${low}, ${high}]`);
  assert.ok(found(row(table, "items").plain).slope.point > 0.6);
  const held = found(row(table, "items").lengthFixed);
  assert.ok(!held.discovered && held.slope.interval.low < 0 && held.slope.interval.high > 0);
  assert.match(reason(row(table, "length").lengthFixed), /held fixed/);
});

test("a grader that likes praise and dislikes length is seen through with length held fixed", () => {
  const rows = drawn(80, 4, 5, (text, rng) => {
    return 2 * attributes.flattery.measure(text, "") - words(text) / 11.54 + noise(rng);
  });
  const { plain, lengthFixed } = row(correlates(rows, { rng: rngFrom(6) }).correlates, "flattery");
  // Praise is there in half of the texts: SD 0.5, so 1 within sqrt(1 + 1) once length is gone.
  const { slope, discovered } = found(lengthFixed);
  assert.ok(discovered && slope.interval.low < Math.SQRT1_2 && slope.interval.high > Math.SQRT1_2);
  assert.ok(slope.point > found(plain).slope.point + 0.05);
});

test("a score that is the attribute itself has slope 1, and still an interval with a width", () => {
  const rows = drawn(50, 4, 7, (text) => 3 * words(text) - 8);
  const { plain, lengthFixed } = row(correlates(rows, { rng: rngFrom(8) }).correlates, "length");
  const { slope, p } = found(plain);
  assert.ok(slope.point > 1 - 1e-9 && slope.interval.high === 1 && slope.interval.low < 0.95 && p < 1e-6);
  // Here each cluster's share of the products is its share of the variation, so t can be had from what that is worth.
  const shares = Array.from({ length: 50 }, (_, at) => {
    const lengths = rows.slice(4 * at, 4 * at + 4).map(({ response }) => words(response));
    const mean = lengths.reduce((sum, value) => sum + value / 4, 0);
    return lengths.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  });
  const worth =
    shares.reduce((sum, share) => sum + share, 0) ** 2 / shares.reduce((sum, share) => sum + share ** 2, 0);
  const expected = tPValue(Math.sqrt((worth * 49) / 50), Math.floor(worth) - 1);
  assert.ok(Math.abs(p / expected - 1) < 1e-6, `${p} is not ${expected}`);
  assert.equal(lengthFixed.kind, "none");
  const { lengthFixed: other } = row(correlates(rows, { rng: rngFrom(8) }).correlates, "hedging");
  assert.match(reason(other), /the score follows length/);
});

test("scores shuffled within prompts give discoveries in at most the stated share of 200 repetitions", () => {
  const chosen = ["length", "hedging", "confidence", "flattery", "jargon", "apology"] as const;
  const repetitions = 200;
  const any = { plain: 0, lengthFixed: 0 };
  let tested = 0;
  for (let seed = 0; seed < repetitions; seed++) {
    const rows = drawn(45, 4, 1000 + seed, (text, rng) => words(text) + noise(rng));
    const { shuffled } = correlates(rows, {
      rng: rngFrom(seed),
      attributes: chosen.map((name) => attributes[name]),
    });
    for (const column of ["plain", "lengthFixed"] as const) {
      if (shuffled.some((one) => called(one[column]))) any[column]++;
      tested += shuffled.filter((one) => one[column].kind === "association").length;
    }
  }
  // Nothing is true here, so each repetition with a call counts whole; two standard errors above 5 % are 8 %.
  assert.ok(any.plain <= 0.08 * repetitions && any.lengthFixed <= 0.08 * repetitions, JSON.stringify(any));
  assert.ok(any.plain > 0, "a test that never calls anything tests nothing");
  assert.ok(tested > 0.8 * repetitions * (2 * chosen.length - 1), `only ${tested} were estimated`);
});

function called(judged: Judged): boolean {
  return judged.kind === "association" && judged.discovered;
}

test("copies do not narrow an interval: neither in their cluster nor, with the same prompt, under other names", () => {
  const rows = drawn(60, 3, 9, (text, rng) => 0.05 * words(text) + noise(rng));
  const copies = (named: (original: ScoredResponse, i: number) => Partial<ScoredResponse>) =>
    [0, 1, 2].flatMap((i) => rows.map((one) => ({ ...one, ...named(one, i) })));
  const slopeOf = (list: readonly ScoredResponse[]) =>
    found(row(correlates(list, { rng: rngFrom(10) }).correlates, "length").plain).slope;
  const alone = slopeOf(rows);
  const inCluster = slopeOf(copies(({ prompt }, i) => ({ prompt: `${prompt}/${i}` })));
  const renamed = slopeOf(copies(({ cluster }, i) => ({ cluster: `${cluster}/${i}` })));
  for (const { interval, n, observations } of [inCluster, renamed]) {
    assert.equal(n, 60);
    assert.equal(observations, 540);
    assert.ok(Math.abs(interval.low - alone.interval.low) < 1e-9);
    assert.ok(Math.abs(interval.high - alone.interval.high) < 1e-9);
  }
});

test("a skewed attribute has a bootstrap interval where there are clusters enough, else a reason", () => {
  const rare = {
    name: "rare",
    says: "marks",
    measure: (text: string) => (text.length % 23 === 0 ? 1 : 0),
  };
  const made = (prompts: number) =>
    row(
      correlates(
        drawn(prompts, 4, 11, (text, rng) => 1.5 * rare.measure(text) + noise(rng)),
        { rng: rngFrom(12), attributes: [rare] },
      ).correlates,
      "rare",
    ).plain;
  const { slope, discovered } = found(made(200));
  assert.match(slope.method, /bootstrap/);
  assert.ok(
    discovered && slope.interval.low > 0.1 && slope.interval.high < 0.6 && slope.observations === 800,
  );
  assert.match(reason(made(60)), /lies in few clusters|too skewed/);
});

const flat = (score: Maker, prompts = 40) => drawn(prompts, 3, 13, score);
for (const [what, rows, name, because] of [
  ["an attribute that never varies", flat((_, rng) => noise(rng)), "emoji", /does not vary within prompts/],
  [
    "a score that differs between prompts only",
    flat((_, __, at) => at / 7),
    "length",
    /the score does not vary/,
  ],
  ["27 clusters", flat((_, rng) => noise(rng), 27), "length", /fewer than 28 clusters/],
  ["no rows", [], "length", /fewer than 28 clusters/],
  [
    "scores that vary in one cluster alone",
    flat((text, _, at) => (at === 0 ? words(text) : 0)),
    "length",
    /lies in few clusters: they are worth 1\.0/,
  ],
] as const) {
  test(`${what}: no estimate, and the reason is said`, () => {
    assert.match(reason(row(correlates(rows, { rng: rngFrom(14) }).correlates, name).plain), because);
  });
}

test("what can't be compared is left out and counted, and huge scores are scores", () => {
  const rows = drawn(60, 3, 15, (text, rng) => words(text) + 10 * noise(rng));
  const huge = rows.map((one) => ({ ...one, score: one.score * 1e305 }));
  const spoilt = [
    ...huge,
    { prompt: "p0", cluster: "c0", response: "x", score: Number.NaN },
    { prompt: "p1", cluster: "c1", response: "x", score: Number.POSITIVE_INFINITY },
    { prompt: "alone", cluster: "c", response: "x", score: 1 },
  ];
  const table = (list: readonly ScoredResponse[]): Correlates => correlates(list, { rng: rngFrom(16) });
  const clean = table(rows);
  const { correlates: same, leftOut, prompts, clusters, responses } = table(spoilt);
  assert.deepEqual(
    leftOut.map(({ count }) => count),
    [2, 1],
  );
  assert.deepEqual([prompts, clusters, responses], [60, 60, 180]);
  const [a, b] = [found(row(clean.correlates, "length").plain), found(row(same, "length").plain)];
  assert.ok(Math.abs(a.slope.point - b.slope.point) < 1e-9);
});

test("the same seed gives the same tables, and the level of the intervals is the one asked for", () => {
  const rows = drawn(40, 3, 17, (text, rng) => words(text) + noise(rng));
  const made = (seed: number) => correlates(rows, { rng: rngFrom(seed), level: 0.9 });
  assert.deepEqual(made(1), made(1));
  assert.notDeepEqual(made(1).shuffled, made(2).shuffled);
  assert.equal(found(row(made(1).correlates, "length").plain).slope.interval.level, 0.9);
});
