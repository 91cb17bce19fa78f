// Simulated coverage of the best-of-n estimators in the exact world, where the truth is known.
//
//   node test/golden/goodhart/coverage.ts [--repetitions 2000]     writes coverage.json beside this file
//
// A repetition draws prompts from the world's kinds and a pool of samples for each, and asks of every estimator whether it holds the truth.

import { writeFileSync } from "node:fs";
import path from "node:path";
import { parseArgs } from "node:util";
import { exactBestOfN, type ExactWorld } from "../../../src/lab/exact/exact-world.ts";
import { exactWorld, type WorldSettings } from "../../../src/lab/exact/worlds.ts";
import { bestOfN } from "../../../src/stats/best-of-n.ts";
import { fallFromPeak } from "../../../src/stats/fall-from-peak.ts";
import { peakSet } from "../../../src/stats/peak-set.ts";
import { rngFrom, type Rng } from "../../../src/stats/rng.ts";
import { supTBand } from "../../../src/stats/sup-t-band.ts";

export const MOST = 16;
const GRID = Array.from({ length: MOST }, (_, i) => i + 1);
const POOL = 24;
const MARGIN = 0.1;

const base = { seed: 1, kinds: 40, answers: 120, error: 1, rarity: 20 } as const;
export const worlds: Readonly<Record<string, WorldSettings>> = {
  "no turnover": { ...base, tail: "light", feature: 0 },
  "no turnover, gold 0 or 1": { ...base, tail: "light", feature: 0, binary: true },
  "no turnover, a proxy that says nothing": { ...base, tail: "light", feature: 0, blind: true },
  "turnover by a feature": { ...base, tail: "light", feature: 2.5 },
  "turnover by a feature, gold 0 or 1": { ...base, tail: "light", feature: 3, binary: true },
  "turnover by heavy tails": { ...base, tail: "heavy", feature: 0, error: 2.5 },
};

export type Coverage = {
  readonly world: string;
  readonly prompts: number;
  readonly repetitions: number;
  readonly peak: number;
  readonly fall: number;
  /** Shares of repetitions in which the whole band, the peak's set and the fall's interval hold the truth. */
  readonly band: number;
  readonly set: number;
  readonly interval: number;
  /** Shares in which a gap beyond the margin, or any fall at all, is claimed. */
  readonly gapClaimed: number;
  readonly turnoverClaimed: number;
  readonly meanFall: number;
};

export function coverageOf(name: string, prompts: number, repetitions: number, seed = "coverage"): Coverage {
  const world = exactWorld(worlds[name]!);
  const truth = GRID.map((n) => exactBestOfN(world, n).gold);
  const peak = truth.indexOf(Math.max(...truth));
  const fall = truth[peak]! - truth.at(-1)!;
  const rng = rngFrom(`${seed} ${name} ${prompts}`);
  const counts = { band: 0, set: 0, interval: 0, gapClaimed: 0, turnoverClaimed: 0 };
  let total = 0;
  for (let r = 0; r < repetitions; r++) {
    const own = rng.split(String(r));
    const units = drawn(world, prompts, own.split("samples"));
    const band = supTBand(units, { rng: own.split("band") });
    const set = peakSet(units, { rng: own.split("peak") });
    const { estimate } = fallFromPeak(units, {
      rng: own.split("fall"),
      range: rangeOf(units.curves),
      peak: set,
    });
    if (band.every((rate, p) => rate.kind === "none" || holds(rate.interval, truth[p]!))) counts.band++;
    if (set.kind === "none" || set.points.includes(peak)) counts.set++;
    if (estimate.kind === "none") continue;
    total += estimate.point;
    if (holds(estimate.interval, fall)) counts.interval++;
    if (estimate.interval.low > MARGIN) counts.gapClaimed++;
    if (estimate.interval.low > 0 || (set.kind === "set" && set.points.at(-1)! < GRID.length - 1))
      counts.turnoverClaimed++;
  }
  const share = (count: number) => count / repetitions;
  return {
    world: name,
    prompts,
    repetitions,
    peak: GRID[peak]!,
    fall: Number(fall.toFixed(4)),
    band: share(counts.band),
    set: share(counts.set),
    interval: share(counts.interval),
    gapClaimed: share(counts.gapClaimed),
    turnoverClaimed: share(counts.turnoverClaimed),
    meanFall: Number((total / repetitions).toFixed(4)),
  };
}

function drawn(world: ExactWorld, prompts: number, rng: Rng) {
  const curves = Array.from({ length: prompts }, () => {
    const { answers } = rng.pick(world).prompt;
    return bestOfN(
      Array.from({ length: POOL }, () => rng.pick(answers)),
      GRID,
    ).gold;
  });
  return { curves, clusters: curves.map((_, i) => String(i)) };
}

function rangeOf(curves: readonly (readonly number[])[]): readonly [number, number] {
  const values = curves.flat();
  const spread = values.reduce((a, b) => Math.max(a, b)) - values.reduce((a, b) => Math.min(a, b));
  return [-spread, spread];
}

function holds({ low, high }: { readonly low: number; readonly high: number }, value: number): boolean {
  return low - 1e-12 <= value && value <= high + 1e-12;
}

if (import.meta.main) {
  const { values } = parseArgs({
    options: {
      repetitions: { type: "string", default: "2000" },
      prompts: { type: "string", default: "30,50,100" },
    },
  });
  const rows = Object.keys(worlds).flatMap((name) =>
    values.prompts.split(",").map((prompts) => {
      const row = coverageOf(name, Number(prompts), Number(values.repetitions));
      console.log(JSON.stringify(row));
      return row;
    }),
  );
  writeFileSync(path.join(import.meta.dirname, "coverage.json"), `${JSON.stringify(rows, undefined, 2)}\n`);
}
