// The widened interval holds both that of the flags and that of the flags corrected for the scorer's errors.

import assert from "node:assert/strict";
import { test } from "node:test";
import { misclassificationAdjusted } from "./misclassification-adjusted.ts";
import { widenedByErrors } from "./widened-by-errors.ts";
import { wilson } from "./wilson.ts";

const errors = { falsePositives: { count: 47, n: 813 }, falseNegatives: { count: 76, n: 737 } };
const flagsOf = (flagged: number, n: number) => ({ flagged, n, ...errors });

test("the interval is never narrower than without the errors, nor than with them", () => {
  let wider = 0;
  for (const n of [20, 60, 100, 300]) {
    for (let flagged = 0; flagged <= n; flagged += Math.ceil(n / 20)) {
      const raw = wilson(flagged, n);
      const widened = widenedByErrors(raw, flagsOf(flagged, n));
      assert.ok(raw.kind === "rate" && widened.kind === "rate");
      assert.equal(widened.point, raw.point);
      const adjusted = misclassificationAdjusted(flagsOf(flagged, n));
      for (const inner of [raw, adjusted]) {
        if (inner.kind === "none") continue;
        assert.ok(widened.interval.low <= inner.interval.low && widened.interval.high >= inner.interval.high);
      }
      if (widened.interval.high - widened.interval.low > raw.interval.high - raw.interval.low) wider++;
    }
  }
  assert.ok(wider > 40, `only ${wider} intervals were widened`);
});

test("where nothing or all is flagged and no rate fits the errors, the share keeps its own interval", () => {
  for (const flagged of [0, 100]) {
    assert.equal(misclassificationAdjusted(flagsOf(flagged, 100)).kind, "none");
    assert.deepEqual(widenedByErrors(wilson(flagged, 100), flagsOf(flagged, 100)), wilson(flagged, 100));
  }
});

test("a scorer no better than chance, or too few labels, leaves no rate", () => {
  const chance = { falsePositives: { count: 100, n: 200 }, falseNegatives: { count: 100, n: 200 } };
  const few = { falsePositives: { count: 0, n: 10 }, falseNegatives: { count: 0, n: 10 } };
  for (const measured of [chance, few])
    assert.equal(widenedByErrors(wilson(30, 100), { flagged: 30, n: 100, ...measured }).kind, "none");
});
