// What a run asked of each item of each suite.

import type { Outcome } from "../../core/suite.ts";
import type { DiffSide } from "./run-diff.ts";

/** What was asked of each item of a suite. */
export type Items = ReadonlyMap<string, readonly Outcome[]>;

/** By suite. */
export function itemsOf({ asked }: DiffSide): ReadonlyMap<string, Items> {
  if (asked.kind === "none") return new Map();
  return new Map(
    [...Map.groupBy(asked.outcomes, ({ sample }) => sample.suite)].map(([suite, outcomes]) => [
      suite,
      Map.groupBy(outcomes, ({ sample }) => sample.item),
    ]),
  );
}
