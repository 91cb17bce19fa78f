import assert from "node:assert/strict";
import { test } from "node:test";
import { drawnRows } from "../../lab/exact/experiment.ts";
import { exactWorld } from "../../lab/exact/worlds.ts";
import { rngFrom } from "../../stats/rng.ts";
import { measureSpecification } from "../measure-specification.ts";
import { rowsOf } from "../rows-of.ts";
import type { SpecificationRow } from "../specification-row.ts";
import { readCsv } from "../table/read-csv.ts";
import { readJsonl } from "../table/read-jsonl.ts";
import { inclusionsFor } from "./inclusions-for.ts";
import { labelsNeeded, type LabelStep } from "./labels-needed.ts";
import { planFile } from "./plan-file.ts";
import { planLabels } from "./plan-labels.ts";
import { proportional } from "./proportional.ts";
import { systematicDraw } from "./systematic-draw.ts";

const world = exactWorld({
  seed: 2,
  kinds: 30,
  answers: 80,
  error: 0.7,
  tail: "light",
  feature: 0,
  rarity: 1,
  binary: true,
});
const rows = drawnRows(world, { prompts: 60, samples: 12, rng: rngFrom("rows") });
const none = { kind: "unscored", because: "not labelled" } as const;
const bare = rows.map((row) => ({ ...row, gold: none }));
const sum = (values: readonly number[]) => values.reduce((a, b) => a + b, 0);

test("probabilities are in proportion until one would exceed 1, and add up to the budget", () => {
  assert.deepEqual(proportional([1, 2, 5], 0.8), [0.1, 0.2, 0.5]);
  const [a, b, c] = proportional([1, 2, 97], 2);
  assert.equal(c, 1);
  assert.ok(Math.abs(a! - 1 / 3) < 1e-12 && Math.abs(b! - 2 / 3) < 1e-12);
  assert.deepEqual(proportional([3, 4], 2), [1, 1]);
});

test("a systematic draw is of a fixed number, each as often as its probability says", () => {
  const wanted = [0.1, 0.9, 0.5, 1, 0.25, 0.25];
  const counts = wanted.map(() => 0);
  const rng = rngFrom("draws");
  for (let r = 0; r < 4000; r++) {
    const drawn = systematicDraw(wanted, rng.shuffled([...wanted.keys()]), rng);
    assert.equal(drawn.filter(Boolean).length, 3);
    drawn.forEach((is, i) => (counts[i]! += is ? 1 : 0));
  }
  wanted.forEach((p, i) => {
    const within = 3.5 * Math.sqrt((p * (1 - p)) / 4000) + 1e-12;
    assert.ok(Math.abs(counts[i]! / 4000 - p) <= within, `${i}: ${counts[i]}`);
  });
});

test("for a rate all samples have the same chance; for the curve the proxy's favourites have more, and nobody none", () => {
  const even = inclusionsFor("rate", bare, 72);
  assert.ok(even.every((p) => p === 0.1));
  const curve = inclusionsFor("curve", bare, 72);
  assert.ok(Math.abs(sum(curve) - 72) < 1e-9);
  assert.ok(curve.every((p) => p >= 0.025 && p <= 1));
  const own = bare.flatMap(({ prompt, proxy }, i) =>
    prompt === "prompt 7" && proxy.kind === "scored" ? [{ value: proxy.value, p: curve[i]! }] : [],
  );
  const ranked = own.toSorted((x, y) => y.value - x.value);
  assert.ok(ranked[0]!.p > 0.35 && ranked[0]!.p > 5 * ranked[6]!.p);
  assert.ok(inclusionsFor("curve", bare, 10_000).every((p) => p === 1));
});

test("as many are drawn as there are labels, from every prompt its due, and the same seed draws the same", () => {
  for (const target of ["rate", "curve"] as const) {
    const plan = planLabels({ rows: bare, budget: 120, rng: rngFrom(1), for: target });
    assert.equal(plan.filter(({ drawn }) => drawn).length, 120);
    assert.deepEqual(
      plan.map(({ row }) => row.place),
      bare.map(({ place }) => place),
    );
    assert.deepEqual(plan, planLabels({ rows: bare, budget: 120, rng: rngFrom(1), for: target }));
  }
  const perPrompt = Map.groupBy(
    planLabels({ rows: bare, budget: 120, rng: rngFrom(2), for: "curve" }).filter(({ drawn }) => drawn),
    ({ row }) => row.prompt,
  );
  assert.equal(perPrompt.size, 60);
  assert.throws(() => planLabels({ rows: [], budget: 3, rng: rngFrom(1), for: "rate" }), RangeError);
  assert.throws(() => planLabels({ rows: bare, budget: 0.5, rng: rngFrom(1), for: "rate" }), RangeError);
});

const widest = (steps: readonly LabelStep[], labels: number) => {
  const step = steps.find((one) => one.labels === labels);
  assert.ok(step?.kind === "half-width", JSON.stringify(step));
  return step;
};

/** The rows with the golds that a plan would have asked for. */
function labelled(budget: number, seed: string): readonly SpecificationRow[] {
  return planLabels({ rows, budget, rng: rngFrom(seed), for: "curve" }).map(({ row, inclusion, drawn }) => ({
    ...row,
    inclusion,
    gold: drawn ? row.gold : none,
  }));
}

test("what is foretold from a pilot is what the labels then bring, within a third", () => {
  const { steps, basis, unit } = labelsNeeded({
    rows: labelled(120, "pilot"),
    rng: rngFrom(3),
    for: "curve",
    budgets: [120, 300, 720],
  });
  assert.equal(basis, "a pilot of 120 labels");
  assert.equal(unit, "share");
  for (const labels of [120, 300, 720]) {
    const step = widest(steps, labels);
    const { pressure } = measureSpecification("gap", labelled(labels, "later"), {
      rng: rngFrom(4),
      margin: 0.1,
      labels: "weights",
    });
    const last = pressure!.curve.at(-1)!;
    assert.ok(Math.abs(last.n - step.n) <= 2, `${last.n} and ${step.n}`);
    for (const [point, foretold] of [
      [last, step.value],
      [pressure!.curve[0]!, step.atOne],
    ] as const) {
      assert.ok(point.gold.kind === "rate");
      const ratio = foretold / ((point.gold.interval.high - point.gold.interval.low) / 2);
      assert.ok(ratio > 2 / 3 && ratio < 4 / 3, `${labels} at n = ${point.n}: ${ratio}`);
    }
  }
});

test("without a pilot the worst is taken, which says so and is wider; more labels are never worse", () => {
  const blind = labelsNeeded({ rows: bare, rng: rngFrom(5), for: "curve" });
  assert.match(blind.basis, /^no pilot: the worst/u);
  const piloted = labelsNeeded({ rows: labelled(200, "pilot"), rng: rngFrom(5), for: "curve" });
  const [few, many] = [widest(blind.steps, 200), widest(blind.steps, 400)];
  assert.ok(many.value < few.value && many.atOne < few.atOne);
  assert.ok(widest(piloted.steps, 200).value < few.value);
  assert.deepEqual(blind.steps[0]!.kind, "none");
  // No more labels than samples.
  assert.deepEqual(
    blind.steps.map(({ labels }) => labels),
    [25, 50, 100, 200, 400, 720],
  );
});

test("for a rate the forecast without a pilot is what the formula of two stages says", () => {
  const { steps } = labelsNeeded({ rows: bare, rng: rngFrom(6), for: "rate", budgets: [100, 720] });
  const t = 2.000995378088267; // of 59 degrees of freedom
  const half = (labels: number) => t * Math.sqrt(0.25 / 60 + 0.25 * (1 / labels - 1 / 720));
  for (const labels of [100, 720]) {
    const step = widest(steps, labels);
    assert.equal(step.n, 1);
    assert.ok(Math.abs(step.value - half(labels)) < 1e-9, `${labels}: ${step.value}`);
  }
});

test("too few prompts are told before anybody is asked to label", () => {
  const { steps } = labelsNeeded({ rows: bare.slice(0, 120), rng: rngFrom(7), for: "curve", budgets: [50] });
  assert.deepEqual(steps, [
    { kind: "none", labels: 50, because: "at least 30 independent prompts are needed" },
  ]);
});

const hostile = [
  'p,text,s,g,other\n"a, ""b""\nnext line",=1+1,0.5,1,x\n"a, ""b""\nnext line","\r\n tail ",0.75,0,y\n',
  'c,plain,,,z\nc,"also\nplain",0.125,1,z\n',
].join("");
const columns = { prompt: "p", response: "text", proxy: "s", gold: "g" } as const;

for (const format of ["csv", "jsonl"] as const)
  test(`a plan as ${format} reads back as it was meant, line ends and quotes and all`, () => {
    const table = readCsv(Buffer.from(hostile), "in.csv", ",");
    const given = rowsOf(table, columns);
    const plan = planFile(table, { columns, budget: 2, for: "curve", rng: rngFrom(8), format });
    assert.equal(plan.drawn, 2);
    const read =
      format === "csv"
        ? readCsv(Buffer.from(plan.text), "plan.csv", ",")
        : readJsonl(Buffer.from(plan.text), "plan.jsonl");
    const back = rowsOf(read, plan.columns);
    assert.equal(back.length, given.length);
    const labels = read.rows.map(({ values }) => values["label"]);
    assert.deepEqual(labels, ["yes", "yes", "no", "no"]);
    back.forEach((row, i) => {
      const before = given.find(({ place }) => place === read.rows[i]!.values["place"])!;
      assert.deepEqual(
        [row.prompt, row.response, row.proxy.kind],
        [before.prompt, before.response, before.proxy.kind],
      );
      if (row.proxy.kind === "scored") assert.deepEqual(row.proxy, before.proxy);
      // A gold that was there already is kept where it was drawn, and nowhere else.
      if (labels[i] === "yes" && before.gold.kind === "scored") assert.deepEqual(row.gold, before.gold);
      else assert.equal(row.gold.kind, "unscored");
    });
    assert.ok(Math.abs(sum(back.map(({ inclusion }) => inclusion!)) - 2) < 1e-9);
  });

test("a plan made before anybody has labelled needs no column of golds", () => {
  const table = readCsv(Buffer.from("p,s\na,1\na,2\n"), "in.csv", ",");
  const { text } = planFile(table, {
    columns: { prompt: "p", proxy: "s" },
    budget: 1,
    for: "rate",
    rng: rngFrom(9),
    format: "csv",
  });
  assert.match(text, /^place,prompt,proxy,label,inclusion,gold\r\nline \d,a,\d,yes,0\.5,\r\n/u);
});
