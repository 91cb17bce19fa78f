// The golds that there are, each with what it stands for: what the scale of the gold is worked out from.

import type { WeighedGold } from "./gold-scale.ts";
import type { SpecificationRow } from "./specification-row.ts";

/** The labelled samples among those that the proxy scored, of the prompts that are kept. */
export function goldsOf(
  rows: readonly SpecificationRow[],
  inclusions: readonly number[],
  kept: ReadonlySet<string>,
): readonly WeighedGold[] {
  const scored = [...rows.keys()].filter(
    (i) => rows[i]!.proxy.kind === "scored" && kept.has(rows[i]!.prompt),
  );
  const sizes = new Map<string, number>();
  for (const i of scored) sizes.set(rows[i]!.prompt, (sizes.get(rows[i]!.prompt) ?? 0) + 1);
  return scored.flatMap((i) => {
    const { gold, prompt } = rows[i]!;
    return gold.kind === "scored"
      ? [{ gold: gold.value, size: sizes.get(prompt)!, inclusion: inclusions[i]! }]
      : [];
  });
}
