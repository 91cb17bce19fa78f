// Simulated coverage of the curve's estimators where only some samples are labelled, in the exact world, where the truth is known.
//
//   node test/golden/goodhart/labels-coverage.ts [--repetitions 500]     writes labels-coverage.json beside this file
//
// A repetition draws prompts and samples, takes most golds away, has `poweredRows` put pseudo-golds in their place and say how far they reach, and asks of
// every estimator whether it holds the truth up to there.

import { writeFileSync } from "node:fs";
import path from "node:path";
import { parseArgs } from "node:util";
import { planLabels } from "../../../src/goodhart/label-plan/plan-labels.ts";
import { poolsOf } from "../../../src/goodhart/pools.ts";
import { leastEffectiveLabels, poweredRows } from "../../../src/goodhart/powered-rows.ts";
import type { SpecificationRow } from "../../../src/goodhart/specification-row.ts";
import { exactBestOfN } from "../../../src/lab/exact/exact-world.ts";
import { drawnRows } from "../../../src/lab/exact/experiment.ts";
import { exactWorld } from "../../../src/lab/exact/worlds.ts";
import { bestOfN } from "../../../src/stats/best-of-n.ts";
import type { Estimate } from "../../../src/stats/estimate.ts";
import { fallFromPeak } from "../../../src/stats/fall-from-peak.ts";
import { peakSet } from "../../../src/stats/peak-set.ts";
import { rngFrom, type Rng } from "../../../src/stats/rng.ts";
import { supTBand } from "../../../src/stats/sup-t-band.ts";
import { worlds } from "./coverage.ts";

export const MOST = 16;
/** Fewer points than are drawn elsewhere: the peak's set tests each against all others, which is what takes the time. */
const GRID = [1, 2, 3, 5, 8, 16];
const POOL = 24;
/** A truth that falls by less counts as one that does not: short of the largest n a world's flat curve moves by a hundredth. */
const FLAT = 0.02;

/** How the labels are drawn: evenly, by the plan for the curve, or all there are; and the share of samples that get one. */
export type Drawn = {
  readonly labels: "random" | "planned" | "all";
  readonly share: number;
  /** The fewest effective labels up to which the curve is followed; 0 is to see what it is for. */
  readonly least: number;
};

export type LabelsCoverage = Drawn & {
  readonly world: string;
  readonly prompts: number;
  readonly repetitions: number;
  /** Repetitions in which the labels reached n = 2; everything below is about those. */
  readonly tested: number;
  /** The largest n that is reached, on average. */
  readonly reach: number;
  /** Shares of repetitions in which the whole band, the peak's set and the fall's interval hold the truth up to the n reached. */
  readonly band: number;
  readonly set: number;
  readonly interval: number;
  /** Share in which any fall is claimed; and the same of those in which the truth does not fall up to there, and how many those are. */
  readonly turnoverClaimed: number;
  readonly falselyClaimed: number;
  readonly flat: number;
  /** Half the widths, on average: of the band at n = 1, at n = 3, and at the largest n reached, and of the fall's interval. */
  readonly halfAtOne: number;
  readonly halfAtThree: number;
  readonly halfAtReach: number;
  readonly halfFall: number;
  /** Where the unlabelled are left out instead: the largest n on average, and the band at n = 3 where that is reached. */
  readonly leftOut: { readonly reach: number; readonly halfAtThree?: number };
};

export function labelsCoverageOf(
  name: string,
  prompts: number,
  drawn: Drawn,
  repetitions: number,
  seed = "labels",
): LabelsCoverage {
  const world = exactWorld(worlds[name]!);
  const truth = GRID.map((n) => exactBestOfN(world, n).gold);
  const rng = rngFrom(`${seed} ${name} ${prompts} ${drawn.labels} ${drawn.share} ${drawn.least}`);
  const sums = {
    ...{ tested: 0, reach: 0, band: 0, set: 0, interval: 0, turnoverClaimed: 0, falselyClaimed: 0, flat: 0 },
    ...{ halfAtOne: 0, halfAtThree: 0, threes: 0, halfAtReach: 0, halfFall: 0 },
    ...{ leftOut: 0, leftOutThrees: 0, leftOutHalf: 0 },
  };
  for (let r = 0; r < repetitions; r++) {
    const own = rng.split(String(r));
    const rows = drawnRows(world, { prompts, samples: POOL, rng: own.split("samples") });
    const some = partly(rows, drawn, own.split("labels"));
    leaveOut(some, own.split("left out"));
    const made =
      drawn.labels === "all"
        ? ({ kind: "powered", rows, range: [-50, 50], most: MOST } as const)
        : poweredRows(some, { rng: own.split("gold"), maxN: MOST, least: drawn.least });
    if (made.kind === "none") continue;
    const grid = GRID.filter((n) => n <= made.most);
    const truths = truth.slice(0, grid.length);
    const peak = truths.indexOf(Math.max(...truths));
    const fall = truths[peak]! - truths.at(-1)!;
    const { pools } = poolsOf(made.rows, "left out", made.most);
    const units = {
      curves: pools.map(({ samples }) => bestOfN(samples, grid).gold),
      clusters: pools.map(({ cluster }) => cluster),
    };
    const band = supTBand(units, { rng: own.split("band") });
    const set = peakSet(units, { rng: own.split("peak") });
    const spread = made.range[1] - made.range[0];
    const { estimate } = fallFromPeak(units, {
      rng: own.split("fall"),
      range: [-spread, spread],
      peak: set,
    });
    sums.tested++;
    sums.reach += grid.at(-1)!;
    if (band.every((rate, p) => rate.kind === "none" || holds(rate, truths[p]!))) sums.band++;
    if (set.kind === "none" || set.points.includes(peak)) sums.set++;
    if (holds(estimate, fall)) sums.interval++;
    const claimed =
      (estimate.kind !== "none" && estimate.interval.low > 0) ||
      (set.kind === "set" && set.points.at(-1)! < grid.length - 1);
    if (claimed) sums.turnoverClaimed++;
    if (fall < FLAT) sums.flat++;
    if (fall < FLAT && claimed) sums.falselyClaimed++;
    sums.halfAtOne += half(band[0]!);
    sums.halfAtReach += half(band.at(-1)!);
    sums.halfFall += half(estimate);
    if (grid.includes(3)) {
      sums.threes++;
      sums.halfAtThree += half(band[grid.indexOf(3)]!);
    }
  }
  const mean = (sum: number, of = sums.tested) => Number((of === 0 ? 0 : sum / of).toFixed(4));
  return {
    ...{ world: name, prompts, ...drawn, repetitions, tested: sums.tested, reach: mean(sums.reach) },
    ...{ band: mean(sums.band), set: mean(sums.set), interval: mean(sums.interval) },
    ...{
      turnoverClaimed: mean(sums.turnoverClaimed),
      falselyClaimed: mean(sums.falselyClaimed, sums.flat),
      flat: sums.flat,
    },
    ...{ halfAtOne: mean(sums.halfAtOne), halfAtThree: mean(sums.halfAtThree, sums.threes) },
    ...{ halfAtReach: mean(sums.halfAtReach), halfFall: mean(sums.halfFall) },
    leftOut: {
      reach: mean(sums.leftOut, repetitions),
      ...(sums.leftOutThrees === 0 ? {} : { halfAtThree: mean(sums.leftOutHalf, sums.leftOutThrees) }),
    },
  };

  function leaveOut(some: readonly SpecificationRow[], own: Rng): void {
    if (drawn.labels !== "random") return;
    const { pools, most } = poolsOf(some, "left out", MOST);
    sums.leftOut += most;
    if (most < 3) return;
    sums.leftOutThrees++;
    const [, , atThree] = supTBand(
      {
        curves: pools.map(({ samples }) => bestOfN(samples, [1, 2, 3]).gold),
        clusters: pools.map(({ cluster }) => cluster),
      },
      { rng: own },
    );
    sums.leftOutHalf += half(atThree!);
  }
}

/** The rows with the golds of those not labelled taken away. */
function partly(
  rows: readonly SpecificationRow[],
  { labels, share }: Drawn,
  rng: Rng,
): readonly SpecificationRow[] {
  if (labels === "all") return rows;
  const budget = Math.round(share * rows.length);
  return planLabels({ rows, budget, rng, for: labels === "random" ? "rate" : "curve", maxN: MOST }).map(
    ({ row: { gold, ...row }, inclusion, drawn }) => ({
      ...row,
      gold: drawn ? gold : { kind: "unscored", because: "not labelled" },
      ...(labels === "planned" ? { inclusion } : {}),
    }),
  );
}

function half(estimate: Estimate): number {
  return estimate.kind === "none" ? 0 : (estimate.interval.high - estimate.interval.low) / 2;
}

function holds(estimate: Estimate, value: number): boolean {
  return (
    estimate.kind !== "none" &&
    estimate.interval.low - 1e-12 <= value &&
    value <= estimate.interval.high + 1e-12
  );
}

const least = leastEffectiveLabels;
export const drawings: readonly Drawn[] = [
  { labels: "random", share: 0.1, least },
  { labels: "random", share: 0.3, least },
  { labels: "planned", share: 0.1, least },
  { labels: "planned", share: 0.3, least },
];
/** For the widths alone: nothing is gained by simulating again what coverage.json holds. */
export const full: Drawn = { labels: "all", share: 1, least };
/** What happens without the rule, in the first of the worlds at 60 prompts, with some 6 and 12 effective labels at the largest n; twice as often. */
export const unruled: readonly Drawn[] = [0.05, 0.1].map((share) => ({ labels: "random", share, least: 0 }));

/** World and prompts. */
export const studied = [
  ["no turnover, a proxy that says nothing", 60],
  ["no turnover, a proxy that says nothing", 120],
  ["turnover by a feature, gold 0 or 1", 60],
  ["turnover by a feature, gold 0 or 1", 120],
  ["turnover by heavy tails", 60],
] as const;

if (import.meta.main) {
  const { values } = parseArgs({
    options: {
      repetitions: { type: "string", default: "500" },
      out: { type: "string", default: path.join(import.meta.dirname, "labels-coverage.json") },
    },
  });
  const repetitions = Number(values.repetitions);
  const rows: LabelsCoverage[] = [];
  const add = (row: LabelsCoverage) => {
    console.log(JSON.stringify(row));
    rows.push(row);
  };
  for (const [world, prompts] of studied) {
    add(labelsCoverageOf(world, prompts, full, Math.ceil(repetitions / 10)));
    for (const drawn of drawings) add(labelsCoverageOf(world, prompts, drawn, repetitions));
  }
  for (const drawn of unruled) add(labelsCoverageOf(studied[0][0], 60, drawn, 2 * repetitions));
  writeFileSync(values.out, `${JSON.stringify(rows, undefined, 2)}\n`);
}
