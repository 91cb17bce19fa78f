// One rater over several seeds: its curves text by text, each seed for itself, and all texts as one sample.

import type { Peak, Verdict } from "../../core/gap.ts";
import { verdictOf } from "../../core/verdict.ts";
import { poolsOf, type Pool } from "../../goodhart/pools.ts";
import { bestOfN, gridOf } from "../../stats/best-of-n.ts";
import type { UnitCurves } from "../../stats/curve-resamples.ts";
import type { Estimate, Rate } from "../../stats/estimate.ts";
import { fallFromPeak } from "../../stats/fall-from-peak.ts";
import { peakSet } from "../../stats/peak-set.ts";
import type { SpecificationRow } from "../../goodhart/specification-row.ts";
import type { Rng } from "../../stats/rng.ts";
import { supTBand } from "../../stats/sup-t-band.ts";
import type { Ends, FallRecord, RaterRecord } from "./seeds-record.ts";

/** What is needed of a run, without its texts: gains over one candidate in standard deviations, [texts][grid]. */
export type SeedCurves = {
  readonly seed: number;
  readonly grid: readonly number[];
  readonly rating: readonly (readonly number[])[];
  readonly truth: readonly (readonly number[])[];
  /** The furthest that two candidates' truths lie apart. */
  readonly spread: number;
  readonly outcome: Pick<RaterRecord["seeds"][number], "fall" | "verdict" | "peak">;
};

export type SeedRun = {
  readonly rows: readonly SpecificationRow[];
  readonly fall: Estimate;
  readonly verdict: Verdict;
  readonly peak: Peak;
};

export function seedCurves(seed: number, { rows, fall, verdict, peak }: SeedRun): SeedCurves {
  const { pools, most } = poolsOf(rows, "left out");
  const grid = gridOf(most);
  const curves = pools.map(({ samples }) => bestOfN(samples, grid));
  const [rating, truth] = [scaleOf(pools, "proxy"), scaleOf(pools, "gold")];
  return {
    seed,
    grid,
    rating: curves.map(({ proxy }) => proxy.map((value) => (value - proxy[0]!) / rating.sd)),
    truth: curves.map(({ gold }) => gold.map((value) => (value - gold[0]!) / truth.sd)),
    spread: truth.spread,
    outcome: { fall: fallRecord(fall), verdict, peak },
  };
}

export type RaterOptions = {
  readonly name: string;
  readonly times?: number;
  readonly margin: number;
  readonly rng: Rng;
  /** The texts of every seed are the same ones, in the same order: a text is one unit whatever the seed. */
  readonly sameTexts?: boolean;
  /** At which n curves are kept; every fall and peak is found on all of them. */
  readonly kept: (n: number) => boolean;
};

/** Texts are drawn independently within a seed and between seeds, so each is a unit of its own, unless they are the same ones. */
export function raterOverSeeds(
  seeds: readonly SeedCurves[],
  { name, times, margin, rng, kept, sameTexts = false }: RaterOptions,
): RaterRecord {
  const { grid } = seeds[0]!;
  const places = [...grid.keys()].filter((p) => kept(grid[p]!));
  const at = (curve: ArrayLike<number>) => places.map((p) => rounded(curve[p]!));
  const clusters = seeds.flatMap(({ seed, truth }) =>
    truth.map((_, i) => (sameTexts ? String(i) : `${seed}/${i}`)),
  );
  const rating: UnitCurves = { curves: seeds.flatMap((s) => s.rating), clusters };
  const truth: UnitCurves = { curves: seeds.flatMap((s) => s.truth), clusters };
  const spread = seeds.reduce((most, s) => Math.max(most, s.spread), 0);
  const set = peakSet(truth, { rng: rng.split("peak") });
  const { estimate } = fallFromPeak(truth, { rng: rng.split("fall"), range: [-spread, spread], peak: set });
  const band = (units: UnitCurves, what: string) =>
    supTBand(units, { rng: rng.split(what) }).filter((_, p) => p > 0 && places.includes(p));
  return {
    name,
    ...(times === undefined ? {} : { times }),
    grid: places.map((p) => grid[p]!),
    seeds: seeds.map((s) => ({
      seed: s.seed,
      ...s.outcome,
      rating: at(meanOf(s.rating)),
      truth: at(meanOf(s.truth)),
    })),
    together: {
      texts: new Set(clusters).size,
      fall: fallRecord(estimate),
      verdict: verdictOf("excess", estimate, margin),
      peak:
        set.kind === "none"
          ? { kind: "none", because: set.because }
          : { kind: "range", low: grid[set.points[0]!]!, high: grid[set.points.at(-1)!]! },
      curve: bandRecord(band(rating, "rating"), band(truth, "truth")),
    },
  };
}

function bandRecord(rating: readonly Rate[], truth: readonly Rate[]): RaterRecord["together"]["curve"] {
  for (const rate of [...rating, ...truth])
    if (rate.kind === "none") return { kind: "none", because: rate.because };
  const ends = (rates: readonly Rate[]): Ends[] =>
    rates.flatMap((rate) =>
      rate.kind === "none"
        ? []
        : [
            {
              point: rounded(rate.point),
              low: rounded(rate.interval.low),
              high: rounded(rate.interval.high),
            },
          ],
    );
  return { kind: "band", rating: ends(rating), truth: ends(truth) };
}

function fallRecord(estimate: Estimate): FallRecord {
  if (estimate.kind === "none") return { kind: "none", because: estimate.because, n: estimate.n };
  const { point, interval, n, method } = estimate;
  const [low, high] = [rounded(interval.low), rounded(interval.high)];
  return { kind: "measured", point: rounded(point), low, high, n, method };
}

/** Over all samples of all prompts, each prompt weighing the same. */
function scaleOf(pools: readonly Pool[], of: "proxy" | "gold") {
  const share = (samples: Pool["samples"], value: (x: number) => number) =>
    samples.reduce((sum, s) => sum + value(s[of]), 0) / samples.length / pools.length;
  const mean = pools.reduce((sum, { samples }) => sum + share(samples, (x) => x), 0);
  const variance = pools.reduce((sum, { samples }) => sum + share(samples, (x) => (x - mean) ** 2), 0);
  const all = pools.flatMap(({ samples }) => samples.map((s) => s[of]));
  const width = all.reduce((a, b) => Math.max(a, b)) - all.reduce((a, b) => Math.min(a, b));
  // Where nothing varies nothing is gained, in any unit.
  const sd = width > 0 ? Math.sqrt(variance) : 1;
  return { sd, spread: width / sd };
}

function meanOf(curves: readonly (readonly number[])[]): readonly number[] {
  return curves[0]!.map((_, p) => curves.reduce((sum, curve) => sum + curve[p]!, 0) / curves.length);
}

/** Four decimals: a ten-thousandth of a standard deviation. */
function rounded(x: number): number {
  return Math.round(x * 1e4) / 1e4 + 0;
}
