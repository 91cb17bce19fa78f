// Measures the coverage of every estimator again, as coverage.ts did, and compares. Some minutes.

import assert from "node:assert/strict";
import { test } from "node:test";

import { studies } from "./coverage.ts";
import stored from "./coverage.json" with { type: "json" };
import { rowOf, type Row } from "./study.ts";

for (const study of studies.filter(({ quick }) => !quick)) {
  test(`coverage of ${study.estimator}, ${study.design}, is what is stored`, () => {
    const found = rowOf(study);
    const wanted = (stored as readonly Row[]).find(
      ({ estimator, design }) => estimator === study.estimator && design === study.design,
    );
    assert.ok(wanted !== undefined, "is not stored: run test/golden/stats/coverage.ts");
    // The last bit of a logarithm may differ between machines, and turn one sample.
    const tolerance = study.samples === 0 ? 1e-4 : 2 / study.samples + 1e-4;
    for (const figure of ["mean", "minimum", "maximum"] as const) {
      assert.ok(
        Math.abs((found[figure] ?? 0) - (wanted[figure] ?? 0)) <= tolerance,
        `${figure} ${found[figure]} is not ${wanted[figure]}`,
      );
    }
  });
}
