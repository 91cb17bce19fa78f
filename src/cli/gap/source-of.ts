// From what the user brought to the samples of a run: read from a file, or to be drawn from a model that is opened now.

import { drawnInPlan, refuseUnfilled } from "../../goodhart/label-plan/refuse-unfilled.ts";
import { pairsOf } from "../../goodhart/pairs-of.ts";
import { rowsOf } from "../../goodhart/rows-of.ts";
import type { Labels } from "../../goodhart/labels.ts";
import type { SpecificationRow } from "../../goodhart/specification-row.ts";
import { readTable } from "../../goodhart/table/read-table.ts";
import type { Table } from "../../goodhart/table/table.ts";
import { textOf } from "../../goodhart/table/text-of.ts";
import type { Brought } from "./brought.ts";
import type { GapJob } from "./gap-job.ts";
import type { ModelOpener } from "./model-opener.ts";
import { readPrompts } from "./read-prompts.ts";
import { textNotes } from "./text-notes.ts";

type SourceOptions = { readonly models: ModelOpener; readonly signal: AbortSignal; readonly labels: Labels };

/** @throws SetupError for what can't be read or opened, and for a plan of labels that was not filled in. */
export async function sourceOf(
  brought: Brought,
  { models, signal, labels }: SourceOptions,
): Promise<Pick<GapJob, "source" | "file">> {
  const { file: name } = brought;
  if (brought.kind === "drawn") {
    const { prompts, merged, sha256 } = await readPrompts(name, brought.columns);
    const { model, selfCheck, engine } = await models.open(brought.model, { ...brought.open, signal });
    return {
      file: { name, sha256 },
      source: { kind: "drawn", prompts, merged, selfCheck, draw: { ...brought.draw, model, engine } },
    };
  }
  const table = await readTable(name);
  const file = { name, sha256: table.sha256 };
  if (brought.kind === "preferences")
    return { file, source: { kind: "preferences", pairs: pairsOf(table, brought.columns) } };
  const { origin, ...columns } = brought.columns;
  const rows = rowsOf(table, columns, brought.texts);
  if (labels !== "unknown" && columns.gold !== undefined) refuseUnfilled(table, rows, columns.gold);
  return {
    file,
    source: {
      kind: "rows",
      rows: origin === undefined ? rows : withOrigins(rows, table, origin),
      notes: [...textNotes(table, columns, brought.texts), ...planNotes(table, rows, labels)],
    },
  };
}

function withOrigins(
  rows: readonly SpecificationRow[],
  table: Table,
  origin: string,
): readonly SpecificationRow[] {
  const origins = textOf(table, origin);
  return rows.map((row, i) => {
    const cell = origins[i]!;
    return cell.kind === "text" ? { ...row, origin: cell.value } : row;
  });
}

function planNotes(table: Table, rows: readonly SpecificationRow[], labels: Labels): readonly string[] {
  const partly =
    rows.some(({ gold }) => gold.kind === "scored") && rows.some(({ gold }) => gold.kind !== "scored");
  return labels === "unknown" && partly && drawnInPlan(table) !== undefined
    ? [
        "note: this file was planned by plan-labels; --labels weights:inclusion says how its labels were chosen",
      ]
    : [];
}
