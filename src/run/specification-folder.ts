// The folder of a run of a specification: what pins it, the samples that were drawn where a model was asked, and the scores that were given.

import { existsSync, readdirSync } from "node:fs";
import path from "node:path";
import { SetupError } from "../core/errors.ts";
import { makeFolder } from "../model/fetch/make-folder.ts";
import { syncFolder } from "./atomic-file.ts";
import type { Clock, Processes } from "./clock.ts";
import { lockFolder } from "./lock.ts";
import { openRunFolder, type RunFolder } from "./run-folder.ts";
import { readFrozen, refuseOtherFrozen, writeFrozen, type Frozen } from "./specification-plan.ts";
import { memoryScores, openScores, type Scores } from "./specification-scores.ts";
import { onStorage } from "./storage-fault.ts";
import type { RunRow, StoredSample } from "./stored-rows.ts";

export type SpecificationFolder = {
  readonly scores: Scores;
  /** Replies of a model; in memory alone, and empty, where the samples were stored. */
  readonly samples: RunFolder;
  readonly close: () => void;
};

export type SpecificationFolderParts = {
  readonly folder: string;
  readonly frozen: Frozen;
  /** Where samples are drawn: what the plan of its samples is for. */
  readonly run?: RunRow;
  /** Whether graders are called whose scores are to be stored, and whether what was left unscored is asked again. */
  readonly calls: boolean;
  readonly again: boolean;
  readonly clock: Clock;
  readonly processes: Processes;
};

export const FROZEN_FILE = "gap.json";

/** Files that a run may leave before it is pinned. */
const early = /^(lock|gap\.json|plan\.jsonl|samples\.jsonl)(\..*)?$/u;

/**
 * Opens a new folder, or one in which the very same run was begun.
 * @throws SetupError when it can't be written, is held by another process, holds something else, or another run.
 */
export function openSpecificationFolder(parts: SpecificationFolderParts): SpecificationFolder {
  const { folder, frozen, run, calls, again, clock, processes } = parts;
  const file = path.join(folder, FROZEN_FILE);
  onStorage(folder, () => makeFolder(folder));
  // Before anything is opened, so that what differs is told in this run's own words.
  const begun = readFrozen(file);
  if (begun !== undefined) refuseOtherFrozen(begun, frozen, folder);
  else refuseForeign(folder, run !== undefined);
  const opened: { readonly close: () => void }[] = [];
  const close = () => {
    for (const held of opened.splice(0).toReversed()) held.close();
  };
  try {
    const samples = run === undefined ? memorySamples() : openRunFolder(folder, run, clock, processes);
    opened.push(samples);
    if (run === undefined) opened.push({ close: lockFolder(folder, clock, processes).release });
    const before = readFrozen(file);
    if (before === undefined) writeFrozen(file, frozen);
    else refuseOtherFrozen(before, frozen, folder);
    const scores = calls ? openScores(path.join(folder, "scores.jsonl"), again) : memoryScores();
    opened.push(scores);
    syncFolder(folder);
    return { scores, samples, close };
  } catch (error) {
    close();
    throw error;
  }
}

/** For a run that stores nothing. */
export function memoryFolder(): SpecificationFolder {
  return { scores: memoryScores(), samples: memorySamples(), close: () => undefined };
}

function memorySamples(): RunFolder {
  const stored = new Map<string, StoredSample>();
  return {
    path: "memory",
    stored,
    freeze: (row) => row,
    store: (rows) => {
      for (const row of rows) stored.set(row.sample.id, row);
    },
    sync: () => undefined,
    close: () => undefined,
  };
}

/** A folder without the file that pins it may hold no more than what is written before that. */
function refuseForeign(folder: string, draws: boolean): void {
  // Whose plan stands there is for the plan to tell.
  if (draws && existsSync(path.join(folder, "plan.jsonl"))) return;
  const foreign = onStorage(folder, () => readdirSync(folder)).find(
    (name) => !early.test(name) || (!draws && /^(plan|samples)\.jsonl/u.test(name)),
  );
  if (foreign === undefined) return;
  throw new SetupError(
    "NOT_A_RUN",
    `the folder ${folder} is not empty and holds no run of trueline gap (found ${foreign})`,
    { hint: "Choose a new folder with --out." },
  );
}
