// A column of texts as 0 and 1: which of its values count as one, and which as zero.

import { SetupError } from "../../core/errors.ts";
import { visible } from "../../core/visible.ts";
import { shown } from "./shown.ts";
import type { Missing, Table } from "./table.ts";
import { listedTexts, textCounts } from "./text-counts.ts";
import { textOf } from "./text-of.ts";

export type BinaryCell =
  | { readonly kind: "number"; readonly value: 0 | 1 }
  | Missing
  /** A text that is neither one of the ones nor of the zeros, as when a judge wrote something else than a label. */
  | { readonly kind: "missing"; readonly because: "none of the labels" };

export type BinaryLabels = {
  readonly ones: readonly string[];
  /** Absent: every other text counts as 0. Given, every text in neither list is missing. */
  readonly zeros?: readonly string[];
};

/**
 * One entry a row, in the order of the rows. Texts are compared as they stand but for white space around them; a number or boolean
 * as it is written ("1", "true"). Null, empty and absent are missing.
 * @throws SetupError TABLE_COLUMN and TABLE_CELL as `textOf`; TABLE_CELL where no cell holds a listed value (a slip of the pen would
 * otherwise make all of them 0), or where a value is listed as 1 and as 0.
 */
export function binaryOf(table: Table, column: string, { ones, zeros }: BinaryLabels): readonly BinaryCell[] {
  const cells = textOf(table, column);
  const [one, zero] = [ones, zeros ?? []].map((list) => new Set(list.map((value) => value.trim())));
  const counts = textCounts(cells);
  const both = [...one!].find((value) => zero!.has(value));
  if (both !== undefined)
    throw new SetupError("TABLE_CELL", `column ${shown(column)}: ${shown(both)} is listed as 1 and as 0`, {
      hint: "A value can stand for one of them only.",
    });
  const unknown = [...one!, ...zero!].find((value) => !counts.has(value));
  if (unknown !== undefined || one!.size === 0)
    throw new SetupError(
      "TABLE_CELL",
      `${visible(table.file)}: ${
        unknown === undefined
          ? `no value of column ${shown(column)} is listed as 1`
          : `no cell of column ${shown(column)} holds ${shown(unknown)}`
      }`,
      { hint: valuesIn(counts) },
    );
  return cells.map((cell): BinaryCell => {
    if (cell.kind === "missing") return cell;
    const value = cell.value.trim();
    if (one!.has(value)) return { kind: "number", value: 1 };
    return zeros === undefined || zero!.has(value)
      ? { kind: "number", value: 0 }
      : { kind: "missing", because: "none of the labels" };
  });
}

function valuesIn(counts: ReadonlyMap<string, number>): string {
  return counts.size === 0 ? "Every cell of it is empty." : `It holds ${listedTexts(counts)}.`;
}
