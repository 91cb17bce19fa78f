// Laws that every interval for a share and for a difference of shares must keep, on random counts.

import assert from "node:assert/strict";
import { test } from "node:test";

import fc from "fast-check";

import {
  clopperPearson,
  misclassificationAdjusted,
  pairedProportions,
  wilson,
  type Estimate,
  type Pair,
} from "./index.ts";

const counts = fc
  .integer({ min: 1, max: 400 })
  .chain((n) => fc.record({ n: fc.constant(n), k: fc.integer({ min: 0, max: n }) }));
const pairCounts = fc
  .tuple(fc.nat(60), fc.nat(60), fc.nat(120))
  .filter(([up, down, same]) => up + down + same > 0);

const ends = (estimate: Estimate) => {
  if (estimate.kind === "none") throw new Error(estimate.because);
  return { ...estimate.interval, point: estimate.point, n: estimate.n };
};
const pairs = (up: number, down: number, same: number): Pair[] => [
  ...Array.from({ length: up }, (): Pair => ({ treatment: 1, control: 0 })),
  ...Array.from({ length: down }, (): Pair => ({ treatment: 0, control: 1 })),
  ...Array.from({ length: same }, (_, i): Pair =>
    i % 2 ? { treatment: 1, control: 1 } : { treatment: 0, control: 0 },
  ),
];
const close = (a: number, b: number, tolerance = 1e-9) =>
  assert.ok(Math.abs(a - b) <= tolerance, `${a} is not ${b}`);

for (const [name, of] of [
  ["wilson", wilson],
  ["clopperPearson", clopperPearson],
] as const) {
  test(`${name} holds its point, lies in [0, 1] and has width`, () => {
    fc.assert(
      fc.property(counts, ({ k, n }) => {
        const { low, high, point } = ends(of(k, n));
        assert.ok(0 <= low && low <= point && point <= high && high <= 1 && low < high);
      }),
    );
  });

  test(`${name} rises with the successes`, () => {
    fc.assert(
      fc.property(counts, ({ k, n }) => {
        fc.pre(k < n);
        const [one, more] = [ends(of(k, n)), ends(of(k + 1, n))];
        assert.ok(one.low < more.low || (one.low === 0 && more.low === 0));
        assert.ok(one.high < more.high || (one.high === 1 && more.high === 1));
      }),
    );
  });

  test(`${name} mirrors when successes and failures change places`, () => {
    fc.assert(
      fc.property(counts, ({ k, n }) => {
        const [one, other] = [ends(of(k, n)), ends(of(n - k, n))];
        close(one.low, 1 - other.high);
        close(one.high, 1 - other.low);
      }),
    );
  });

  test(`${name} narrows with n at the same share, and widens with the level`, () => {
    fc.assert(
      fc.property(counts, fc.integer({ min: 2, max: 5 }), ({ k, n }, times) => {
        const width = (e: { low: number; high: number }) => e.high - e.low;
        assert.ok(width(ends(of(k * times, n * times))) < width(ends(of(k, n))));
        assert.ok(width(ends(of(k, n, { level: 0.9 }))) < width(ends(of(k, n, { level: 0.99 }))));
      }),
    );
  });

  test(`${name} gives no estimate of nothing, and refuses counts that can't be`, () => {
    assert.deepEqual(of(0, 0), { kind: "none", because: "nothing was observed", n: 0 });
    for (const [k, n] of [
      [3, 2],
      [-1, 2],
      [0.5, 2],
      [1, Number.NaN],
      [0, -1],
    ] as const)
      assert.throws(() => of(k, n), RangeError);
    assert.throws(() => of(1, 2, { level: 1 }), RangeError);
  });
}

test("pairedProportions holds its point, lies in [-1, 1] and has width, whatever the pairs", () => {
  fc.assert(
    fc.property(pairCounts, ([up, down, same]) => {
      const { low, high, point } = ends(pairedProportions(pairs(up, down, same)));
      assert.ok(-1 <= low && low <= point && point <= high && high <= 1 && low < high);
      assert.equal(point, (up - down) / (up + down + same));
    }),
  );
});

test("pairedProportions changes sign when treatment and control change places", () => {
  fc.assert(
    fc.property(pairCounts, ([up, down, same]) => {
      const [one, other] = [
        ends(pairedProportions(pairs(up, down, same))),
        ends(pairedProportions(pairs(down, up, same))),
      ];
      close(one.low, -other.high);
      close(one.high, -other.low);
    }),
  );
});

test("pairedProportions rises when a pair that agreed goes up", () => {
  fc.assert(
    fc.property(pairCounts, ([up, down, same]) => {
      fc.pre(same > 0);
      const [one, more] = [
        ends(pairedProportions(pairs(up, down, same))),
        ends(pairedProportions(pairs(up + 1, down, same - 1))),
      ];
      assert.ok(more.low >= one.low - 1e-12 && more.high >= one.high - 1e-12);
    }),
  );
});

test("no discordant pair still leaves a width, which falls about as 1 / n", () => {
  const at = (n: number) => ends(pairedProportions(pairs(0, 0, n))).high;
  assert.ok(at(300) > 0.012 && at(300) < 0.013);
  close(at(300) / at(600), 2, 0.05);
});

test("pairedProportions changes its method at 20 pairs and says so", () => {
  const method = (n: number) => {
    const found = pairedProportions(pairs(2, 1, n - 3));
    return found.kind === "none" ? "" : found.method;
  };
  assert.match(method(19), /^exact/);
  assert.match(method(20), /^Tango score/);
  assert.equal(pairedProportions([]).kind, "none");
  assert.throws(() => pairedProportions([{ treatment: 2 as 1, control: 0 }]), RangeError);
});

test("a scorer that never errs on many labelled items leaves nearly Wilson's interval, one that errs more a wider one", () => {
  const by = (count: number) =>
    ends(
      misclassificationAdjusted({
        flagged: 30,
        n: 100,
        falsePositives: { count, n: 1000 },
        falseNegatives: { count, n: 1000 },
      }),
    );
  const plain = ends(wilson(30, 100));
  close(by(0).low, plain.low, 0.003);
  close(by(0).high, plain.high, 0.003);
  assert.ok(by(100).high - by(100).low > by(0).high - by(0).low);
});

test("an adjusted rate stays in [0, 1] and holds its point", () => {
  const labelled = fc.record({
    n: fc.integer({ min: 60, max: 200 }),
    share: fc.double({ min: 0, max: 0.3, noNaN: true }),
  });
  fc.assert(
    fc.property(counts, labelled, labelled, ({ k, n }, fp, fn) => {
      fc.pre(n >= 20);
      const of = ({ n: size, share }: { n: number; share: number }) => ({
        count: Math.floor(size * share),
        n: size,
      });
      const found = misclassificationAdjusted({
        flagged: k,
        n,
        falsePositives: of(fp),
        falseNegatives: of(fn),
      });
      if (found.kind === "none") return;
      const { low, high, point } = ends(found);
      assert.ok(0 <= low && low <= point && point <= high && high <= 1 && low < high);
    }),
  );
});

test("a scorer that may be no better than chance gives no rate, nor do too few labels", () => {
  const by = (count: number, n: number) =>
    misclassificationAdjusted({
      flagged: 30,
      n: 100,
      falsePositives: { count, n },
      falseNegatives: { count, n },
    });
  assert.match(because(by(18, 40)), /better than chance/);
  assert.match(because(by(0, 19)), /at least 20/);
  assert.equal(by(4, 40).kind, "rate");
  const misfit = {
    flagged: 95,
    n: 100,
    falsePositives: { count: 0, n: 60 },
    falseNegatives: { count: 20, n: 60 },
  };
  assert.match(because(misclassificationAdjusted(misfit)), /no rate from 0 to 1 fits/);
  assert.throws(() => by(50, 40), RangeError);
});

function because(estimate: Estimate): string {
  return estimate.kind === "none" ? estimate.because : "";
}
