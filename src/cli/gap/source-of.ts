// From what the user brought to the samples of a run: read from a file, or to be drawn from a model that is opened now.

import { pairsOf } from "../../goodhart/pairs-of.ts";
import { rowsOf } from "../../goodhart/rows-of.ts";
import { readTable } from "../../goodhart/table/read-table.ts";
import { textOf } from "../../goodhart/table/text-of.ts";
import type { Brought } from "./brought.ts";
import { fileHash } from "./file-hash.ts";
import type { GapJob } from "./gap-job.ts";
import type { ModelOpener } from "./model-opener.ts";
import { readPrompts } from "./read-prompts.ts";

/** @throws SetupError for what can't be read or opened. */
export async function sourceOf(
  brought: Brought,
  models: ModelOpener,
  signal: AbortSignal,
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
  const file = { name, sha256: await fileHash(name) };
  if (brought.kind === "preferences")
    return { file, source: { kind: "preferences", pairs: pairsOf(table, brought.columns) } };
  const { origin, ...columns } = brought.columns;
  const rows = rowsOf(table, columns);
  if (origin === undefined) return { file, source: { kind: "rows", rows } };
  const origins = textOf(table, origin);
  return {
    file,
    source: {
      kind: "rows",
      rows: rows.map((row, i) => {
        const cell = origins[i]!;
        return cell.kind === "text" ? { ...row, origin: cell.value } : row;
      }),
    },
  };
}
