// Outcomes of one stage, looked up by arm and item.

import type { Outcome } from "../suite.ts";

/** The outcomes of an arm by item, in the order in which they were planned. @param form where an item is asked more than once */
export function byItem(
  outcomes: readonly Outcome[],
  stage: string,
  arm: string,
): ReadonlyMap<string, Outcome> {
  return new Map(
    outcomes.filter((o) => o.sample.stage === stage && o.sample.arm === arm).map((o) => [o.sample.item, o]),
  );
}

export function arms(outcomes: readonly Outcome[], stage: string, arm: string): readonly Outcome[] {
  return outcomes.filter((o) => o.sample.stage === stage && o.sample.arm === arm);
}
