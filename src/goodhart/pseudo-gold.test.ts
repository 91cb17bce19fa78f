import assert from "node:assert/strict";
import { test } from "node:test";
import { bestOfN } from "../stats/best-of-n.ts";
import { rngFrom, type Rng } from "../stats/rng.ts";
import { effectiveLabels } from "./effective-labels.ts";
import { inclusionsOf } from "./inclusions-of.ts";
import { poolsOf } from "./pools.ts";
import { poweredGold } from "./powered-gold.ts";
import { pseudoGold } from "./pseudo-gold.ts";
import type { SpecificationRow } from "./specification-row.ts";

const SAMPLES = 8;
const none = { kind: "unscored", because: "not labelled" } as const;

/** Forty prompts whose gold goes with the proxy up to a point and falls beyond it. */
function rowsOf(rng: Rng): SpecificationRow[] {
  return Array.from({ length: 40 * SAMPLES }, (_, i) => {
    const proxy = rng.uniform();
    const prompt = `p${Math.floor(i / SAMPLES)}`;
    return {
      place: `line ${i + 1}`,
      prompt,
      cluster: prompt,
      proxy: { kind: "scored", value: proxy },
      gold: { kind: "scored", value: proxy - (proxy > 0.9 ? 1 : 0) + 0.3 * rng.uniform() },
    };
  });
}

/** Each label kept with its probability, which the row says. */
function partly(rows: readonly SpecificationRow[], chance: (row: SpecificationRow) => number, rng: Rng) {
  return rows.map((row): SpecificationRow => {
    const inclusion = chance(row);
    return { ...row, inclusion, gold: rng.uniform() < inclusion ? row.gold : none };
  });
}

function curveOf(rows: readonly SpecificationRow[]): readonly number[] {
  const { pools } = poolsOf(rows, "left out");
  const curves = pools.map(({ samples }) => bestOfN(samples, [1, 3, SAMPLES]).gold);
  return [0, 1, 2].map((p) => curves.reduce((sum, c) => sum + c[p]! / curves.length, 0));
}

test("over the draw of labels the curve is right on average, with labels as unevenly drawn as one likes", () => {
  const rows = rowsOf(rngFrom("world"));
  const truth = curveOf(rows);
  const chance = ({ proxy }: SpecificationRow) => (proxy.kind === "scored" && proxy.value > 0.7 ? 0.6 : 0.15);
  const rng = rngFrom("draws");
  const draws = Array.from({ length: 300 }, (_, r) =>
    curveOf(
      pseudoGold(partly(rows, chance, rng.split(`labels ${r}`)), { rng: rng.split(`${r}`), most: SAMPLES })
        .rows,
    ),
  );
  truth.forEach((value, p) => {
    const mean = draws.reduce((sum, d) => sum + d[p]! / draws.length, 0);
    const sd = Math.sqrt(draws.reduce((sum, d) => sum + (d[p]! - mean) ** 2 / draws.length, 0));
    assert.ok(Math.abs(mean - value) < (3.5 * sd) / Math.sqrt(draws.length), `${p}: ${mean} and ${value}`);
    assert.ok(sd < 0.08, `${p}: ${sd}`);
  });
});

test("where all are labelled the golds are what they were", () => {
  const rows = rowsOf(rngFrom("whole"));
  const made = pseudoGold(rows, { rng: rngFrom(1), most: SAMPLES });
  made.rows.forEach(({ gold }, i) => {
    const before = rows[i]!.gold;
    assert.ok(gold.kind === "scored" && before.kind === "scored");
    assert.ok(Math.abs(gold.value - before.value) < 1e-12);
  });
});

test("every pseudo-gold lies in the range that is said, and rare labels widen it", () => {
  const rows = partly(rowsOf(rngFrom("range")), () => 0.25, rngFrom("some"));
  const { rows: made, range, lambda } = pseudoGold(rows, { rng: rngFrom(2), most: SAMPLES });
  const golds = made.map(({ gold }) => (gold.kind === "scored" ? gold.value : Number.POSITIVE_INFINITY));
  assert.ok(Math.min(...golds) >= range[0] && Math.max(...golds) <= range[1]);
  const seen = rows.flatMap(({ gold }) => (gold.kind === "scored" ? [gold.value] : []));
  const spread = Math.max(...seen) - Math.min(...seen);
  assert.ok(Math.abs(range[1] - range[0] - 7 * spread) < 1e-9);
  assert.ok(lambda > 0.5 && lambda <= 1, String(lambda));
});

test("a sample that the proxy left unscored gets a gold too", () => {
  const rows = partly(rowsOf(rngFrom("gaps")), () => 0.4, rngFrom("some")).map((row, i) =>
    i % 9 === 0 ? { ...row, proxy: { kind: "unscored", because: "refused" } as const } : row,
  );
  const { rows: made } = pseudoGold(rows, { rng: rngFrom(3), most: 4 });
  assert.ok(made.every(({ gold }) => gold.kind === "scored" && Number.isFinite(gold.value)));
});

test("rows that say no probability were drawn evenly, those that say one keep it", () => {
  const [one, ...others] = rowsOf(rngFrom("inclusions")).slice(0, 5);
  const rows = [
    { ...one!, inclusion: 0.9 },
    others[0]!,
    ...others.slice(1).map((row) => ({ ...row, gold: none })),
  ];
  assert.deepEqual(inclusionsOf(rows), [0.9, 0.25, 0.25, 0.25, 0.25]);
  assert.deepEqual(inclusionsOf(others.map((row) => ({ ...row, gold: none }))), [1, 1, 1, 1]);
});

test("labels count for a large n only as far as their samples can be the best of so many", () => {
  const rows = rowsOf(rngFrom("effective"));
  // With all labelled the best of n is the top sample's at the largest n, and everybody's at n = 1.
  const [one, all] = effectiveLabels(rows, [1, SAMPLES]);
  assert.ok(Math.abs(one! - rows.length) < 1e-6 && Math.abs(all! - 40) < 1e-6);
  const drawn = partly(rows, () => 0.5, rngFrom("half"));
  const labels = drawn.filter(({ gold }) => gold.kind === "scored").length;
  const [few, fewer] = effectiveLabels(drawn, [1, SAMPLES]);
  assert.ok(Math.abs(few! - labels) < 1e-6);
  assert.ok(fewer! < 40 && fewer! > 5);
  const unlabelled = rows.map((row) => ({ ...row, gold: none }));
  assert.deepEqual(effectiveLabels(unlabelled, [1, SAMPLES]), [0, 0]);
});

test("the mean gold is weighed by the probabilities that the rows say", () => {
  const rows = rowsOf(rngFrom("rate")).map((row): SpecificationRow => ({
    ...row,
    gold: { kind: "scored", value: row.proxy.kind === "scored" && row.proxy.value > 0.5 ? 1 : 0 },
  }));
  // Good samples are labelled four times as often.
  const drawn = partly(
    rows,
    ({ gold }) => (gold.kind === "scored" && gold.value === 1 ? 0.8 : 0.2),
    rngFrom("drawn"),
  );
  const { estimate } = poweredGold(drawn, rngFrom(4));
  const naive = poweredGold(
    drawn.map(({ inclusion: _inclusion, ...row }) => row),
    rngFrom(4),
  ).estimate;
  assert.ok(estimate.kind === "rate" && estimate.interval.low < 0.5 && estimate.interval.high > 0.5);
  assert.ok(naive.kind === "rate" && naive.point > estimate.point);
});
