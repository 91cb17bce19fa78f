// The audit: plans each stage, freezes it, asks what is not stored yet, measures each suite, and writes the run record.

import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { SetupError } from "../core/errors.ts";
import { runRecord, type RunRecord } from "../core/run-record.ts";
import type { Outcome, Suite } from "../core/suite.ts";
import type { World } from "../core/world.ts";
import type { Model } from "../model/model.ts";
import { rngFrom } from "../stats/rng.ts";
import { askStage } from "./ask-stage.ts";
import { writeAtomically } from "./atomic-file.ts";
import type { Clock, Processes } from "./clock.ts";
import type { RunEvent } from "./event.ts";
import { pathOf, planStage, type Planning, type StagePlan } from "./plan-stage.ts";
import { progressOf, type StageProgress } from "./progress-of.ts";
import { openRunFolder, type RunFolder } from "./run-folder.ts";
import { refuseOtherSamples } from "./same-plan.ts";
import type { RunSettings } from "./settings.ts";
import { runRowOf, type Versions } from "./run-row.ts";
import type { RunRow, StoredSample } from "./stored-rows.ts";
import { suiteRecord, type MeasuredSuite } from "./suite-record.ts";
import { roughTokens, type TokenEstimate } from "./token-estimate.ts";

export type Audit = {
  readonly model: Model;
  readonly suites: readonly Suite[];
  readonly world: World;
  readonly settings: RunSettings;
  /** As the user gave it: commands in the record name it so. */
  readonly folder: string;
  readonly versions: Versions;
  /** The line of the model's self-check, for the record. */
  readonly selfCheck: string;
  readonly clock: Clock;
  readonly processes: Processes;
  readonly matmulGflops?: number;
  /** What makes this record again, where `trueline audit` with its settings does not. */
  readonly command?: string;
  readonly signal?: AbortSignal;
  readonly onEvent?: (event: RunEvent) => void;
  readonly estimate?: TokenEstimate;
};

export type AuditResult =
  | { readonly kind: "finished"; readonly folder: string; readonly record: RunRecord }
  /** The same audit on the same folder goes on. */
  | {
      readonly kind: "stopped";
      readonly folder: string;
      /** Samples that are stored. */ readonly done: number;
    };

/**
 * Runs or goes on. Stops at the signal after storing what was answered.
 * @throws SetupError when the folder can't be used, holds another run, or the disk refuses; the model is not closed here.
 */
export async function runAudit(audit: Audit): Promise<AuditResult> {
  const { model, suites, folder, clock, processes } = audit;
  if (suites.length === 0)
    throw new SetupError("NO_SUITE", "no suite was chosen", { hint: "Name at least one with --suite." });
  const startedAt = clock.timestamp();
  const start = clock.ticks();
  const run = runRowOf(audit);
  const opened = openRunFolder(folder, run, clock, processes);
  try {
    audit.onEvent?.({ kind: "run-started", folder, stored: opened.stored.size });
    const before = opened.stored.size;
    const progress = progressOf(audit, audit.estimate ?? roughTokens, opened.stored);
    const measured: MeasuredSuite[] = [];
    const outcomes: Outcome[] = [];
    const stages: RunRecord["manifest"]["stages"] = [];
    for (const suite of suites) {
      const asked = await askSuite(audit, suite, opened, progress);
      if (asked === "stopped") return { kind: "stopped", folder, done: opened.stored.size };
      const rng = rngFrom(audit.settings.seed).split(suite.name).split("measure");
      const measurement = suite.measure(asked.outcomes, {
        rng,
        path: pathOf(model),
        margin: audit.settings.margin,
      });
      measured.push(
        suiteRecord({ suite, measurement, outcomes: asked.outcomes, margin: audit.settings.margin, folder }),
      );
      outcomes.push(...asked.outcomes);
      stages.push(
        ...asked.plans.map(({ row }) => ({
          suite: row.suite,
          stage: row.stage,
          samples: row.samples,
          sha256: row.sha256,
        })),
      );
      audit.onEvent?.({ kind: "suite-measured", suite: suite.name });
    }
    const asked = opened.stored.size - before;
    const gflops = audit.matmulGflops === undefined ? {} : { matmulGflops: audit.matmulGflops };
    const carriedOver = before === 0 ? {} : { carriedOver: before };
    const now = { startedAt, seconds: (clock.ticks() - start) / 1000, ...gflops, ...carriedOver };
    const file = path.join(folder, "run.json");
    // Where nothing was left to ask, the times of the run that did ask are the ones that mean something.
    const timing = asked === 0 ? (timingBefore(file) ?? now) : now;
    const record = recordOf(audit, run, stages, measured, outcomes, timing);
    writeAtomically(file, `${JSON.stringify(record, undefined, 2)}\n`);
    return { kind: "finished", folder, record };
  } finally {
    opened.close();
  }
}

type AskedSuite = { readonly outcomes: readonly Outcome[]; readonly plans: readonly StagePlan[] };

/** All stages in order; outcomes in the order of the plan, whatever the order in which they came. */
async function askSuite(
  audit: Audit,
  suite: Suite,
  folder: RunFolder,
  progress: StageProgress,
): Promise<AskedSuite | "stopped"> {
  const planning: Planning = audit;
  const outcomes: Outcome[] = [];
  const plans: StagePlan[] = [];
  for (const stage of suite.stages) {
    if (audit.signal?.aborted) return "stopped";
    const plan = planStage(planning, suite, stage, [...outcomes]);
    const row = folder.freeze(plan.row);
    refuseOtherSamples(plan.samples, folder.stored, folder.path);
    const tell = progress.begin(plan);
    const asking = {
      model: audit.model,
      folder,
      maxTokens: audit.settings.maxTokens,
      signal: audit.signal,
      onStored: tell,
    };
    if ((await askStage(asking, row, plan.samples)) === "stopped") return "stopped";
    audit.onEvent?.({
      kind: "stage-done",
      suite: suite.name,
      stage: stage.name,
      samples: plan.samples.length,
    });
    outcomes.push(
      ...plan.samples.map((sample) => ({
        sample,
        observation: (folder.stored.get(sample.id) as StoredSample).observation,
      })),
    );
    plans.push({ ...plan, row });
  }
  return { outcomes, plans };
}

function recordOf(
  audit: Audit,
  run: RunRow,
  stages: RunRecord["manifest"]["stages"],
  measured: readonly MeasuredSuite[],
  outcomes: readonly Outcome[],
  timing: RunRecord["timing"],
): RunRecord {
  const tokens = { prefilled: 0, decoded: 0 };
  const failed: RunRecord["failed"] = [];
  for (const { sample, observation } of outcomes) {
    tokens.prefilled += observation.usage.prefilled;
    tokens.decoded += observation.usage.decoded;
    if (observation.answer.kind === "failed")
      failed.push({ sample: sample.id, because: observation.answer.because });
  }
  return runRecord.parse({
    schema: "trueline.run/1",
    manifest: {
      trueline: run.trueline,
      engine: run.engine,
      model: run.model,
      selfCheck: audit.selfCheck,
      ...run.settings,
      world: run.world,
      ...(audit.command === undefined ? {} : { command: audit.command }),
      stages,
    },
    gaps: measured.flatMap(({ gaps }) => gaps),
    suites: measured.map(({ suite }) => suite),
    findings: measured.flatMap(({ findings }) => findings),
    failed,
    tokens,
    timing,
  } satisfies RunRecord);
}

function timingBefore(file: string): RunRecord["timing"] | undefined {
  if (!existsSync(file)) return undefined;
  try {
    const parsed = runRecord.safeParse(JSON.parse(readFileSync(file, "utf8")));
    return parsed.success ? parsed.data.timing : undefined;
  } catch {
    return undefined;
  }
}
