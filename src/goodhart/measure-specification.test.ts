import assert from "node:assert/strict";
import { test } from "node:test";
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
