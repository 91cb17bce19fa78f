// Which folder a run of `trueline gap` is written to: the one that is named, the unfinished one of the same command, or a new one.

import { existsSync, readdirSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { FROZEN_FILE } from "../../run/specification-folder.ts";
import { differencesOfFrozen, readFrozen, type Frozen } from "../../run/specification-plan.ts";
import { newRunFolder, type FolderChoice } from "../prepare-folder.ts";

/** @param file what was brought; a new folder is named for it */
export function gapFolder(
  out: string | undefined,
  frozen: Frozen,
  { file, startedAt }: { readonly file: string; readonly startedAt: string },
): FolderChoice {
  if (out !== undefined) return { folder: out, goesOn: existsSync(join(out, FROZEN_FILE)) };
  const fresh = newRunFolder(basename(file), startedAt);
  const runs = dirname(fresh);
  const names = existsSync(runs) ? readdirSync(runs).toSorted().toReversed() : [];
  const unfinished = names
    .map((name) => join(runs, name))
    .find((folder) => !existsSync(join(folder, "run.json")) && isBegunIn(folder, frozen));
  return unfinished === undefined ? { folder: fresh, goesOn: false } : { folder: unfinished, goesOn: true };
}

/** False where it can't be read. */
function isBegunIn(folder: string, frozen: Frozen): boolean {
  try {
    const before = readFrozen(join(folder, FROZEN_FILE));
    return before !== undefined && differencesOfFrozen(before, frozen).length === 0;
  } catch {
    return false;
  }
}
