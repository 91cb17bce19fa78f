import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { bestOfN, bestOfNKl, gridOf, type Scored } from "./best-of-n.ts";

/** Every subset of n, its favourite by proxy; among equals of the subset each as likely. */
function byEnumeration(pool: readonly Scored[], n: number): { proxy: number; gold: number } {
  let [count, proxy, gold] = [0, 0, 0];
  const choose = (from: number, chosen: readonly Scored[]) => {
    if (chosen.length === n) {
      const most = Math.max(...chosen.map((s) => s.proxy));
      const best = chosen.filter((s) => s.proxy === most);
      count++;
      proxy += most;
      gold += best.reduce((sum, s) => sum + s.gold, 0) / best.length;
      return;
    }
    for (let i = from; i < pool.length; i++) choose(i + 1, [...chosen, pool[i]!]);
  };
  choose(0, []);
  return { proxy: proxy / count, gold: gold / count };
}

const close = (a: number, b: number) => assert.ok(Math.abs(a - b) < 1e-9, `${a} is not ${b}`);

test("the curve is the mean over all subsets of every size, with and without ties", () => {
  const sample = fc.record({
    proxy: fc.integer({ min: 0, max: 5 }),
    gold: fc.integer({ min: -3, max: 3 }),
  });
  fc.assert(
    fc.property(fc.array(sample, { minLength: 1, maxLength: 9 }), (pool) => {
      const grid = pool.map((_, i) => i + 1);
      const curve = bestOfN(pool, grid);
      for (const n of grid) {
        const wanted = byEnumeration(pool, n);
        close(curve.proxy[n - 1]!, wanted.proxy);
        close(curve.gold[n - 1]!, wanted.gold);
      }
    }),
    { seed: 11, numRuns: 150 },
  );
});

test("with thousands of samples the weights stay exact: the proxy of 1, ..., N is n (N + 1) / (n + 1)", () => {
  const total = 5000;
  const pool = Array.from({ length: total }, (_, i) => ({ proxy: i + 1, gold: -(i + 1) }));
  const grid = [1, 2, 17, 500, 4999, 5000];
  const { proxy, gold } = bestOfN(pool, grid);
  grid.forEach((n, i) => {
    const wanted = (n * (total + 1)) / (n + 1);
    assert.ok(Math.abs(proxy[i]! / wanted - 1) < 1e-9, `${n}: ${proxy[i]} instead of ${wanted}`);
    assert.equal(gold[i]!, -proxy[i]!);
  });
});

test("the order of the pool plays no part", () => {
  const pool = Array.from({ length: 30 }, (_, i) => ({ proxy: (i * 7) % 11, gold: i }));
  const wanted = bestOfN(pool, [1, 4, 30]);
  const found = bestOfN(pool.toReversed(), [1, 4, 30]);
  wanted.gold.forEach((value, i) => close(found.gold[i]!, value));
});

test("an n that does not fit the pool and a score that is none are refused", () => {
  const pool = [
    { proxy: 1, gold: 1 },
    { proxy: 2, gold: 2 },
  ];
  for (const n of [0, 3, 1.5, Number.NaN]) assert.throws(() => bestOfN(pool, [n]), /from 1 to 2/);
  assert.throws(() => bestOfN([{ proxy: Number.NaN, gold: 1 }], [1]), /finite/);
});

test("KL is log n - (n - 1) / n", () => {
  assert.equal(bestOfNKl(1), 0);
  close(bestOfNKl(4), Math.log(4) - 0.75);
  assert.throws(() => bestOfNKl(0.5), RangeError);
});

test("the grid holds 1 and the largest n, grows, and has at most 64 values", () => {
  for (const most of [1, 2, 63, 64, 65, 1000, 100_000]) {
    const grid = gridOf(most);
    assert.ok(grid.length <= 64 && grid[0] === 1 && grid.at(-1) === most, `${most}`);
    assert.ok(grid.every((n, i) => i === 0 || n > grid[i - 1]!));
  }
});
