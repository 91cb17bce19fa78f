// The run folder: its plan, which is frozen before anything is asked, and its samples, which are only ever appended.

import { existsSync, readdirSync } from "node:fs";
import path from "node:path";
import { SetupError } from "../core/errors.ts";
import { syncFolder } from "./atomic-file.ts";
import type { Clock, Processes } from "./clock.ts";
import { openJsonLines } from "./json-lines.ts";
import { lockFolder } from "./lock.ts";
import { makeFolder } from "../model/fetch/make-folder.ts";
import { refuseOtherRun, refuseOtherStage } from "./same-plan.ts";
import { onStorage } from "./storage-fault.ts";
import { planRowsOf, sampleRowsOf, type RunRow, type StageRow, type StoredSample } from "./stored-rows.ts";

export interface RunFolder {
  readonly path: string;
  /** What is stored, by sample id; grows with `store`. */
  readonly stored: ReadonlyMap<string, StoredSample>;
  /** Freezes the stage, or compares it with what was frozen, and returns the row that holds. */
  freeze(row: StageRow): StageRow;
  /** Appends samples with one write. */
  store(rows: readonly StoredSample[]): void;
  /** Waits until the disk itself has the samples. */
  sync(): void;
  /** Gives the folder back. */
  close(): void;
}

/** Files that a run may leave before its plan is written. */
const early = /^(lock|plan\.jsonl|samples\.jsonl)(\..*)?$/;

/**
 * Opens a new folder or one in which the same run was begun.
 * @throws SetupError when it can't be written, is held by another process, holds something else, or another run.
 */
export function openRunFolder(folder: string, run: RunRow, clock: Clock, processes: Processes): RunFolder {
  onStorage(folder, () => makeFolder(folder));
  const planFile = path.join(folder, "plan.jsonl");
  const foreign = existsSync(planFile)
    ? undefined
    : onStorage(folder, () => readdirSync(folder)).find((name) => !early.test(name));
  if (foreign !== undefined) {
    throw new SetupError(
      "NOT_A_RUN",
      `the folder ${folder} is not empty and holds no run (found ${foreign})`,
      { hint: "Choose a new folder with --out." },
    );
  }
  const lock = lockFolder(folder, clock, processes);
  const opened: { close(): void }[] = [{ close: lock.release }];
  const close = () => {
    for (const held of opened.splice(0).toReversed()) held.close();
  };
  try {
    const samplesFile = path.join(folder, "samples.jsonl");
    const plan = openJsonLines(planFile);
    opened.push(plan);
    const samples = openJsonLines(samplesFile);
    opened.push(samples);
    const frozen = planRowsOf(plan.before, planFile);
    const stored = new Map(sampleRowsOf(samples.before, samplesFile));
    if (frozen.run === undefined) {
      plan.append([run]);
      plan.sync();
      syncFolder(folder);
    } else {
      refuseOtherRun(frozen.run, run, folder);
    }
    const stages = new Map(frozen.stages.map((row) => [keyOf(row), row]));
    return {
      path: folder,
      stored,
      freeze: (row) => {
        const before = stages.get(keyOf(row));
        if (before !== undefined) {
          refuseOtherStage(before, row, folder);
          return before;
        }
        plan.append([row]);
        plan.sync();
        stages.set(keyOf(row), row);
        return row;
      },
      store: (rows) => {
        samples.append(rows);
        for (const row of rows) stored.set(row.sample.id, row);
      },
      sync: () => samples.sync(),
      close,
    };
  } catch (error) {
    close();
    throw error;
  }
}

function keyOf(row: StageRow): string {
  return JSON.stringify([row.suite, row.stage]);
}
