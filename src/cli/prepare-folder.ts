// Which folder a run is written to: the one that is named, the unfinished one of the same command, or a new one.

import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { isBegunIn } from "../run/run-row.ts";
import type { RunRow } from "../run/stored-rows.ts";
import { timestamp } from "./clock.ts";

const RUNS = join(".trueline", "runs");

export type FolderChoice = { readonly folder: string; readonly goesOn: boolean };

/** Without --out, a run of the same model and settings that was not finished is gone on with. */
export function prepareFolder(out: string | undefined, run: RunRow): FolderChoice {
  if (out !== undefined) return { folder: out, goesOn: existsSync(join(out, "plan.jsonl")) };
  const unfinished = runFolders().find(
    (folder) => !existsSync(join(folder, "run.json")) && isBegunIn(folder, run),
  );
  if (unfinished !== undefined) return { folder: unfinished, goesOn: true };
  return { folder: newRunFolder(run.model.id, timestamp()), goesOn: false };
}

/** Named for when it began (ISO 8601) and what it is about. */
export function newRunFolder(about: string, startedAt: string): string {
  const stamp = startedAt.slice(0, 19).replaceAll(":", "").replace("T", "-");
  return join(RUNS, `${stamp}-${about.replaceAll(/[^A-Za-z0-9.-]+/gu, "-").slice(-60)}`);
}

/** Newest first: their names begin with the time. */
function runFolders(): readonly string[] {
  if (!existsSync(RUNS)) return [];
  return readdirSync(RUNS)
    .toSorted()
    .toReversed()
    .map((name) => join(RUNS, name));
}
