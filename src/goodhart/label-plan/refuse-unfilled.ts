// A plan of labels that came back: every sample that was drawn must have its gold, and no other may.

import { SetupError } from "../../core/errors.ts";
import { visible } from "../../core/visible.ts";
import type { SpecificationRow } from "../specification-row.ts";
import { shown } from "../table/shown.ts";
import type { Table } from "../table/table.ts";
import { textOf } from "../table/text-of.ts";

/** The column in which a plan says which samples were drawn. */
const LABEL = "label";

/** Undefined unless it is a table that `planFile` wrote. One entry a row: whether it was drawn. */
export function drawnInPlan(table: Table): readonly boolean[] | undefined {
  if (!["place", LABEL, "inclusion"].every((column) => table.columns.includes(column))) return undefined;
  const cells = textOf(table, LABEL).map((cell) => (cell.kind === "text" ? cell.value.trim() : ""));
  return cells.every((cell) => cell === "yes" || cell === "no")
    ? cells.map((cell) => cell === "yes")
    : undefined;
}

/**
 * A drawn sample without a gold must not pass for one that was not drawn: those that nobody could label may be the hard ones.
 * @param rows those of the table, in its order @param gold the column of the golds
 * @throws SetupError naming how many and where the first stands.
 */
export function refuseUnfilled(table: Table, rows: readonly SpecificationRow[], gold: string): void {
  const drawn = drawnInPlan(table);
  if (drawn === undefined) return;
  const [missing, added] = [
    rows.filter((row, i) => drawn[i] && row.gold.kind === "unscored"),
    rows.filter((row, i) => !drawn[i] && row.gold.kind === "scored"),
  ];
  const drew = drawn.filter(Boolean).length;
  if (missing.length > 0)
    throw new SetupError(
      "LABELS",
      `${visible(table.file)}: ${missing.length} of the ${drew} samples that were drawn to be labelled have no gold, the first in ${missing[0]!.place}`,
      {
        hint: `Fill in column ${shown(gold)} wherever ${LABEL} says yes. Where a sample can't be labelled, give it the lowest gold in one copy of the file and the highest in another, and go by what holds in both. With --labels unknown the labels are described, without a verdict.`,
      },
    );
  if (added.length > 0)
    throw new SetupError(
      "LABELS",
      `${visible(table.file)}: ${added.length} samples that were not drawn have a gold, the first in ${added[0]!.place}`,
      {
        hint: `Empty column ${shown(gold)} where ${LABEL} says no: samples that are picked by hand find failures, but no probability speaks for them.`,
      },
    );
}
