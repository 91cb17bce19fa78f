import assert from "node:assert/strict";
import { test } from "node:test";

import { clopperPearson, noEstimate, wilson } from "../stats/index.ts";
import { pByInversion } from "./p-by-inversion.ts";

const near = (a: number, b: number) => assert.ok(Math.abs(a - b) < 1e-6, `${a} is not ${b}`);

test("Clopper and Pearson's interval turned round is the exact sign test", () => {
  // 9 of 10 by chance or further out: 2 (10 + 1) / 2^10.
  near(
    pByInversion((level) => clopperPearson(9, 10, { level }), 0.5),
    22 / 1024,
  );
  near(
    pByInversion((level) => clopperPearson(0, 5, { level }), 0.5),
    2 / 32,
  );
});

test("Wilson's interval turned round is the score test", () => {
  // z = (60 - 50) / 5 = 2
  near(
    pByInversion((level) => wilson(60, 100, { level }), 0.5),
    0.0455002639,
  );
});

test("a value that is the point has p 1, one that is far off the least there is, and no estimate refutes nothing", () => {
  assert.equal(
    pByInversion((level) => wilson(5, 10, { level }), 0.5),
    1,
  );
  near(
    pByInversion((level) => wilson(0, 9000, { level }), 0.5),
    1e-12,
  );
  assert.equal(
    pByInversion(() => noEstimate("nothing was seen", 0), 0.5),
    1,
  );
});
