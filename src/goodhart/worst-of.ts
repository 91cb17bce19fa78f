// What the gap would be if the samples that lack a score had had the worst there is: missing is not at random.

import type { Worst } from "../core/suite.ts";
import type { Range } from "../stats/counts.ts";
import type { Estimate } from "../stats/estimate.ts";
import type { Rng } from "../stats/rng.ts";
import { fallOf } from "./fall-of.ts";
import type { GoldScale } from "./gold-scale.ts";
import { poolsOf, type Unscored } from "./pools.ts";
import type { SpecificationRow } from "./specification-row.ts";

/** `range`: the least and the largest gold that its grader can give, where that is known. */
export type GoldCalled = { readonly range?: Range };

export type WorstOptions = {
  /** Of the gap itself, with the scale in which it is told. */
  readonly grid: readonly number[];
  readonly scale: GoldScale;
  readonly rng: Rng;
  readonly maxN: number | undefined;
  /** What a missing gold can have been; the golds that were seen, where absent. */
  readonly golds: Range | undefined;
};

/**
 * Samples without a proxy are taken as never chosen, as always chosen, and as chosen where that does most harm, or most good, to the gold; those without a gold as all low, all high, and low where the
 * proxy's upper or lower half of its prompt is and high in the other, which is what moves the fall most either way. The bounds are the
 * least and the largest of all these. Undefined where nothing lacks a score.
 */
export function worstOf(
  rows: readonly SpecificationRow[],
  { grid, scale, rng, maxN, golds }: WorstOptions,
): Worst | undefined {
  const [proxies, missing] = [
    rows.some(({ proxy, gold }) => proxy.kind === "unscored" && gold.kind === "scored"),
    rows.some(({ gold }) => gold.kind === "unscored"),
  ];
  if (!proxies && !missing) return undefined;
  const hows: readonly Unscored[] = rows.some(({ proxy }) => proxy.kind === "unscored")
    ? ["last", "first", "worst first", "best first"]
    : ["left out"];
  const ends = golds ?? seenIn(rows);
  // What stands for a gold may lie outside of those that were seen.
  const wide = missing
    ? { ...scale, spread: Math.max(scale.spread, (ends[1] - ends[0]) / scale.size) }
    : scale;
  const falls = hows
    .flatMap((how) =>
      (missing ? fillings(rows, ends, how) : [rows]).map((some): Estimate => {
        const { pools, most } = poolsOf(some, how, maxN);
        const points = grid.filter((n) => n <= most);
        return fallOf(pools, points, wide, rng);
      }),
    )
    .toSorted((a, b) => pointOf(a) - pointOf(b));
  return {
    unscored: rows.filter(({ proxy, gold }) => proxy.kind === "unscored" || gold.kind === "unscored").length,
    of: rows.length,
    low: falls[0]!,
    high: falls.at(-1)!,
  };
}

function fillings(
  rows: readonly SpecificationRow[],
  [low, high]: Range,
  how: Unscored,
): readonly (readonly SpecificationRow[])[] {
  const middles = new Map(
    [...Map.groupBy(rows, ({ prompt }) => prompt)].map(([prompt, own]) => {
      const scores = own
        .flatMap(({ proxy }) => (proxy.kind === "scored" ? [proxy.value] : []))
        .toSorted((a, b) => a - b);
      return [prompt, scores[Math.floor(scores.length / 2)] ?? 0];
    }),
  );
  const isUpper = ({ prompt, proxy }: SpecificationRow) =>
    proxy.kind === "scored" ? proxy.value >= middles.get(prompt)! : how !== "last";
  const ways: readonly ((row: SpecificationRow) => number)[] = [
    () => low,
    () => high,
    (row) => (isUpper(row) ? low : high),
    (row) => (isUpper(row) ? high : low),
  ];
  return ways.map((goldOf) =>
    rows.map((row) =>
      row.gold.kind === "scored" ? row : { ...row, gold: { kind: "scored", value: goldOf(row) } as const },
    ),
  );
}

function seenIn(rows: readonly SpecificationRow[]): Range {
  const golds = rows.flatMap(({ gold }) => (gold.kind === "scored" ? [gold.value] : []));
  return golds.every((gold) => gold === 0 || gold === 1)
    ? [0, 1]
    : [golds.reduce((a, b) => Math.min(a, b)), golds.reduce((a, b) => Math.max(a, b))];
}

function pointOf(estimate: Estimate): number {
  return estimate.kind === "none" ? 0 : estimate.point;
}
