// The difference of a model's gap between two runs, paired item by item where both asked the same.

import type { GapRecord } from "../../core/run-record.ts";
import type { Outcome } from "../../core/suite.ts";
import { clusteredDifference } from "../../stats/clustered-difference.ts";
import { canonicalJson } from "../canonical-json.ts";
import type { ItemValues } from "./item-values.ts";
import type { Items } from "./items.ts";
import type { Pairing, Sides } from "./run-diff.ts";

/** Paired on the items that both runs asked in the same words and scored, where these are at least half of either run's. */
export function pairedItems(
  gaps: Sides<GapRecord>,
  items: Sides<ReadonlyMap<string, Items>>,
  scored: Sides<(gap: GapRecord) => ItemValues>,
): Pairing {
  const { a, b } = gaps;
  if (a.gap.kind === "none" || b.gap.kind === "none" || a.gap.level !== b.gap.level)
    return { kind: "unpaired", because: "there are no two intervals at one level" };
  if (a.kind !== b.kind || a.unit !== b.unit)
    return { kind: "unpaired", because: "the two are not measured on one scale" };
  const [from, to] = [scored.a(a), scored.b(b)];
  if (from.kind === "none") return { kind: "unpaired", because: from.because };
  if (to.kind === "none") return { kind: "unpaired", because: to.because };
  const same = (item: string) =>
    asksOf(items.a.get(a.suite)?.get(item)) === asksOf(items.b.get(b.suite)?.get(item));
  const shared = [...from.of.keys()].filter((item) => to.of.has(item) && same(item));
  const [inA, inB] = [from.of.size, to.of.size];
  if (shared.length * 2 < Math.max(inA, inB))
    return {
      kind: "unpaired",
      because: `${shared.length === 0 ? "no item was" : `only ${shared.length} items were`} asked in the same words and scored in both, of ${inA} in A and ${inB} in B`,
    };
  const widest = a.kind === "rate" ? 1 : 2;
  return {
    kind: "shared",
    how: "paired",
    difference: clusteredDifference(
      shared.map((item) => ({ cluster: item, value: to.of.get(item)!.point - from.of.get(item)!.point })),
      { range: [-widest, widest], level: a.gap.level },
    ),
    notes:
      shared.length === inA && shared.length === inB
        ? []
        : [
            `over the ${shared.length} items that both scored, of ${inA} in A and ${inB} in B: not the difference of the two estimates`,
          ],
  };
}

/** What the item's samples asked, whatever their order; their keys too, since these say what counts as right. */
function asksOf(outcomes: readonly Outcome[] | undefined): string {
  return (outcomes ?? [])
    .map(({ sample: { id, ask, key } }) => canonicalJson([id, ask, key]))
    .toSorted()
    .join("\n");
}
