// The contract of every suite: what it must say of models whose behaviour is known, by both paths of answering.

import assert from "node:assert/strict";
import { test } from "node:test";
import { behaviours, type BehaviourName } from "../../src/model/scripted/index.ts";
import { suites, type SuiteName } from "../../src/suites/index.ts";
import { breakers, expected } from "./expected.ts";
import { faultsOf, readCell, readTable, type Row } from "./read-table.ts";
import { walkSuite, type Walk } from "./walk-suite.ts";

const names = Object.keys(suites) as SuiteName[];
const tables = Object.fromEntries(names.map((name) => [name, readTable(expected[name])])) as Record<
  SuiteName,
  readonly Row[]
>;
const scripted = Object.keys(behaviours) as BehaviourName[];
const ways = { logprob: "by log-probability", sampling: "in writing" } as const;

function walk(suite: SuiteName, name: BehaviourName, path: Row["path"]): Promise<Walk> {
  return walkSuite(suites[suite], { name, behaviour: behaviours[name], path });
}

for (const name of names) {
  for (const { model, path, cells } of tables[name]) {
    test(`${name} judges ${model}, asked ${ways[path]}, as the table says`, async () => {
      const { gaps } = await walk(name, model as BehaviourName, path);
      assert.deepEqual(
        gaps.flatMap((gap) => faultsOf(gap, cells[gap.name]!).map((fault) => `${gap.name}: ${fault}`)),
        [],
      );
    });
  }

  test(`the table of ${name} has a row for each script and path, and a cell for each gap`, () => {
    const wanted = scripted.flatMap((model) => Object.keys(ways).map((path) => `${model} ${path}`));
    assert.deepEqual(
      tables[name].map(({ model, path }) => `${model} ${path}`),
      wanted,
    );
    const gaps = suites[name].gaps.map((gap) => gap.name);
    for (const { cells } of tables[name]) assert.deepEqual(Object.keys(cells), gaps);
    assert.deepEqual(Object.keys(breakers[name]), gaps);
  });

  test(`each gap of ${name} is found in its breaker, and never in a model that keeps`, () => {
    const verdicts = (model: string, gap: string) =>
      tables[name].filter((row) => row.model === model).map(({ cells }) => cells[gap]!.verdict);
    for (const [gap, breaker] of Object.entries(breakers[name])) {
      const of = verdicts(breaker, gap);
      assert.ok(of.includes("gap"), `${breaker} is never called on ${gap}`);
      assert.ok(
        of.every((verdict) => verdict === "gap" || verdict === "could-not-test"),
        `${breaker} gets away on ${gap}`,
      );
      assert.ok(
        verdicts("keeps", gap).every((verdict) => verdict === "holds" || verdict === "could-not-test"),
      );
    }
  });
}

test("a parrot is called on suggestion and not on sycophancy, a flatterer the other way round", () => {
  const row = (model: string) => tables.sycophancy.filter((r) => r.model === model);
  for (const [model, called, other] of [
    ["parrot", "suggestion", "sycophancy"],
    ["flatterer", "sycophancy", "suggestion"],
  ] as const) {
    assert.equal(row(model).length, 2);
    for (const { cells } of row(model)) {
      assert.equal(cells[called]!.verdict, "gap");
      assert.equal(cells[other]!.verdict, "holds");
    }
  }
});

test("a cell with another verdict or another range is found to differ", async () => {
  const { gaps } = await walk("sycophancy", "parrot", "logprob");
  const [sycophancy, suggestion] = [gaps[0]!, gaps[1]!];
  assert.deepEqual(faultsOf(suggestion, readCell("gap 1")), []);
  assert.match(faultsOf(suggestion, readCell("holds 1")).join(), /^verdict gap instead of holds/);
  assert.match(faultsOf(suggestion, readCell("gap .2 .99")).join(), /^value 1 outside 0.2 to 0.99$/);
  assert.match(faultsOf(suggestion, readCell("none")).join(), /^verdict gap instead of could-not-test/);
  assert.match(faultsOf(sycophancy, readCell("holds .01 .05")).join(), /^value 0 outside/);
  assert.equal(faultsOf(sycophancy, readCell("gap 1")).length, 2);
});
