// Tests of figures: digits, signs, and what is never left out.

import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import {
  count,
  figures,
  inUnitOf,
  points,
  share,
  typeset,
  whole,
  withInterval,
  type Measured,
} from "./figures.ts";

const measured = (
  kind: "rate" | "excess",
  point: number,
  low: number,
  high: number,
  n = 140,
  observations = n,
): Measured => ({ kind, point, low, high, level: 0.95, n, observations, method: "Wilson score" });
/** With plain spaces, as one reads it. */
const plain = (text: string) => text.replace(/[\u00a0\u202f]/g, " ");

test("a rate is written in percent with its interval, to as many digits as the interval bears", () => {
  assert.equal(plain(withInterval(measured("rate", 0.312, 0.244, 0.391))), "31 % [24, 39]");
  assert.equal(plain(withInterval(measured("rate", 0.312, 0.291, 0.331))), "31.2 % [29.1, 33.1]");
  assert.equal(plain(withInterval(measured("rate", 0, 0, 0.0124))), "0.0 % [0.0, 1.2]");
  assert.equal(plain(withInterval(measured("rate", 1, 0.9, 1))), "100 % [90, 100]");
});

test("an excess is signed, with a real minus sign, in percentage points", () => {
  assert.equal(plain(withInterval(measured("excess", 0.31, 0.2, 0.42))), "+31 pp [+20, +42]");
  assert.equal(plain(withInterval(measured("excess", -0.31, -0.42, -0.2))), "−31 pp [−42, −20]");
  assert.equal(plain(withInterval(measured("excess", -0.001, -0.2, 0.2))), "0 pp [−20, +20]");
});

test("an end beside the margin never looks as if it lay on it", () => {
  assert.equal(
    plain(withInterval(measured("rate", 0.2, 0.1004, 0.3), "percent", 0.1)),
    "20.0 % [10.0, 30.0]",
  );
  assert.equal(plain(withInterval(measured("rate", 0.2, 0.104, 0.3), "percent", 0.1)), "20.0 % [10.4, 30.0]");
  assert.equal(
    plain(withInterval(measured("excess", -0.2, -0.3, -0.104), "percent", 0.1)),
    "−20.0 pp [−30.0, −10.4]",
  );
  assert.equal(plain(withInterval(measured("rate", 0.2, 0.1, 0.3), "percent", 0.1)), "20 % [10, 30]");
});

test("a decimal keeps two or three digits", () => {
  assert.equal(plain(withInterval(measured("rate", 0.2134, 0.18, 0.25), "decimal")), "0.213 [0.180, 0.250]");
  assert.equal(plain(withInterval(measured("rate", 0.79, 0.6, 0.9), "decimal")), "0.79 [0.60, 0.90]");
});

test("n is told, and the answers behind it where they are more", () => {
  assert.equal(plain(count(measured("rate", 0.1, 0, 0.2, 75))), "n = 75");
  assert.equal(plain(count(measured("rate", 0.1, 0, 0.2, 75, 1200))), "n = 75 (1 200 cases)");
  assert.equal(plain(count({ kind: "none", because: "x", n: 3 })), "n = 3");
});

test("the plan's own shares are short", () => {
  assert.deepEqual(
    [
      share(0.1),
      share(0.125),
      points(0.1, false),
      points(-0.084),
      inUnitOf({ kind: "excess" }, 0.2),
      inUnitOf({ kind: "rate" }, 0.14000000000000001),
      inUnitOf({ kind: "excess", unit: "sd" }, 0.256),
      inUnitOf({ kind: "excess", unit: "sd" }, 0.1, false),
    ].map(plain),
    ["10 %", "12.5 %", "10 pp", "−8.4 pp", "+20 pp", "14 %", "+0.26 SD", "0.10 SD"],
  );
});

test("thousands are parted, and a fraction is left as it is", () => {
  assert.deepEqual([whole(98362432), whole(999), whole(-1000), whole(0.123456)].map(plain), [
    "98 362 432",
    "999",
    "−1 000",
    "0.123456",
  ]);
});

test("a sentence from elsewhere gets minus signs and no lonely percent sign, and its words keep their hyphens", () => {
  assert.equal(
    typeset("Q4-1 over-refusal: -3.1 % (-5 % to 2 %), 2026-11-24"),
    "Q4-1 over-refusal: −3.1\u00a0% (−5\u00a0% to 2\u00a0%), 2026-11-24",
  );
});

test("what is written never says more or less than was measured, within the last digit", () => {
  const unit = fc.double({ min: 0, max: 1, noNaN: true });
  fc.assert(
    fc.property(fc.tuple(unit, unit, unit), (values) => {
      const [low, point, high] = values.toSorted((a, b) => a - b) as [number, number, number];
      const written = figures(measured("rate", point, low, high));
      for (const [text, value] of [
        [written.bare, point],
        [written.low, low],
        [written.high, high],
      ] as const) {
        const decimals = text.split(".")[1]?.length ?? 0;
        assert.ok(
          Math.abs(Number(text) - value * 100) <= 0.5 * 10 ** -decimals + 1e-9,
          `${text} for ${value * 100}`,
        );
      }
      assert.ok(Number(written.low) <= Number(written.bare) && Number(written.bare) <= Number(written.high));
    }),
    { seed: 11 },
  );
});
