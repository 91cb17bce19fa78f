// The stored confusion matrix of kinds keeps the bars that were set for it, and rows of it come out again.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";
import { test } from "node:test";
import { wilson } from "../../../src/stats/wilson.ts";
import { judge, kindsOf, sets, type Judged } from "./kinds.ts";

const rows = JSON.parse(
  readFileSync(path.join(import.meta.dirname, "kinds.json"), "utf8"),
) as readonly Judged[];

const rightOf = ({ planted }: Judged) => (planted === "none" ? "none seen" : planted);

const of = (set: string, planted?: string) =>
  rows.filter((row) => row.set === set && (planted === undefined || row.planted === planted));

function sharesOf(all: readonly Judged[]) {
  const named = all.filter((row) => row.named !== "can't tell");
  const right = named.filter((row) => row.named === rightOf(row));
  return {
    right: wilson(right.length, named.length),
    unknown: wilson(all.length - named.length, all.length),
  };
}

test("each set holds at least 50 different worlds of each of its kinds", () => {
  for (const set of sets) {
    assert.deepEqual([...new Set(of(set).map(({ planted }) => planted))], kindsOf[set]);
    for (const planted of kindsOf[set])
      assert.ok(new Set(of(set, planted).map(({ world }) => world)).size >= 50, `${set}, ${planted}`);
  }
});

for (const set of ["tuning", "held out"]) {
  test(`${set}: of those named 80 % are right, with their whole interval, and at most 20 % can't be told`, () => {
    const { right, unknown } = sharesOf(of(set));
    assert.ok(right.kind === "rate" && right.interval.low >= 0.8, JSON.stringify(right));
    assert.ok(unknown.kind === "rate" && unknown.interval.high <= 0.2, JSON.stringify(unknown));
  });

  for (const planted of kindsOf.tuning)
    test(`${set}: the same of ${planted} alone, as points`, () => {
      const { right, unknown } = sharesOf(of(set, planted));
      assert.ok(right.kind === "rate" && right.point >= 0.8, JSON.stringify(right));
      assert.ok(unknown.kind === "rate" && unknown.point <= 0.2, JSON.stringify(unknown));
    });

  for (const named of ["causal", "adversarial", "extremal", "regressional", "none seen"])
    test(`${set}: of the worlds called ${named} at least 80 % are`, () => {
      const called = of(set).filter((row) => row.named === named);
      const right = called.filter((row) => row.named === rightOf(row)).length;
      assert.ok(right >= 0.8 * called.length, `${right} of ${called.length}`);
    });
}

test("without a grader nothing is called causal, without labels and texts nothing adversarial", () => {
  for (const { named, also, planted } of of("withheld"))
    assert.ok(![named, ...also].some((kind) => kind === "causal" || kind === "adversarial"), planted);
});

test("stored rows come out again, one of each kind", async () => {
  for (const planted of kindsOf["held out"])
    assert.deepEqual(await judge("held out", planted, 7), of("held out", planted)[7]);
});
