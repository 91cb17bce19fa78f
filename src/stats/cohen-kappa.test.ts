// Kappa against sklearn and statsmodels, its laws, and what it refuses.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";
import { test } from "node:test";
import fc from "fast-check";
import { cohenKappa, type RatedTwice } from "./cohen-kappa.ts";
import type { Estimate } from "./estimate.ts";

type Case = {
  readonly table: readonly (readonly number[])[];
  readonly kappa: number;
  readonly se: number;
};

const reference = JSON.parse(
  readFileSync(path.join(import.meta.dirname, "../../test/golden/goodhart/kappa.json"), "utf8"),
) as { readonly small: readonly Case[]; readonly large: readonly Case[] };

/** Each item its own cluster. */
const itemsOf = (table: Case["table"]): readonly RatedTwice[] =>
  table
    .flatMap((row, first) =>
      row.flatMap((count, second) => Array.from({ length: count }, () => ({ first, second }))),
    )
    .map((item, i) => ({ ...item, cluster: String(i) }));

const measured = (estimate: Estimate) => {
  if (estimate.kind === "none") throw new Error(estimate.because);
  return { ...estimate, ...estimate.interval, width: estimate.interval.high - estimate.interval.low };
};

test("kappa is that of sklearn and statsmodels", () => {
  assert.equal(reference.small.length, 9);
  for (const { table, kappa } of reference.small) {
    const { point, low, high } = measured(cohenKappa(itemsOf(table)));
    assert.ok(Math.abs(point - kappa) < 1e-12, `${point} is not ${kappa}`);
    assert.ok(-1 <= low && low <= point && point <= high && high <= 1 && low < high);
  }
});

test("with 20,000 items the interval is the normal one with the standard error of statsmodels", () => {
  assert.equal(reference.large.length, 6);
  for (const { table, kappa, se } of reference.large) {
    const { low, high } = measured(cohenKappa(itemsOf(table)));
    const [below, above] = [(kappa - low) / (1.959964 * se), (high - kappa) / (1.959964 * se)];
    assert.ok(Math.abs(below - 1) < 0.03 && Math.abs(above - 1) < 0.03, `${below}, ${above}`);
  }
});

test("copies of an item in its own cluster tell nothing new", () => {
  const once = itemsOf(reference.large[0]!.table).filter((_, i) => i % 20 === 0);
  const thrice = once.flatMap((item) => [item, item, item]);
  const [one, three] = [measured(cohenKappa(once)), measured(cohenKappa(thrice))];
  assert.ok(Math.abs(one.point - three.point) < 1e-12);
  assert.ok(Math.abs(one.width / three.width - 1) < 0.02, `${one.width} and ${three.width}`);
  assert.deepEqual([three.n, three.observations], [1000, 3000]);
  const apart = thrice.map((item, i) => ({ ...item, cluster: String(i) }));
  assert.ok(Math.abs(one.width / measured(cohenKappa(apart)).width / Math.sqrt(3) - 1) < 0.05);
});

test("it does not ask who is first, what the categories are called or in which order the items come", () => {
  const category = fc.integer({ min: 0, max: 3 });
  const tables = fc.array(fc.tuple(category, category), { minLength: 40, maxLength: 90 });
  let estimated = 0;
  fc.assert(
    fc.property(tables, (pairs) => {
      const items = pairs.map(([first, second], i) => ({ first, second, cluster: String(i) }));
      const found = cohenKappa(items);
      const turned = cohenKappa(
        items
          .map(({ first, second, cluster }) => ({ first: `x${second}`, second: `x${first}`, cluster }))
          .toReversed(),
      );
      if (found.kind === "none") return assert.deepEqual(found, turned);
      estimated++;
      const [one, other] = [measured(found), measured(turned)];
      for (const end of ["point", "low", "high"] as const) assert.ok(Math.abs(one[end] - other[end]) < 1e-9);
      assert.ok(one.low <= one.point && one.point <= one.high);
    }),
    { seed: 3, numRuns: 100 },
  );
  assert.ok(estimated > 50, String(estimated));
});

test("a rare agreement that did not occur is still thought possible", () => {
  const { point, high } = measured(
    cohenKappa(
      itemsOf([
        [80, 10],
        [10, 0],
      ]),
    ),
  );
  assert.ok(point < -0.1 && high > 0.05, `${point} up to ${high}`);
});

test("what rests on too little is not measured, and says why", () => {
  const because = (table: Case["table"]) => {
    const found = cohenKappa(itemsOf(table));
    return found.kind === "none" ? found.because : "";
  };
  assert.match(because([]), /nothing was observed/);
  assert.match(because([[50]]), /one and the same category throughout/);
  assert.match(
    because([
      [50, 4],
      [3, 2],
    ]),
    /at least 10 independent units in which one of the two leaves/,
  );
  assert.match(
    because([
      [5, 4],
      [4, 5],
    ]),
    /at least 20 independent units/,
  );
});
