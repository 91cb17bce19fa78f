// Agreement of labels: what is counted, the ruler beside it, the bounds where labels are missing, and where there are no labels.

import assert from "node:assert/strict";
import { test } from "node:test";
import { rngFrom } from "../stats/rng.ts";
import { labelAgreement } from "./label-agreement.ts";
import type { Score, SpecificationRow } from "./specification-row.ts";

type Given = {
  readonly proxy?: number;
  readonly gold?: number;
  readonly response?: string;
  readonly cluster?: string;
};

const score = (value: number | undefined): Score =>
  value === undefined ? { kind: "unscored", because: "refused" } : { kind: "scored", value };

const rowsOf = (given: readonly Given[]) =>
  given.map(({ proxy, gold, response, cluster }, i): SpecificationRow => ({
    place: `line ${i + 2}`,
    prompt: `p${i}`,
    cluster: cluster ?? `p${i}`,
    ...(response === undefined ? {} : { response }),
    proxy: score(proxy),
    gold: score(gold),
  }));

const times = (count: number, given: Given) => Array.from({ length: count }, () => given);

function agreement(given: readonly Given[]) {
  const { descriptors, tallies, notes } = labelAgreement(rowsOf(given), rngFrom(1));
  const found = (name: string) => {
    const estimate = descriptors.find((one) => one.name === name)?.estimate;
    if (estimate === undefined || estimate.kind === "none")
      return assert.fail(`${name}: ${estimate?.because ?? "absent"}`);
    return estimate;
  };
  return {
    names: descriptors.map(({ name }) => name),
    found,
    point: (name: string) => Number(found(name).point.toFixed(10)),
    because: (name: string) => {
      const estimate = descriptors.find((one) => one.name === name)?.estimate;
      return estimate?.kind === "none" ? estimate.because : undefined;
    },
    tallies,
    notes,
  };
}

/** 30 found, 20 missed, 10 false alarms, 40 kept. */
const table = [
  ...times(30, { proxy: 1, gold: 1 }),
  ...times(20, { proxy: 0, gold: 1 }),
  ...times(10, { proxy: 1, gold: 0 }),
  ...times(40, { proxy: 0, gold: 0 }),
];

test("the counts of a table give accuracy, kappa, both rates and their paired difference", () => {
  const { names, point, found, tallies, notes } = agreement(table);
  assert.deepEqual(names, [
    "accuracy",
    "kappa",
    "proxy rate",
    "gold rate",
    "ones found",
    "zeros kept",
    "proxy rate minus gold rate",
  ]);
  assert.deepEqual(names.map(point), [0.7, 0.4, 0.4, 0.5, 0.6, 0.8, -0.1]);
  assert.equal(found("proxy rate minus gold rate").kind, "difference");
  assert.deepEqual(
    names.map((name) => found(name).n),
    [100, 100, 100, 100, 50, 50, 100],
  );
  assert.deepEqual(tallies, [
    {
      label: "Samples by label",
      counts: {
        "proxy 0, gold 0": 40,
        "proxy 0, gold 1": 20,
        "proxy 1, gold 0": 10,
        "proxy 1, gold 1": 30,
      },
    },
  ]);
  assert.deepEqual(notes, []);
});

test("samples of one cluster count as one unit, and widen every interval", () => {
  const width = (of: ReturnType<typeof agreement>, name: string) =>
    of.found(name).interval.high - of.found(name).interval.low;
  const alone = agreement(times(3, {}).flatMap(() => table));
  const together = agreement(
    times(3, {}).flatMap(() => table.map((given, i) => ({ ...given, cluster: `c${i}` }))),
  );
  for (const name of alone.names) {
    assert.equal(alone.point(name), together.point(name));
    assert.ok(width(together, name) > 1.5 * width(alone, name), name);
    assert.equal(together.found(name).observations, 3 * together.found(name).n);
  }
});

test("labels of more than two values get accuracy and kappa, and no rate of ones", () => {
  const { names, point } = agreement([
    ...times(20, { proxy: 1, gold: 1 }),
    ...times(20, { proxy: 2, gold: 2 }),
    ...times(10, { proxy: 3, gold: 2 }),
  ]);
  assert.deepEqual(names, ["accuracy", "kappa"]);
  assert.equal(point("accuracy"), 0.8);
});

test("graded scores, and labels of another kind than the gold's, give nothing", () => {
  const none = { descriptors: [], tallies: [], notes: [] };
  const rng = rngFrom(1);
  const graded = Array.from({ length: 100 }, (_, i) => ({ proxy: (i % 11) / 10, gold: i % 2 }));
  assert.deepEqual(labelAgreement(rowsOf(graded), rng), none);
  const few = [0.1, 0.7, 0.3, 0.9].map((proxy, i) => ({ proxy, gold: [0.1, 0.8, 0.3, 0.9][i]! }));
  assert.deepEqual(labelAgreement(rowsOf(few), rng), none);
  const other = Array.from({ length: 40 }, (_, i) => ({ proxy: (i % 2) + 5, gold: i % 2 }));
  assert.deepEqual(labelAgreement(rowsOf(other), rng), none);
  assert.deepEqual(labelAgreement(rowsOf(times(40, { gold: 1 })), rng), none);
  assert.deepEqual(labelAgreement([], rng), none);
});

test("where the gold is a matter of length alone the ruler has it, and the proxy's accuracy is nothing beyond it", () => {
  const given = Array.from({ length: 200 }, (_, i): Given => {
    const gold = i % 2;
    return {
      gold,
      proxy: i % 10 < 2 ? 1 - gold : gold,
      response: "x".repeat(gold === 1 ? 60 + i : 10 + (i % 40)),
    };
  });
  const { point, found } = agreement(given);
  assert.equal(point("accuracy"), 0.8);
  assert.ok(point("length ruler, labels") > 0.97);
  const { high, low } = found("accuracy beyond the length ruler").interval;
  assert.ok(high < -0.1 && low > -0.3, `${low} to ${high}`);
});

test("texts of one length stand on one side of the cut", () => {
  const given = [
    ...times(50, { proxy: 1, gold: 1, response: "short" }),
    ...times(30, { proxy: 1, gold: 1, response: "rather longer" }),
    ...times(40, { proxy: 0, gold: 0, response: "rather longer" }),
  ];
  assert.equal(agreement(given).point("length ruler, labels"), 90 / 120);
});

test("searching for a cut costs nothing: where length says nothing the ruler is no better than chance", () => {
  const rng = rngFrom(5);
  let total = 0;
  const rounds = 40;
  for (let r = 0; r < rounds; r++) {
    const given = Array.from({ length: 60 }, () => ({
      proxy: rng.int(2),
      gold: rng.int(2),
      response: "x".repeat(rng.int(500)),
    }));
    total += agreement(given).point("length ruler, labels");
  }
  // On the same prompts the best cut would be right in some 0.6 of samples.
  assert.ok(Math.abs(total / rounds - 0.5) < 0.04, String(total / rounds));
});

test("the ruler's cut comes from other clusters than the sample it is used on", () => {
  // Each cluster has its own length, which gives its label away to whoever may look at it.
  const rng = rngFrom(6);
  const given = Array.from({ length: 60 }, (_, c) => ({ gold: rng.int(2), length: 10 * c })).flatMap(
    ({ gold, length }, c) => times(5, { gold, proxy: gold, response: "x".repeat(length), cluster: `c${c}` }),
  );
  assert.ok(agreement(given).point("length ruler, labels") < 0.7);
});

test("where some responses are missing the accuracy beside the ruler is over those that are there", () => {
  const given = table.map((one, i) => (i % 2 === 0 ? { ...one, response: "x".repeat(i) } : one));
  const { descriptors } = labelAgreement(rowsOf(given), rngFrom(1));
  const ruler = descriptors.find(({ name }) => name === "length ruler, labels");
  assert.match(ruler!.label, /over the 50 samples with a response/);
  assert.ok(ruler!.estimate.kind === "rate" && ruler!.estimate.n === 50);
  const one = agreement(times(40, { proxy: 1, gold: 1, response: "x", cluster: "c" }));
  assert.match(one.because("length ruler, labels")!, /found on other prompts/);
});

test("missing labels are bounded both ways: no way to fill them in goes beyond", () => {
  const given = [
    ...table,
    ...times(4, { gold: 1 }),
    ...times(3, { gold: 0 }),
    ...times(2, { proxy: 1 }),
    ...times(5, { proxy: 0 }),
    ...times(2, {}),
  ];
  const { names, point, tallies, notes } = agreement(given);
  assert.equal(point("accuracy"), 0.7);
  assert.equal(point("ones found"), 0.6);
  const rates = ["accuracy", "proxy rate", "gold rate", "ones found", "zeros kept"];
  assert.deepEqual(
    names.filter((name) => name.endsWith("est")),
    rates.flatMap((name) => [`${name}, lowest`, `${name}, highest`]),
  );
  assert.deepEqual(
    rates.map((name) => [point(`${name}, lowest`), point(`${name}, highest`)]),
    [
      [70 / 116, 86 / 116],
      [42 / 116, 51 / 116],
      [54 / 116, 63 / 116],
      [30 / (50 + 4 + 5 + 2), (30 + 4 + 2 + 2) / (50 + 4 + 2 + 2)],
      [40 / (50 + 3 + 2 + 2), (40 + 3 + 5 + 2) / (50 + 3 + 5 + 2)],
    ].map((pair) => pair.map((value) => Number(value!.toFixed(10)))),
  );
  const rng = rngFrom(9);
  for (let fill = 0; fill < 50; fill++) {
    const filled = agreement(given.map(({ proxy = rng.int(2), gold = rng.int(2) }) => ({ proxy, gold })));
    for (const name of rates) {
      const value = filled.point(name);
      assert.ok(point(`${name}, lowest`) <= value && value <= point(`${name}, highest`), name);
    }
  }
  assert.equal(tallies[0]!.counts["proxy none, gold 1"], 4);
  assert.equal(tallies[0]!.counts["proxy none, gold none"], 2);
  assert.match(notes.join(), /^16 of 116 samples lack the proxy's label or the gold's/);
});

test("a gold of one value alone gives what can be given, and a reason for the rest", () => {
  const { because, point } = agreement([
    ...times(30, { proxy: 1, gold: 1 }),
    ...times(5, { proxy: 0, gold: 1 }),
  ]);
  assert.equal(point("ones found"), Number((30 / 35).toFixed(10)));
  assert.match(because("zeros kept")!, /a gold of 0/);
  assert.match(because("kappa")!, /at least 10 independent units/);
});

test("the same seed gives the same ruler, and 10,000 samples are done at once", () => {
  const rng = rngFrom(2);
  const given = Array.from({ length: 10_000 }, () => ({
    proxy: rng.int(2),
    gold: rng.int(2),
    response: "x".repeat(rng.int(300)),
  }));
  assert.deepEqual(
    labelAgreement(rowsOf(given), rngFrom(1)).descriptors,
    labelAgreement(rowsOf(given), rngFrom(1)).descriptors,
  );
});
