// Two intervals to one: figures in print, laws, and coverage with and without shared units.

import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { independentDifference, type Ends } from "./independent-difference.ts";
import { rngFrom } from "./rng.ts";
import { wilson } from "./wilson.ts";

const share = (successes: number, n: number): Ends => {
  const found = wilson(successes, n);
  assert.ok(found.kind === "rate");
  return { ...found, ...found.interval };
};

function ends(from: Ends, to: Ends, shared: "nothing" | "units" = "nothing") {
  const found = independentDifference(from, to, { shared });
  assert.ok(found.kind === "difference");
  return { ...found.interval, point: found.point, n: found.n };
}

test("two Wilson intervals give the figures of Newcombe's method 10", () => {
  for (const [[a, m], [b, n], low, high] of [
    [[56, 70], [48, 80], 0.0524, 0.3339],
    [[9, 10], [3, 10], 0.1705, 0.809],
    [[6, 7], [2, 7], 0.0582, 0.8062],
    [[5, 56], [0, 29], -0.0381, 0.1926],
  ] as const) {
    const found = ends(share(b, n), share(a, m));
    assert.ok(Math.abs(found.low - low) < 6e-5 && Math.abs(found.high - high) < 6e-5, JSON.stringify(found));
    assert.equal(found.n, Math.min(m, n));
  }
});

const estimate = fc
  .tuple(fc.double({ min: -1, max: 1, noNaN: true }), fc.double({ min: 0, max: 1, noNaN: true }))
  .chain(([low, width]) =>
    fc
      .double({ min: 0, max: 1, noNaN: true })
      .map((at) => ({ low, high: low + width, point: low + at * width, level: 0.95, n: 9, observations: 9 })),
  );

test("it changes sign with its order, holds its point, and is no narrower where units may be shared", () => {
  fc.assert(
    fc.property(estimate, estimate, (a, b) => {
      const [there, back, safe] = [ends(a, b), ends(b, a), ends(a, b, "units")];
      assert.ok(
        Math.abs(there.low + back.high) < 1e-12 &&
          Math.abs(there.point - b.point + a.point) < 1e-12 &&
          safe.low <= there.low + 1e-12 &&
          there.low <= there.point &&
          there.high <= safe.high + 1e-12,
      );
    }),
  );
});

/** Share of 1,500 simulated pairs of samples of 60 whose interval holds the true difference 0.3. */
function coverage(shared: "nothing" | "units", dependent: boolean): number {
  const rng = rngFrom("coverage");
  let held = 0;
  for (let i = 0; i < 1500; i++) {
    let [a, b] = [0, 0];
    for (let j = 0; j < 60; j++) {
      const u = rng.uniform();
      // The same number read from its other end: as opposed as two shares can be.
      const v = dependent ? 1 - u : rng.uniform();
      if (u < 0.35) a++;
      if (v < 0.65) b++;
    }
    const { low, high } = ends(share(a, 60), share(b, 60), shared);
    if (low <= 0.3 && 0.3 <= high) held++;
  }
  return held / 1500;
}

test("it covers as said: independent samples at 95 %, opposed ones only where sharing is allowed for", () => {
  const independent = coverage("nothing", false);
  assert.ok(independent > 0.935 && independent < 0.97, String(independent));
  assert.ok(coverage("nothing", true) < 0.9);
  assert.ok(coverage("units", true) > 0.935);
});

test("other levels give a reason, and a point outside its interval is refused", () => {
  const one = share(3, 10);
  assert.equal(independentDifference(one, { ...one, level: 0.9 }, { shared: "nothing" }).kind, "none");
  assert.throws(() => independentDifference({ ...one, low: 0.5 }, one, { shared: "units" }), RangeError);
});
