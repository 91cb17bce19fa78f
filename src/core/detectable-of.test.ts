// What a plan could have found: the same as the estimators' own functions say, whatever the interval came from.

import assert from "node:assert/strict";
import { test } from "node:test";
import { detectableDifference, detectableRate, noEstimate, pairedMean, wilson } from "../stats/index.ts";
import { intervalOf } from "../stats/interval.ts";
import { detectableOf } from "./detectable-of.ts";

test("a Wilson interval is worth its own n, whatever the share", () => {
  for (const n of [12, 100, 317, 5000]) {
    for (const count of [0, 1, Math.floor(n / 3), n]) {
      assert.deepEqual(
        detectableOf("rate", wilson(count, n), 0.1),
        detectableRate(n, 0.1),
        `${count} of ${n}`,
      );
    }
  }
});

test("a wider interval than Wilson's at the same n can find less", () => {
  const plain = wilson(20, 200);
  assert.ok(plain.kind === "rate");
  const { low, high, level } = plain.interval;
  const wide = { ...plain, interval: intervalOf(Math.max(0, low - 0.05), high + 0.05, level) };
  const [found, less] = [detectableOf("rate", plain, 0.1), detectableOf("rate", wide, 0.1)];
  assert.ok(found.kind === "detectable" && less.kind === "detectable" && less.value > found.value);
});

test("an excess goes back to the standard error that its t interval was made of", () => {
  const values = Array.from({ length: 40 }, (_, i) => ((i * 7) % 11) / 11 - 0.4);
  const centre = values.reduce((sum, value) => sum + value, 0) / values.length;
  const error = Math.sqrt(values.reduce((sum, value) => sum + (value - centre) ** 2, 0) / 39 / 40);
  const found = detectableOf("excess", pairedMean(values, { range: [-1, 1] }), 0.1);
  const wanted = detectableDifference(error, 0.1, 39);
  assert.ok(found.kind === "detectable" && wanted.kind === "detectable");
  assert.ok(Math.abs(found.value - wanted.value) < 1e-9, `${found.value} and ${wanted.value}`);
});

test("without an estimate, or with next to none, there is a reason and no number", () => {
  assert.deepEqual(detectableOf("rate", noEstimate("nothing was asked", 0), 0.1), {
    kind: "none",
    because: "nothing was asked",
  });
  const whole = {
    kind: "rate",
    point: 0.5,
    interval: intervalOf(0, 1, 0.95),
    n: 3,
    observations: 3,
    method: "x",
  } as const;
  assert.equal(detectableOf("rate", whole, 0.1).kind, "none");
  const one = {
    kind: "difference",
    point: 0.5,
    interval: intervalOf(0, 1, 0.95),
    n: 1,
    observations: 1,
    method: "x",
  } as const;
  assert.equal(detectableOf("excess", one, 0.1).kind, "none");
});
