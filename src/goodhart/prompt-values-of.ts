// Proxy and gold prompt by prompt, at a few n: what two specifications need to be compared on the prompts that they share.

import { createHash } from "node:crypto";
import { bestOfN } from "../stats/best-of-n.ts";
import { goldScale } from "./gold-scale.ts";
import { goldsOf } from "./golds-of.ts";
import { poolsOf } from "./pools.ts";
import type { SpecificationRow } from "./specification-row.ts";

/** As `src/run/prompt-values.ts` writes and checks it. */
export type PromptValuesOf =
  | {
      readonly kind: "values";
      /** Which gap of the record these prompts add up to. */
      readonly suite: string;
      readonly gap: string;
      readonly unit: "share" | "sd";
      /** The unit of the gap, in that of the gold below. */
      readonly size: number;
      /** The least and the greatest gold of a sample. */
      readonly range: readonly [least: number, greatest: number];
      /** Values of n: from 1 on, increasing, at most 16; the last is the largest n of the curve. */
      readonly grid: readonly number[];
      /** In the order in which the prompts first appear; proxy and gold as they were given, one for each n of the grid. */
      readonly rows: readonly PromptRow[];
    }
  | { readonly kind: "none"; readonly because: string };

type PromptRow = {
  /** Hex of the first 16 bytes of the sha256 of the prompt's text; of its cluster's name likewise. */
  readonly prompt: string;
  readonly cluster: string;
  readonly proxy: readonly number[];
  readonly gold: readonly number[];
};

/** The largest number of n that are kept of a prompt. */
const POINTS = 16;

/**
 * Over the prompts that the overall curve is made of, best-of-n as there. Where some samples have no gold there are no values: what a
 * prompt's labelled samples alone are worth is not what the curve is made of.
 * @param options.maxN as given to `auditSpecification`
 */
export function promptValuesOf(
  rows: readonly SpecificationRow[],
  { maxN }: { readonly maxN?: number } = {},
): PromptValuesOf {
  const none = (because: string) => ({ kind: "none", because }) as const;
  const unlabelled = rows.filter(({ gold }) => gold.kind === "unscored").length;
  if (unlabelled > 0) return none(`${unlabelled} of ${rows.length} samples have no gold score`);
  const { pools, most } = poolsOf(rows, "left out", maxN);
  if (most < 2) return none("too few prompts have two samples that are scored");
  const samples = pools.flatMap((pool) => pool.samples);
  const range = rangeOf(samples.map(({ gold }) => gold));
  const kept = new Set(pools.map(({ prompt }) => prompt));
  const { unit, size } = goldScale(
    goldsOf(
      rows,
      rows.map(() => 1),
      kept,
    ),
  );
  if (!(range[1] > range[0] && size > 1e-100))
    return none("the gold varies too little for its spread to be a number");
  const grid = fewOf(most);
  const gold = roundedTo(range);
  const proxy = roundedTo(rangeOf(samples.map((sample) => sample.proxy)));
  return {
    kind: "values",
    suite: "specification",
    gap: "over-optimisation",
    unit,
    size,
    range,
    grid,
    rows: pools.map((pool) => {
      const best = bestOfN(pool.samples, grid);
      return {
        prompt: hashed(pool.prompt),
        cluster: hashed(pool.cluster),
        proxy: best.proxy.map(proxy),
        gold: best.gold.map(gold),
      };
    }),
  };
}

/** Powers of 2, or of 4, 8 and so on where those are too many, and the last: two runs of unlike depth have most of them in common. */
function fewOf(most: number): readonly number[] {
  for (let base = 2; ; base *= 2) {
    const grid = [];
    for (let n = 1; n < most; n *= base) grid.push(n);
    if (grid.length < POINTS) return [...grid, most];
  }
}

function rangeOf(values: readonly number[]): readonly [number, number] {
  return [values.reduce((a, b) => Math.min(a, b)), values.reduce((a, b) => Math.max(a, b))];
}

/** To a billionth of the range: further digits would be most of the file. */
function roundedTo([least, greatest]: readonly [number, number]): (value: number) => number {
  const spread = greatest - least;
  const digits = spread > 0 ? Math.min(100, Math.max(0, 9 - Math.floor(Math.log10(spread)))) : 100;
  return (value) => Math.min(greatest, Math.max(least, Number(value.toFixed(digits))));
}

function hashed(text: string): string {
  return createHash("sha256").update(text).digest("hex").slice(0, 32);
}
