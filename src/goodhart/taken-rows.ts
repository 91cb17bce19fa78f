// The rows that a specification is measured on: as they are, or with a gold for every sample where only some were labelled.

import type { Rng } from "../stats/rng.ts";
import type { GoldScale } from "./gold-scale.ts";
import { inclusionsOf } from "./inclusions-of.ts";
import type { Labels } from "./labels.ts";
import { poweredRows } from "./powered-rows.ts";
import type { SpecificationRow } from "./specification-row.ts";

export type TakenRows =
  | {
      readonly kind: "rows";
      readonly rows: readonly SpecificationRow[];
      readonly inclusions: readonly number[];
      readonly maxN: number | undefined;
      /** The scale of the gold with the spread that these rows' golds can have. */
      readonly scaled: (scale: GoldScale) => GoldScale;
      readonly says: readonly string[];
    }
  | { readonly kind: "none"; readonly because: string; readonly n: number };

/** The rows as they are, or, where some lack a gold and it is known how the others were chosen, with a gold for each. */
export function takenRows(
  rows: readonly SpecificationRow[],
  { labels, rng, maxN }: { readonly labels: Labels; readonly rng: Rng; readonly maxN: number | undefined },
): TakenRows {
  const golds = rows.flatMap(({ gold }) => (gold.kind === "scored" ? [gold.value] : []));
  const labelled = golds.length;
  const as = {
    kind: "rows",
    rows,
    inclusions: rows.map(() => 1),
    maxN,
    scaled: (scale: GoldScale) => scale,
    says: [],
  } as const;
  if (labels === "unknown" || labelled === 0 || labelled === rows.length) return as;
  const units = new Set(rows.map(({ cluster }) => cluster)).size;
  if (golds.every((gold) => gold === golds[0]))
    return {
      kind: "none",
      because: "the gold is the same on every label: no choice is seen to change it",
      n: units,
    };
  const inclusions = labels === "weights" ? inclusionsOf(rows) : rows.map(() => labelled / rows.length);
  const drawn = rows.map((row, i) => ({ ...row, inclusion: inclusions[i]! }));
  const powered = poweredRows(drawn, { rng, ...(maxN === undefined ? {} : { maxN }) });
  if (powered.kind === "none") return { ...powered, n: units };
  const spread = powered.range[1] - powered.range[0];
  return {
    kind: "rows",
    rows: powered.rows,
    inclusions,
    maxN: powered.most,
    scaled: (scale) => ({ ...scale, spread: spread / scale.size }),
    says: [powered.says],
  };
}
