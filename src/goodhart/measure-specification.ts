// What a specification is worth under pressure: proxy and gold under best-of-n, the peak, and how far the gold has fallen from it.

import type { CurvePoint, Peak, Pressure } from "../core/gap.ts";
import { leftOpen } from "../core/left-open.ts";
import type { MeasuredGap } from "../core/suite.ts";
import { bestOfN, bestOfNKl, gridOf } from "../stats/best-of-n.ts";
import { noEstimate, type Rate } from "../stats/estimate.ts";
import type { Range } from "../stats/counts.ts";
import { peakSet, type PeakSet } from "../stats/peak-set.ts";
import type { Rng } from "../stats/rng.ts";
import { supTBand } from "../stats/sup-t-band.ts";
import { fallOf } from "./fall-of.ts";
import { goldScale } from "./gold-scale.ts";
import { goldsOf } from "./golds-of.ts";
import type { Labels } from "./labels.ts";
import { poolsOf, type Pool, type Pools } from "./pools.ts";
import type { SpecificationRow } from "./specification-row.ts";
import { takenRows } from "./taken-rows.ts";
import { turnoverSentence } from "./turnover-sentence.ts";
import { worstOf, type GoldCalled } from "./worst-of.ts";
import { worstSentence } from "./worst-sentence.ts";

export type PressureOptions = {
  readonly rng: Rng;
  readonly margin: number;
  readonly maxN?: number;
  /** How the samples with a gold were chosen, where some lack it. */
  readonly labels?: Labels;
  /** Present where the gold is called on every sample: one without it is one that its grader failed on. */
  readonly goldCalled?: GoldCalled;
};

const CONTROL =
  "the same samples chosen at random (proxy shuffled within each prompt): gold at its peak minus gold at the largest n";

/** One gap with its curves. Never throws for what the data lack: that is a reason. */
export function measureSpecification(
  name: string,
  given: readonly SpecificationRow[],
  { rng, margin, maxN: wanted, labels = "unknown", goldCalled }: PressureOptions,
): MeasuredGap {
  const chosen = goldCalled === undefined ? labels : "unknown";
  const taken = takenRows(given, { labels: chosen, rng: rng.split("labels"), maxN: wanted });
  if (taken.kind === "none") return untested(name, taken.because, taken.n);
  const { rows, maxN } = taken;
  const made = poolsOf(rows, "left out", maxN);
  const because = whyNot(rows, made, goldCalled);
  if (because !== undefined) return untested(name, because, made.pools.length);
  const { pools, most } = made;
  const grid = gridOf(most);
  const curves = pools.map(({ samples }) => bestOfN(samples, grid));
  const clusters = pools.map(({ cluster }) => cluster);
  const kept = new Set(pools.map(({ prompt }) => prompt));
  const scale = taken.scaled(goldScale(goldsOf(given, taken.inclusions, kept)));
  if (!(scale.size > 1e-100))
    return untested(name, "the gold varies too little for its spread to be a number", pools.length);
  const golds = { curves: curves.map(({ gold }) => gold), clusters };
  const bands = {
    proxy: supTBand(
      { curves: curves.map(({ proxy }) => proxy), clusters },
      { rng: rng.split("proxy band"), range: rangeOf(pools, "proxy") },
    ),
    gold: supTBand(golds, { rng: rng.split("gold band"), range: rangeOf(pools, "gold", scale.unit) }),
  };
  const ties = pools.some(({ samples }) => new Set(samples.map(({ proxy }) => proxy)).size < samples.length);
  const curve = grid.map((n, p): CurvePoint => ({
    n,
    kl: { value: bestOfNKl(n), kind: ties && n > 1 ? "bound" : "exact" },
    proxy: bands.proxy[p]!,
    gold: bands.gold[p]!,
  }));
  const set = peakSet(golds, { rng: rng.split("peak") });
  const peak = peakOf(set, grid);
  const estimate = fallOf(pools, grid, scale, rng.split("fall"), set);
  const shuffled = pools.map((pool) => {
    const order = rng
      .split("shuffled")
      .split(pool.prompt)
      .shuffled(pool.samples.map(({ proxy }) => proxy));
    return { ...pool, samples: pool.samples.map(({ gold }, i) => ({ gold, proxy: order[i]! })) };
  });
  const control = fallOf(shuffled, grid, scale, rng.split("control"));
  const pressure: Pressure = { curve, peak, unit: scale.unit };
  const worst = worstOf(rows, { grid, scale, rng: rng.split("fall"), maxN, golds: goldCalled?.range });
  return {
    name,
    estimate,
    control: { says: CONTROL, value: control.kind === "none" ? control : { ...control, kind: "rate" } },
    ...(worst === undefined ? {} : { worst }),
    path: "none",
    of: "specification",
    pressure,
    says: [
      turnoverSentence({
        estimate,
        peak,
        most,
        margin,
        unit: scale.unit,
        grid,
        open: leftOpen(estimate, worst, margin),
      }),
      ...taken.says,
      ...(worst === undefined ? [] : [worstSentence({ worst, rows, unit: scale.unit, estimate, margin })]),
    ].join(" "),
  };
}

/** What a mean over samples can be. A gold made of few labels may leave the range of golds, and then widens it. */
function rangeOf(pools: readonly Pool[], of: "proxy" | "gold", unit?: "share" | "sd"): Range {
  const ends: [number, number] = unit === "share" ? [0, 1] : [Infinity, -Infinity];
  for (const { samples } of pools)
    for (const sample of samples) {
      ends[0] = Math.min(ends[0], sample[of]);
      ends[1] = Math.max(ends[1], sample[of]);
    }
  return ends;
}

function peakOf(set: PeakSet, grid: readonly number[]): Peak {
  return set.kind === "none"
    ? { kind: "none", because: set.because }
    : { kind: "range", low: grid[set.points[0]!]!, high: grid[set.points.at(-1)!]! };
}

/** Of the samples, so many may lack a gold that was called: beyond, what it fails on is no exception. */
const MOST_FAILED = 0.1;

function whyNot(
  rows: readonly SpecificationRow[],
  { pools, most }: Pools,
  goldCalled: GoldCalled | undefined,
): string | undefined {
  const unlabelled = rows.filter(({ gold }) => gold.kind === "unscored").length;
  if (unlabelled === rows.length) return "no sample has a gold score";
  if (goldCalled !== undefined && unlabelled > MOST_FAILED * rows.length)
    return `the grader of the gold left ${unlabelled} of ${rows.length} samples without a score, more than one in ten: what it fails on may be unlike the rest`;
  if (goldCalled === undefined && unlabelled > 0)
    return `${unlabelled} of ${rows.length} samples have no gold score and nothing says how the others were chosen: those may be the easy ones (--labels says it, where it is known)`;
  if (rows.length > 1 && new Set(rows.map(({ prompt }) => prompt)).size === rows.length)
    return "every prompt has one sample: nothing can be chosen between";
  if (most < 2)
    return "fewer than nine in ten prompts have two samples that are scored: nothing can be chosen between";
  const samples = pools.map((pool) => pool.samples);
  const varied = (of: "proxy" | "gold") => samples.some((pool) => pool.some((s) => s[of] !== pool[0]![of]));
  if (!varied("proxy")) return "the proxy gives every sample of a prompt the same score: it chooses nothing";
  if (!varied("gold")) return "the gold is the same for every sample of a prompt: no choice can change it";
  return undefined;
}

function untested(name: string, because: string, n: number): MeasuredGap {
  const none: Rate = noEstimate(because, n);
  return {
    name,
    estimate: none,
    control: { says: CONTROL, value: none },
    path: "none",
    of: "specification",
    pressure: { curve: [], peak: { kind: "none", because }, unit: "share" },
  };
}
