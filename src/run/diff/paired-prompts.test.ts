// When two specifications are paired prompt by prompt, on which prompts and n, in which unit, and what is said where they can't be.

import assert from "node:assert/strict";
import { test } from "node:test";
import { auditSpecification } from "../../goodhart/audit-specification.ts";
import { promptValuesOf } from "../../goodhart/prompt-values-of.ts";
import type { SpecificationRow } from "../../goodhart/specification-row.ts";
import { rngFrom } from "../../stats/rng.ts";
import { diffRecords } from "../diff-records.ts";
import type { PromptValues } from "../prompt-values.ts";
import { specificationRecord } from "../specification-record.ts";
import type { DiffSide, GapDiff } from "./run-diff.ts";

type Made = { harm?: number; prompts?: readonly [number, number]; size?: number; seed?: string };

/** Samples have more or less of what the gold dislikes; `harm` is how much the proxy likes it. */
function rowsOf({ harm = 0, prompts = [0, 60], size = 8, seed = "rows" }: Made): readonly SpecificationRow[] {
  const [from, to] = prompts;
  return Array.from({ length: to - from }, (_, p) => {
    const rng = rngFrom(seed).split(`p${from + p}`);
    return Array.from({ length: size }, (): SpecificationRow => {
      const [worth, has] = [rng.uniform() + rng.uniform() + rng.uniform(), rng.uniform()];
      return {
        place: "",
        prompt: `p${from + p}`,
        cluster: `p${from + p}`,
        proxy: { kind: "scored", value: worth + harm * has },
        gold: { kind: "scored", value: worth - 3 * has },
      };
    });
  }).flat();
}

function side(rows: readonly SpecificationRow[], { gold = "truth", file = "0", maxN = 64 } = {}): DiffSide {
  const options = { rng: rngFrom(1).split("specification"), margin: 0.1, maxN };
  const record = specificationRecord({
    ...auditSpecification(rows, options),
    margin: 0.1,
    seed: 1,
    trueline: "0",
    file: { name: "scores.jsonl", sha256: file },
    details: { prompt: "prompt", gold },
    title: "t",
    command: "c",
    folder: "f",
    findings: [],
    timing: { startedAt: "", seconds: 0 },
  });
  return {
    record,
    asked: { kind: "none", because: "no model was asked" },
    prompts: promptValuesOf(rows, { maxN }),
  };
}

const changed = (rows: readonly SpecificationRow[], change: (row: SpecificationRow, i: number) => object) =>
  rows.map((row, i) => ({ ...row, ...change(row, i) }));

function both(a: DiffSide, b: DiffSide): Extract<GapDiff, { kind: "both" }> {
  const gap = diffRecords(a, b, []).gaps[0];
  assert.ok(gap?.kind === "both");
  return gap;
}

function pressed(a: DiffSide, b: DiffSide) {
  const { pressed: found, notes } = both(a, b);
  assert.ok(found?.fall.kind === "difference", notes.join("; "));
  assert.ok(found.gold.kind === "difference" && found.gain.kind === "difference");
  return { ...found, fall: found.fall, gold: found.gold, gain: found.gain, notes: notes.join("; ") };
}

const mild = side(rowsOf({ harm: 1.2 }));
const harsh = side(rowsOf({ harm: 5 }));

test("the same samples under two proxies are paired: the falls, the gold at the largest n and its gain", () => {
  const prompts = [0, 120] as const;
  const [one, other] = [side(rowsOf({ harm: 1.2, prompts })), side(rowsOf({ harm: 5, prompts }))];
  const gap = both(one, other);
  const found = pressed(one, other);
  assert.equal(gap.how, "paired");
  assert.deepEqual(gap.difference, found.fall);
  assert.deepEqual([found.n, found.fall.n, found.fall.observations], [8, 120, 120]);
  assert.ok(found.fall.interval.low > 0 && found.gold.interval.high < 0);
  assert.ok(Math.abs(found.gain.point - found.gold.point) < 1e-9, "from the same samples");
  assert.match(
    found.says,
    /^Pressed to n = 8, under B the intended thing falls by [\d.]+ SD more than under A \(B − A \[\+/,
  );
  assert.match(found.says, /the best of 8 by B is worse in truth by .* n = 120 prompts\)\.$/);
  assert.match(pressed(other, one).says, /falls by [\d.]+ SD less than under A/);
  const hardlyOther = side(
    changed(rowsOf({ harm: 1.2, prompts }), (row, i) =>
      i === 0 ? { proxy: { kind: "scored", value: 9 } } : row,
    ),
  );
  assert.match(
    pressed(one, hardlyOther).says,
    /no difference between the falls beyond .*no difference between the two best of 8/,
  );
});

test("two runs with the same values on every prompt are the same, with no interval; one other value and they are not", () => {
  const gap = both(mild, side(rowsOf({ harm: 1.2 })));
  assert.equal(gap.how, "the same");
  assert.deepEqual(gap.difference, {
    kind: "none",
    because: "no difference: every prompt has the same values in both",
    n: 60,
  });
  assert.match(gap.notes.join("; "), /^no difference: every prompt has the same values in both/);
  assert.equal(gap.pressed, undefined);
  assert.deepEqual(gap.worse, []);
  for (const change of ["proxy", "gold"] as const) {
    const other = changed(rowsOf({ harm: 1.2 }), (row, i) =>
      i === 5 ? { [change]: { kind: "scored", value: 1.5 } } : row,
    );
    assert.notEqual(both(mild, side(other)).how, "the same", change);
  }
  // Another proxy that picks the same replies here may pick others elsewhere: it keeps its interval.
  const scaled = changed(rowsOf({ harm: 1.2 }), ({ proxy }) => ({
    proxy: proxy.kind === "scored" ? { ...proxy, value: 2 * proxy.value } : proxy,
  }));
  assert.equal(both(mild, side(scaled)).difference.kind, "difference");
  assert.notEqual(both(mild, side(rowsOf({ harm: 1.2, prompts: [0, 61] }))).how, "the same");
  assert.notEqual(both(mild, side(rowsOf({ harm: 1.2 }), { maxN: 4 })).how, "the same");
});

test("a prompt's gold is measured in the first run's unit", () => {
  const [one, other] = [mild, harsh].map(({ prompts }) => prompts) as Extract<
    PromptValues,
    { kind: "values" }
  >[];
  const mean = one!.rows.reduce((sum, row, i) => sum + (other!.rows[i]!.gold[3]! - row.gold[3]!) / 60, 0);
  assert.ok(Math.abs(pressed(mild, harsh).gold.point - mean / one!.size) < 1e-9);
  const wide = { ...harsh, prompts: { ...other!, size: 2 * one!.size } };
  assert.ok(Math.abs(pressed(mild, wide).gold.point - mean / one!.size) < 1e-9);
  assert.match(pressed(mild, wide).scale, /A's standard deviation of the gold \(B's is 2 times as large\)/);
  assert.ok(Math.abs(pressed(wide, mild).gold.point + mean / one!.size / 2) < 1e-9);
});

test("prompts and n that only one has are left out, and it is said", () => {
  const some = side(rowsOf({ harm: 3.5, prompts: [20, 70], size: 6 }));
  const part = pressed(mild, some);
  assert.deepEqual([part.n, part.gold.n], [4, 40]);
  const [own, others] = [mild.prompts, some.prompts];
  assert.ok(own.kind === "values" && others.kind === "values");
  const start = own.rows
    .slice(20)
    .reduce((sum, row, i) => sum + (others.rows[i]!.gold[0]! - row.gold[0]!) / 40, 0);
  assert.ok(Math.abs(start) > 1e-3, "other samples begin elsewhere");
  assert.ok(Math.abs(part.gold.point - part.gain.point - start / own.size) < 1e-6);
  assert.match(part.notes, /over the 40 prompts that are in both, of 60 in A and 50 in B/);
  assert.match(part.notes, /pressed to n = 4 in both, the largest that they share \(A went to 8, B to 6\)/);
  assert.match(part.notes, /at n = 1 the gold is unlike on 40 of 40 prompts: other samples/);
});

test("the coarser clusters count, and clusters that cut across each other are not paired", () => {
  const clustered = (by: number) =>
    side(changed(rowsOf({ harm: 3.5 }), (_, i) => ({ cluster: `c${Math.floor(i / 8 / by)}` })));
  assert.deepEqual([pressed(mild, clustered(2)).gold.n, pressed(clustered(2), mild).gold.n], [30, 30]);
  // Two by two against three by three.
  const across = { ...clustered(1), prompts: relabelled(clustered(1).prompts, 3) };
  const twos = { ...mild, prompts: relabelled(mild.prompts, 2) };
  assert.match(both(twos, across).notes.join("; "), /clusters that cut across/);

  function relabelled(values: PromptValues, by: number): PromptValues {
    assert.ok(values.kind === "values");
    return { ...values, rows: values.rows.map((row, i) => ({ ...row, cluster: `c${Math.floor(i / by)}` })) };
  }
});

test("other prompts are independent, a few shared ones conservative", () => {
  const apart = both(mild, side(rowsOf({ harm: 3.5, prompts: [60, 120] }), { file: "1" }));
  assert.equal(apart.how, "unpaired");
  assert.match(
    apart.notes.join("; "),
    /no prompt is in both, of 60 in A and 60 in B; no prompt is in both: independent/,
  );
  const few = both(mild, side(rowsOf({ harm: 3.5, prompts: [40, 100] }), { file: "1" }));
  assert.match(
    few.notes.join("; "),
    /only 20 prompts are in both.*20 prompts are in both; the interval is conservative/,
  );
});

test("another truth is not ranked; another name for the same one is", () => {
  const rows = rowsOf({ harm: 3.5 });
  const other = side(
    changed(rows, ({ proxy }) => ({ gold: proxy })),
    { gold: "other" },
  );
  const gap = both(mild, other);
  assert.equal(gap.how, "unpaired");
  assert.equal(gap.pressed, undefined);
  assert.match(
    gap.notes.join("; "),
    /the truths differ \(gold is truth in A and other in B.*not which specification stands more pressure/,
  );
  assert.match(
    pressed(mild, side(rows, { gold: "renamed" })).notes,
    /gold is truth in A and renamed in B, and is alike/,
  );
});

test("prompts that are missing, of another run or not of this gap are not believed", () => {
  const { prompts } = harsh;
  assert.ok(prompts.kind === "values");
  for (const [changed, because] of [
    [{ kind: "none", because: "b holds no prompts.jsonl" }, /B has no values prompt by prompt: b holds no/],
    [mild.prompts, /the prompts of B do not add up to the curve of its record/],
    [{ ...prompts, rows: prompts.rows.slice(1) }, /do not add up/],
    [{ ...prompts, gap: "other" }, /B has values prompt by prompt of specification: other alone/],
  ] as const) {
    const found = both(mild, { ...harsh, prompts: changed });
    assert.equal(found.how, "unpaired");
    assert.match(found.notes.join("; "), because);
  }
});

test("where one shows no fall the falls are compared from their intervals, and the gold is paired all the same", () => {
  const steady = side(rowsOf({ harm: 0 }));
  const found = pressed(steady, harsh);
  assert.equal(found.how, "unpaired");
  assert.equal(both(steady, harsh).how, "unpaired");
  assert.match(found.notes, /on the same prompts, but not paired: where no fall is seen/);
  assert.ok(found.fall.interval.low > 0 && found.gold.interval.high < 0);
  assert.doesNotMatch(found.gold.method, /unpaired/);
});
