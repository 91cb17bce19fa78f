import assert from "node:assert/strict";
import { test } from "node:test";

import { tCritical } from "../stats/critical-value.ts";
import { tPValue } from "./t-p-value.ts";

test("the p-value of a critical value is one minus its level, at odd and even degrees of freedom", () => {
  for (const df of [1, 2, 3, 4, 9, 40, 999]) {
    for (const level of [0.05, 0.5, 0.95, 0.9999]) {
      const p = tPValue(tCritical(level, df), df);
      assert.ok(Math.abs(p - (1 - level)) < 1e-9, `df ${df}, level ${level}: ${p}`);
      assert.equal(tPValue(-tCritical(level, df), df), p);
    }
  }
});

test("the p-value is 1 at 0, never 0, and refuses what is no t statistic", () => {
  assert.equal(tPValue(0, 7), 1);
  for (const t of [1e3, 1e300, Infinity]) assert.equal(tPValue(t, 300), 1e-12);
  for (const [t, df] of [
    [Number.NaN, 3],
    [1, 0],
    [1, 2.5],
  ] as const)
    assert.throws(() => tPValue(t, df), RangeError);
});
