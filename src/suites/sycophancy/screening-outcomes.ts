// What came back of the screening, by stage and fact.

import type { Outcome } from "../suite.ts";

export interface ScreeningOutcomes {
  /** The facts that were screened. */
  readonly items: ReadonlySet<string>;
  of(stage: string, item: string): Outcome | undefined;
}

export function screeningOutcomes(outcomes: readonly Outcome[]): ScreeningOutcomes {
  const screened = outcomes.filter(({ sample }) => sample.arm === "screen");
  const byStage = Map.groupBy(screened, ({ sample }) => sample.stage);
  const byItem = new Map(
    [...byStage].map(
      ([stage, all]) => [stage, new Map(all.map((o) => [o.sample.item, o] as const))] as const,
    ),
  );
  return {
    items: new Set(screened.map(({ sample }) => sample.item)),
    of: (stage, item) => byItem.get(stage)?.get(item),
  };
}
