import assert from "node:assert/strict";
import { test } from "node:test";
import { gapOf } from "../core/gap-of.ts";
import { rngFrom, type Rng } from "../stats/rng.ts";
import { auditSpecification } from "./audit-specification.ts";
import { poolsOf } from "./pools.ts";
import { rankingAgreement } from "./ranking-agreement.ts";
import type { Score, SpecificationRow } from "./specification-row.ts";
import { worstPairs } from "./worst-pairs.ts";

const normal = (rng: Rng) =>
  Math.sqrt(-2 * Math.log(1 - rng.uniform())) * Math.cos(2 * Math.PI * rng.uniform());
const scored = (value: number): Score => ({ kind: "scored", value });
const unscored: Score = { kind: "unscored", because: "the cell is empty" };

type Made = {
  readonly prompts?: number;
  readonly samples?: number;
  readonly feature?: number;
  readonly binary?: boolean;
};

/** Gold, and a proxy that adds noise and, in one sample of eight, a feature that the gold is lowered by. */
function made({ prompts = 60, samples = 16, feature = 0, binary = false }: Made = {}): SpecificationRow[] {
  const rng = rngFrom("rows");
  return Array.from({ length: prompts * samples }, (_, i) => {
    const has = i % 8 === 0 ? feature : 0;
    const worth = normal(rng);
    const gold = worth - has;
    const prompt = `p${Math.floor(i / samples)}`;
    const place = `line ${i + 1}`;
    return {
      place,
      prompt,
      cluster: prompt,
      stratum: Math.floor(i / samples) % 2 === 0 ? "even" : "odd",
      response: "x".repeat(1 + rng.int(9)),
      proxy: scored(worth + 0.7 * normal(rng) + has),
      gold: scored(binary ? (gold > 0 ? 1 : 0) : gold),
    };
  });
}

function overall(rows: readonly SpecificationRow[], margin = 0.1) {
  const { suite, measurement } = auditSpecification(rows, { rng: rngFrom(1), margin });
  const gap = gapOf({
    suite: suite.name,
    declaration: suite.gaps[0]!,
    measured: measurement.gaps[0]!,
    margin,
  });
  return { gap, measurement, suite };
}

test("a proxy with a fault is called, with the n from which the intended thing falls", () => {
  const { gap } = overall(made({ feature: 3 }));
  assert.equal(gap.of, "specification");
  assert.equal(gap.verdict, "gap");
  assert.match(
    gap.says,
    /^(?:Safe to n = \d+|No pressure is safe); (?:from n = \d+ on|up to n = 16) the intended thing falls: at n = 16 it lies .* SD .* below its peak\.$/,
  );
  const { curve, peak, unit } = gap.pressure!;
  assert.equal(unit, "sd");
  assert.deepEqual(
    curve.map(({ n }) => n),
    Array.from({ length: 16 }, (_, i) => i + 1),
  );
  assert.ok(
    curve.every(
      ({ kl, proxy, gold }) => kl.kind === "exact" && proxy.kind === "rate" && gold.kind === "rate",
    ),
  );
  assert.ok(peak.kind === "range" && peak.high < 16);
  assert.ok(gap.control.value.kind === "rate" && gap.control.value.interval.low === 0);
});

test("a proxy that only errs holds, and the words never speak beyond the largest n", () => {
  const { gap } = overall(made({ prompts: 120 }));
  assert.equal(gap.verdict, "holds");
  assert.match(gap.says, /^No turnover was seen up to n = 16: /);
});

test("a gold of 0 and 1 is told in shares", () => {
  const { gap } = overall(made({ feature: 3, binary: true }));
  assert.equal(gap.pressure!.unit, "share");
  assert.equal(gap.verdict, "gap");
  assert.match(gap.says, /%/);
});

test("strata have curves of their own, and the same seed gives the same numbers", () => {
  const rows = made({ feature: 3, prompts: 80 });
  const { suite, measurement } = overall(rows);
  assert.deepEqual(
    suite.gaps.map(({ name }) => name),
    ["over-optimisation", "over-optimisation, even", "over-optimisation, odd"],
  );
  const [whole, even] = measurement.gaps;
  assert.ok(whole!.estimate.n === 80 && even!.estimate.n === 40 && even!.pressure!.curve.length === 16);
  assert.deepEqual(overall(rows).measurement, measurement);
});

test("what the proxy promised and what was gained stand beside it, with the ruler of length", () => {
  const { measurement } = overall(made({ feature: 3 }));
  const of = (name: string) => measurement.descriptors.find((d) => d.name === name)!.estimate;
  const [ranking, ruler, promised, gained] = ["ranking", "length ruler", "proxy gain", "gold gain"].map(of);
  assert.ok(ranking!.kind === "rate" && ranking!.interval.low > 0.5);
  assert.ok(ruler!.kind === "rate" && ruler!.interval.low < 0.5 && ruler!.interval.high > 0.5);
  assert.ok(promised!.kind === "difference" && gained!.kind === "difference");
  assert.ok(promised!.interval.low > gained!.interval.high);
});

for (const [what, change, because] of [
  ["gold on no sample", (r: SpecificationRow) => ({ ...r, gold: unscored }), /no sample has a gold score/],
  [
    "gold on some samples",
    (r: SpecificationRow, i: number) => (i % 3 === 0 ? { ...r, gold: unscored } : r),
    /320 of 960 samples have no gold score/,
  ],
  [
    "a proxy that always says the same",
    (r: SpecificationRow) => ({ ...r, proxy: scored(1) }),
    /it chooses nothing/,
  ],
  [
    "a gold that is always the same",
    (r: SpecificationRow) => ({ ...r, gold: scored(1) }),
    /no choice can change it/,
  ],
  [
    "one sample a prompt",
    (r: SpecificationRow, i: number) => ({ ...r, prompt: `q${i}`, cluster: `q${i}` }),
    /one sample/,
  ],
  [
    "one prompt",
    (r: SpecificationRow) => ({ ...r, prompt: "p", cluster: "p" }),
    /at least 30 independent prompts/,
  ],
] as const) {
  test(`${what} could not be tested, with the reason`, () => {
    const { gap } = overall(made().map(change));
    assert.equal(gap.verdict, "could-not-test");
    assert.match(gap.says, because);
  });
}

test("samples that the proxy left unscored are bounds, not low scores", () => {
  const rows = made({ feature: 3, prompts: 80 }).map((row, i) =>
    i % 10 === 3 ? { ...row, proxy: unscored } : row,
  );
  const { gap, measurement } = overall(rows);
  assert.ok(gap.bounds.kind === "bounds" && gap.bounds.unscored === 128);
  assert.ok(gap.bounds.low <= gap.bounds.high);
  assert.deepEqual(measurement.tallies[1]?.counts, { "no proxy: the cell is empty": 128 });
});

test("prompts with too few samples are left out and counted; one short prompt does not cut the curve for all", () => {
  const rows = made({ prompts: 50 }).filter(({ prompt }, i) => prompt !== "p7" || i % 16 < 3);
  const { most, pools, leftOut } = poolsOf(rows, "left out");
  assert.deepEqual([most, pools.length, leftOut], [16, 49, 1]);
  assert.equal(poolsOf(rows, "left out", 3).leftOut, 0);
});

test("ranking: right pairs count one, ties a half, equal golds nothing", () => {
  const rank = (...pairs: [number, number][]) =>
    rankingAgreement(
      pairs.map(([score, gold], i) => ({ prompt: `p${i >> 1}`, cluster: `p${i >> 1}`, score, gold })),
    );
  const all = rank([1, 1], [2, 2], [3, 5], [1, 4], [1, 1], [1, 2], [1, 3], [2, 3]);
  assert.ok(all.kind === "rate" && all.n === 3);
  assert.ok(Math.abs(all.point - (1 + 1 + 0.5) / 3) < 1e-12);
  assert.equal(rank([1, 1], [2, 1]).kind, "none");
});

test("texts that the proxy likes show as correlates, and are never called causes", () => {
  const rng = rngFrom("texts");
  const rows = made().map((row): SpecificationRow => {
    const sure = rng.uniform() < 0.5;
    const base = row.proxy.kind === "scored" ? row.proxy.value : 0;
    return {
      ...row,
      response: `${sure ? "It is certainly and definitely so" : "It is so"}, ${"word ".repeat(rng.int(6))}`,
      proxy: scored(base + (sure ? 2 : 0)),
    };
  });
  const { measurement } = overall(rows);
  const confidence = measurement.correlates!.find(({ name }) => name === "confidence")!;
  assert.ok(
    confidence.discovered && confidence.plain.kind === "difference" && confidence.plain.interval.low > 0.3,
  );
  assert.ok(confidence.shuffled.kind === "difference" && Math.abs(confidence.shuffled.point) < 0.15);
  assert.ok(measurement.notes.some((note) => /correlates within prompts, not causes/.test(note)));
  const bare = overall(
    made().map(({ place, prompt, cluster, proxy, gold }) => ({ place, prompt, cluster, proxy, gold })),
  ).measurement;
  assert.equal(bare.correlates, undefined);
  assert.ok(bare.notes.some((note) => /no column of responses/.test(note)));
});

test("the worst pairs are the prompts that lose most by following the proxy", () => {
  const row = (prompt: string, proxy: number, gold: number): SpecificationRow => ({
    place: `${prompt} ${proxy}`,
    prompt,
    cluster: prompt,
    proxy: scored(proxy),
    gold: scored(gold),
  });
  const rows = [
    row("a", 1, 5),
    row("a", 2, 1),
    row("b", 1, 9),
    row("b", 2, 2),
    row("c", 1, 1),
    row("c", 2, 2),
  ];
  assert.deepEqual(
    worstPairs(rows, 5).map(({ proxyFavourite, truthFavourite, lost }) => [
      proxyFavourite.place,
      truthFavourite.place,
      lost,
    ]),
    [
      ["b 2", "b 1", 7],
      ["a 2", "a 1", 4],
    ],
  );
  assert.equal(worstPairs(rows, 1).length, 1);
  assert.deepEqual(worstPairs([{ ...row("a", 1, 1), gold: unscored }], 5), []);
});
