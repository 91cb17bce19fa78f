// Two specifications under the same pressure on the same prompts: which lets the intended thing fall less, and how much more it gained.

import { clusteredDifference } from "../../stats/clustered-difference.ts";
import type { Difference } from "../../stats/estimate.ts";
import { differenceOfFalls } from "./difference-of-falls.ts";
import { pressedSentence } from "./pressed-sentence.ts";
import type { SharedPrompts } from "./shared-prompts.ts";

/** Every difference is B minus A, the mean over the prompts that both share; its `n` counts clusters, `observations` prompts. */
export type Pressed = {
  /** The largest n that both share. */
  readonly n: number;
  readonly unit: "share" | "sd";
  /** What 1 is, in words. */
  readonly scale: string;
  /** How the falls were compared; the other two differences are always paired. */
  readonly how: "paired" | "unpaired";
  /** Of the falls from the peak to n. Above 0: the intended thing falls further under B. */
  readonly fall: Difference;
  /** Of the gold at n. */
  readonly gold: Difference;
  /** Of the gold's gains from one sample to the best of n. The same as `gold` where both chose among the same samples. */
  readonly gain: Difference;
  /** Which specification stands more pressure, in one sentence. */
  readonly says: string;
};

/**
 * The gold of both runs is divided by A's unit, taken as known: one unit for both, so that it has no say in the sign. The falls: `differenceOfFalls`;
 * the gold at n and its gain: means of the prompts' differences with the interval of `clusteredDifference`.
 */
export function pressedOf(
  { prompts, grid, values }: Extract<SharedPrompts, { kind: "shared" }>,
  level: number,
): Pressed {
  const { unit, size } = values.a;
  const clusters = prompts.map(({ cluster }) => cluster);
  const curvesOf = (side: "a" | "b") => prompts.map((prompt) => prompt[side].map((gold) => gold / size));
  const [before, after] = [curvesOf("a"), curvesOf("b")];
  const least = Math.min(values.a.range[0], values.b.range[0]) / size;
  const greatest = Math.max(values.a.range[1], values.b.range[1]) / size;
  // A little more, for what was rounded in the file.
  const spread = (greatest - least) * (1 + 1e-5);
  const last = grid.length - 1;
  const mean = (valueOf: (curve: readonly number[]) => number, most: number) =>
    clusteredDifference(
      after.map((curve, i) => ({ cluster: clusters[i]!, value: valueOf(curve) - valueOf(before[i]!) })),
      { range: [-most, most], level },
    );
  const falls = differenceOfFalls({ curves: { a: before, b: after }, clusters, spread, level });
  const times = Number((values.b.size / size).toPrecision(3));
  const of = {
    n: grid[last]!,
    unit,
    scale:
      unit === "share"
        ? "as shares"
        : `in A's standard deviation of the gold${times === 1 ? "" : ` (B's is ${times} times as large)`}`,
    how: falls.how,
    fall: falls.difference,
    gold: mean((curve) => curve[last]!, spread),
    gain: mean((curve) => curve[last]! - curve[0]!, 2 * spread),
  };
  return { ...of, says: pressedSentence(of) };
}
