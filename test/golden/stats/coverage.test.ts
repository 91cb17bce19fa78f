// The measured coverage keeps its bars, and what can be measured in seconds is measured again. (All of it:
// coverage.long.test.ts.)

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";

import { studies } from "./coverage.ts";
import stored from "./coverage.json" with { type: "json" };
import { faultOf, rowOf, type Row } from "./study.ts";
import { coverageCells, withCoverage } from "./table.ts";

const rows = stored as readonly Row[];

test("the stored coverage is that of today's studies", () => {
  const names = (list: readonly { estimator: string; design: string; samples: number; promise: string }[]) =>
    list.map(({ estimator, design, samples, promise }) => ({ estimator, design, samples, promise }));
  assert.deepEqual(names(rows), names(studies));
});

test("every stored coverage keeps what its estimator promises", () => {
  assert.deepEqual(
    rows.map(faultOf).filter((fault) => fault !== undefined),
    [],
  );
});

test("every estimator that promises an interval is studied, above and below the least n that it states", () => {
  const names = new Set(rows.map(({ estimator }) => estimator));
  for (const name of [
    "pairedProportions",
    "pairedMean",
    "mean",
    "clusteredRate",
    "clusteredDifference",
    "clusteredDifference (signs)",
  ]) {
    assert.ok(names.has(name) && names.has(`${name}, below its least n`), name);
  }
});

test("docs/stats.md has a row for every estimator, with the stored coverage", () => {
  const page = readFileSync(join(import.meta.dirname, "../../../docs/stats.md"), "utf8");
  assert.equal(withCoverage(page, rows), page);
  for (const [name, cell] of coverageCells(rows)) {
    assert.ok(
      page.split("\n").some((line) => line.startsWith("| ") && line.endsWith(`| ${cell} |`)),
      name,
    );
  }
  const spoilt = withCoverage(
    page,
    rows.map((row) => ({ ...row, minimum: row.minimum - 0.01 })),
  );
  assert.notEqual(spoilt, page);
});

test("the bars bite: a row that breaks its promise is a fault", () => {
  const row: Row = {
    estimator: "x",
    design: "y",
    promise: "floor",
    samples: 0,
    truths: 1,
    mean: 0.95,
    minimum: 0.9499,
    minimumAt: "here",
  };
  assert.match(faultOf(row) ?? "", /below \.95/);
  assert.equal(faultOf({ ...row, minimum: 0.95 }), undefined);
  assert.match(faultOf({ ...row, promise: "mean", mean: 0.944 }) ?? "", /mean/);
  assert.match(faultOf({ ...row, promise: "asymptotic", minimum: 0.929 }) ?? "", /below \.93/);
  assert.match(
    faultOf({ ...row, promise: "asymptotic", maximum: 0.971, maximumAt: "there" }) ?? "",
    /above \.97/,
  );
  assert.equal(faultOf({ ...row, promise: "asymptotic", samples: 2000, minimum: 0.921 }), undefined);
  assert.match(faultOf({ ...row, promise: "asymptotic", samples: 2000, minimum: 0.919 }) ?? "", /below \.93/);
});

for (const study of studies.filter(({ quick }) => quick)) {
  test(`coverage of ${study.estimator}, ${study.design}, is what is stored`, (context) => {
    const row = rowOf(study);
    sameAsStored(row);
    context.diagnostic(`mean ${row.mean}, minimum ${row.minimum} at ${row.minimumAt}`);
  });
}

function sameAsStored(row: Row): void {
  const wanted = rows.find(({ estimator, design }) => estimator === row.estimator && design === row.design);
  assert.ok(wanted !== undefined, "is not stored: run test/golden/stats/coverage.ts");
  // The last bit of a logarithm may differ between machines, and turn one sample.
  const tolerance = row.samples === 0 ? 1e-4 : 2 / row.samples + 1e-4;
  for (const figure of ["mean", "minimum", "maximum"] as const) {
    const [found = 0, expected = 0] = [row[figure], wanted[figure]];
    assert.ok(Math.abs(found - expected) <= tolerance, `${figure} ${found} is not ${expected}`);
  }
}
