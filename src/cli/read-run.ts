// Reads a run folder back: its record, and single stored samples.

import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { SetupError } from "../core/errors.ts";
import { shellWord } from "../core/shell-word.ts";
import { runRecord, type RunRecord } from "../core/run-record.ts";
import { FROZEN_FILE } from "../run/specification-folder.ts";
import {
  planRowsOf,
  sampleRowsOf,
  type RunRow,
  type StageRow,
  type StoredSample,
} from "../run/stored-rows.ts";

const NAME_A_RUN = "Name a folder that `trueline audit` or `trueline gap` has written.";
const REPLAYED =
  "Only what a model was asked can be replayed: name a folder that `trueline audit` or `trueline gap --prompts` has written.";

/** @throws SetupError when the folder holds no finished run, or a record of another schema. */
export function readRecord(folder: string): RunRecord {
  const file = join(folder, "run.json");
  if (!existsSync(file)) {
    if (isGap(folder))
      throw new SetupError("NO_RECORD", `${folder} holds a run of trueline gap that is not finished`, {
        hint: `Give the same \`trueline gap\` command again with --out ${shellWord(folder)}: it goes on where it stopped.`,
      });
    const begun = existsSync(join(folder, "plan.jsonl"));
    throw new SetupError("NO_RECORD", `${folder} holds no ${begun ? "finished " : ""}run`, {
      hint: begun ? "Give the audit command again: it goes on where it stopped." : NAME_A_RUN,
    });
  }
  try {
    return runRecord.parse(JSON.parse(readFileSync(file, "utf8")));
  } catch (error) {
    throw new SetupError("BAD_RECORD", `${file} is not a record of schema trueline.run/1`, {
      hint: "It was changed, damaged, or written by another version of Trueline.",
      cause: error,
    });
  }
}

/** @throws SetupError when the folder or the sample is not there. A torn last line is passed over. */
export function readSample(folder: string, id: string): StoredSample {
  const file = join(folder, "samples.jsonl");
  if (!existsSync(file)) throw new SetupError("NO_SAMPLES", `${folder} holds no samples`, { hint: REPLAYED });
  const lines = readFileSync(file, "utf8").split("\n");
  const needle = JSON.stringify(id);
  for (const line of lines) {
    if (!line.includes(needle)) continue;
    try {
      const [found] = sampleRowsOf([JSON.parse(line)], file).values();
      if (found?.sample.id === id) return found;
    } catch (error) {
      if (error instanceof SetupError) throw error;
      // A torn line is no sample.
    }
  }
  throw new SetupError("NO_SAMPLE", `${folder} holds no sample ${JSON.stringify(id)}`, {
    hint: "Sample ids stand in samples.jsonl and on the report's page.",
  });
}

/** The frozen plan. @throws SetupError when the folder holds none. */
export function readPlan(folder: string): { readonly run: RunRow; readonly stages: readonly StageRow[] } {
  const file = join(folder, "plan.jsonl");
  if (!existsSync(file))
    throw new SetupError(
      "NO_PLAN",
      isGap(folder)
        ? `in ${folder}, a run of trueline gap, no model was asked for a sample: there is nothing to replay`
        : `${folder} holds no run`,
      { hint: REPLAYED },
    );
  const whole = readFileSync(file, "utf8").split("\n").slice(0, -1);
  const { run, stages } = planRowsOf(
    whole.map((line) => JSON.parse(line) as unknown),
    file,
  );
  if (run === undefined)
    throw new SetupError("NO_PLAN", `${file} is empty`, { hint: "Start the audit again." });
  return { run, stages };
}

/** Whether a run of `trueline gap` was begun there, finished or not. */
function isGap(folder: string): boolean {
  return existsSync(join(folder, FROZEN_FILE));
}
