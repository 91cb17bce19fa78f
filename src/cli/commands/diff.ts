// `trueline diff RUN RUN`: two finished runs side by side, gap by gap; paired item by item where both asked the same.

import { existsSync } from "node:fs";
import { join } from "node:path";
import type { Command } from "commander";
import { SetupError } from "../../core/errors.ts";
import type { RunRecord } from "../../core/run-record.ts";
import { diffRecords } from "../../run/diff-records.ts";
import type { DiffSide } from "../../run/diff/run-diff.ts";
import { readJsonLines } from "../../run/json-lines.ts";
import { readPromptValues } from "../../run/prompt-values.ts";
import { planRowsOf, sampleRowsOf } from "../../run/stored-rows.ts";
import { suites } from "../../suites/index.ts";
import { diffText } from "../diff-text.ts";
import { exitCode } from "../exit-code.ts";
import { readRecord } from "../read-run.ts";

type DiffFlags = { readonly failOn?: string; readonly json?: boolean };

export function define(command: Command): void {
  command
    .argument("<a>", "the run folder to compare with")
    .argument("<b>", "the run folder that is compared")
    .option(
      "--fail-on <change>",
      "exit 1 when a gap of B is worse than in A (worse): its verdict became gap, or it lies beyond B's margin and its distance from the intention grew by the whole interval; the distance is the size of a model's excess, either way, else the value: a rate, or how far a specification's truth falls",
    )
    .option("--json", "print the comparison as one JSON object (schema trueline.diff/1) instead of the text")
    .action((a: string, b: string, flags: DiffFlags) => {
      if (flags.failOn !== undefined && flags.failOn !== "worse")
        throw new SetupError("OPTION", `--fail-on knows worse, got ${flags.failOn}`, {
          hint: "Give --fail-on worse.",
        });
      const [one, other] = [sideOf(a), sideOf(b)];
      const diff = diffRecords(one, other, Object.values(suites));
      const title = (folder: string, { record }: DiffSide) => `${folder}: ${record.manifest.model.title}`;
      console.log(
        flags.json
          ? JSON.stringify({ a, b, ...diff })
          : diffText(diff, { a: title(a, one), b: title(b, other) }),
      );
      const worse = diff.gaps.some((gap) => gap.kind === "both" && gap.worse.length > 0);
      exitCode.value = flags.failOn === "worse" && worse ? 1 : 0;
    });
}

function sideOf(folder: string): DiffSide {
  const record = readRecord(folder);
  return { record, asked: askedIn(folder, record), prompts: readPromptValues(folder) };
}

function askedIn(folder: string, { manifest }: RunRecord): DiffSide["asked"] {
  const [plan, file] = [join(folder, "plan.jsonl"), join(folder, "samples.jsonl")];
  if (manifest.model.kind === "stored") return { kind: "none", because: "no model was asked" };
  if (!existsSync(file) || !existsSync(plan))
    return { kind: "none", because: `${folder} holds no samples any more` };
  const { run } = planRowsOf(readJsonLines(plan), plan);
  if (run === undefined) return { kind: "none", because: `${folder} holds no plan any more` };
  const stored = sampleRowsOf(readJsonLines(file), file);
  return { kind: "samples", path: run.path, outcomes: [...stored.values()] };
}
