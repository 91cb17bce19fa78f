import assert from "node:assert/strict";
import { test } from "node:test";
import { gapOf } from "../core/gap-of.ts";
import { drawnRows } from "../lab/exact/experiment.ts";
import { exactBestOfN } from "../lab/exact/exact-world.ts";
import { exactWorld } from "../lab/exact/worlds.ts";
import { rngFrom } from "../stats/rng.ts";
import { planLabels } from "./label-plan/plan-labels.ts";
import type { Labels } from "./labels.ts";
import { measureSpecification } from "./measure-specification.ts";
import type { SpecificationRow } from "./specification-row.ts";

const world = exactWorld({
  seed: 1,
  kinds: 20,
  answers: 120,
  error: 0.5,
  tail: "light",
  feature: 4,
  rarity: 8,
});
const whole = drawnRows(world, { prompts: 80, samples: 16, rng: rngFrom("whole") });
const none = { kind: "unscored", because: "not labelled" } as const;

function partly(target: "rate" | "curve", budget: number): readonly SpecificationRow[] {
  return planLabels({ rows: whole, budget, rng: rngFrom("plan"), for: target }).map(
    ({ row, inclusion, drawn }) => ({ ...row, inclusion, gold: drawn ? row.gold : none }),
  );
}

const measured = (rows: readonly SpecificationRow[], labels?: Labels) =>
  measureSpecification("gap", rows, {
    rng: rngFrom(1),
    margin: 0.1,
    ...(labels === undefined ? {} : { labels }),
  });

test("a tenth of the labels, drawn by the plan, calls the turnover that all of them call, at the same largest n", () => {
  const [all, some] = [measured(whole), measured(partly("curve", 256), "weights")];
  assert.ok(all.estimate.kind === "difference" && some.estimate.kind === "difference");
  assert.equal(some.pressure!.curve.at(-1)!.n, 16);
  assert.ok(some.estimate.interval.low > 0.1);
  assert.ok(Math.abs(some.estimate.point - all.estimate.point) < 0.3);
  assert.match(some.says!, /From 256 labels on 1280 samples\.$/u);
  assert.doesNotMatch(all.says!, /labels/u);
  const held = some.pressure!.curve.filter(({ n, gold }) => {
    const truth = exactBestOfN(world, n).gold;
    return gold.kind === "rate" && gold.interval.low <= truth && truth <= gold.interval.high;
  });
  assert.equal(held.length, 16);
});

test("labels drawn evenly reach as far as enough of them speak for, and the sentence says so", () => {
  const { pressure, says, estimate } = measured(partly("rate", 256), "random");
  const reached = pressure!.curve.at(-1)!.n;
  assert.ok(reached > 2 && reached < 16, String(reached));
  assert.ok(estimate.kind === "difference");
  assert.match(says!, new RegExp(`too few of them speak for n above ${reached}\\.$`, "u"));
});

test("the unit is the spread of gold over all samples, not over those that were labelled", () => {
  // Per unit of gold: the top of the curve is labelled most, and its golds lie apart from the others.
  const unit = (rows: readonly SpecificationRow[], labels?: Labels) => {
    const { pressure, estimate } = measured(rows, labels);
    assert.ok(estimate.kind === "difference" && pressure!.unit === "sd");
    const points = pressure!.curve.map(({ gold }) => (gold.kind === "rate" ? gold.point : 0));
    return (Math.max(...points) - points.at(-1)!) / estimate.point;
  };
  assert.ok(Math.abs(unit(partly("curve", 400), "weights") / unit(whole) - 1) < 0.15);
});

test("the same rows with labels chosen nobody knows how have no verdict, as before", () => {
  const { estimate } = measured(partly("curve", 256));
  assert.ok(estimate.kind === "none");
  assert.match(estimate.because, /nothing says how the others were chosen/u);
});

test("too few labels are a reason, not a verdict", () => {
  const few = measured(partly("rate", 60), "random").estimate;
  assert.ok(few.kind === "none");
  assert.match(few.because, /60 labels say as much of the best of \d as \d+ of equal weight would/u);
  const fewer = measured(partly("rate", 20), "random").estimate;
  assert.ok(fewer.kind === "none");
  assert.match(fewer.because, /independent prompts, at least 30 are needed/u);
});

test("a sample that was certain to be labelled and is not leaves nothing to go by", () => {
  const rows = partly("curve", 256).map((row, i) => (i === 5 ? { ...row, inclusion: 1, gold: none } : row));
  const { estimate } = measured(rows, "weights");
  assert.ok(estimate.kind === "none");
  assert.match(estimate.because, /certain to be labelled 1 have no gold/u);
});

test("labels that all say the same are a reason", () => {
  const rows = partly("curve", 256).map(({ gold, ...row }): SpecificationRow => ({
    ...row,
    gold: gold.kind === "scored" ? { kind: "scored", value: 1 } : gold,
  }));
  const { estimate } = measured(rows, "weights");
  assert.ok(estimate.kind === "none");
  assert.match(estimate.because, /the same on every label/u);
});

test("where every sample is labelled it does not matter how they were chosen", () => {
  assert.deepEqual(measured(whole, "random"), measured(whole));
});

test("samples that the proxy left unscored are bounds here too", () => {
  const rows = partly("curve", 400).map((row, i) =>
    i % 40 === 3 ? { ...row, proxy: { kind: "unscored", because: "refused" } as const } : row,
  );
  const { worst, estimate } = measured(rows, "weights");
  assert.equal(worst!.unscored, 32);
  assert.ok(worst!.low.kind === "difference" && worst!.high.kind === "difference");
  assert.ok(estimate.kind === "difference");
});

/** Some of the golds that a called grader failed on, by the number of the sample. */
function failing(every: number): readonly SpecificationRow[] {
  return whole.map((row, i) =>
    i % every === 3 ? { ...row, gold: { kind: "unscored", because: "it crashed" } as const } : row,
  );
}
const called = (rows: readonly SpecificationRow[], range?: readonly [number, number]) =>
  measureSpecification("gap", rows, {
    rng: rngFrom(1),
    margin: 0.1,
    goldCalled: range === undefined ? {} : { range },
  });

test("a few samples that a called gold failed on are left out, with bounds that hold the whole truth", () => {
  const { estimate, worst, says } = called(failing(40));
  assert.ok(estimate.kind === "difference" && worst !== undefined);
  assert.equal(worst.unscored, 32);
  assert.ok(worst.low.kind === "difference" && worst.high.kind === "difference");
  const truth = measured(whole).estimate;
  assert.ok(truth.kind === "difference");
  for (const { point } of [truth, estimate])
    assert.ok(
      worst.low.point < point && point < worst.high.point,
      `${worst.low.point} ${point} ${worst.high.point}`,
    );
  assert.match(
    says!,
    /32 of 1280 samples lack a score \(32 lack the gold\) and are left out; .*does not change the verdict\.$/u,
  );
  const wider = called(failing(40), [-20, 20]).worst!;
  assert.ok(wider.low.kind === "difference" && wider.high.kind === "difference");
  assert.ok(wider.low.point < worst.low.point && wider.high.point > worst.high.point);
});

test("a proxy and a called gold that both fail are bounded together", () => {
  const rows = failing(60).map((row, i) =>
    i % 90 < 2 ? { ...row, proxy: { kind: "unscored", because: "refused" } as const } : row,
  );
  const { worst, says } = called(rows);
  const lacking = rows.filter(
    ({ proxy, gold }) => proxy.kind === "unscored" || gold.kind === "unscored",
  ).length;
  assert.equal(worst!.unscored, lacking);
  assert.match(
    says!,
    /lack the proxy, 22 lack the gold.*chosen or not as does most harm or most good, and as bad or as good as can be/u,
  );
});

test("a called gold that failed on more than one in ten gives no verdict, and the reason blames no choice of labels", () => {
  const { estimate } = called(failing(8));
  assert.ok(estimate.kind === "none");
  assert.match(
    estimate.because,
    /the grader of the gold left 160 of 1280 samples without a score, more than one in ten/u,
  );
  const none = called(whole.map((row) => ({ ...row, gold: { kind: "unscored", because: "x" } }))).estimate;
  assert.ok(none.kind === "none" && none.because === "no sample has a gold score");
});

test("a proxy that leaves its highest samples unscored does not hold: had they been chosen, the truth would fall", () => {
  const rng = rngFrom("missing where it matters");
  const normal = () => Math.sqrt(-2 * Math.log(1 - rng.uniform())) * Math.cos(2 * Math.PI * rng.uniform());
  const whole = Array.from({ length: 100 * 40 }, (_, i): SpecificationRow => {
    const x = normal();
    return {
      place: `line ${i}`,
      prompt: `p${i % 100}`,
      cluster: `p${i % 100}`,
      proxy: { kind: "scored", value: x },
      gold: { kind: "scored", value: x - 0.5 * Math.max(0, x) ** 2 + 0.3 * normal() },
    };
  });
  const measured = (rows: readonly SpecificationRow[]) =>
    gapOf({
      suite: "s",
      declaration: {
        name: "g",
        kind: "excess",
        intention: "i",
        control: "c",
        directions: { above: "a", below: "b" },
      },
      measured: measureSpecification("g", rows, { rng: rngFrom(1), margin: 0.1 }),
      margin: 0.1,
    });
  assert.equal(measured(whole).verdict, "gap");
  const blanked = whole.map((row): SpecificationRow =>
    row.proxy.kind === "scored" && row.proxy.value > 1
      ? { ...row, proxy: { kind: "unscored", because: "refused" } }
      : row,
  );
  const { verdict, says, bounds } = measured(blanked);
  assert.notEqual(verdict, "holds");
  assert.ok(bounds.kind === "bounds" && bounds.high > 0.3, JSON.stringify(bounds));
  assert.match(says, /could change the verdict/);
  assert.doesNotMatch(says, /No turnover/);
});
