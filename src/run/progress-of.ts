// Progress as events: how much of a stage is stored, and how long the whole run will still take.

import type { Usage } from "../core/observation.ts";
import type { Ask } from "../core/sample.ts";
import type { Stage, Suite } from "../core/suite.ts";
import { asWritten } from "./as-written.ts";
import type { Clock } from "./clock.ts";
import type { RunEvent } from "./event.ts";
import { contextOf, pathOf, type Planning, type StagePlan } from "./plan-stage.ts";
import type { StoredSample } from "./stored-rows.ts";
import { timeLeft, workOf } from "./time-left.ts";
import type { TokenEstimate } from "./token-estimate.ts";

export interface StageProgress {
  /** A stage is planned: its expected work gives way to its real work. Returns what to call after each write. */
  begin(plan: StagePlan): (rows: readonly StoredSample[]) => void;
}

type Watched = Planning & {
  readonly suites: readonly Suite[];
  readonly clock: Clock;
  readonly onEvent?: (event: RunEvent) => void;
};

/** Work is estimated before and after in the same way, so that an estimate that is off everywhere does no harm. */
export function progressOf(
  run: Watched,
  estimate: TokenEstimate,
  stored: ReadonlyMap<string, unknown>,
): StageProgress {
  const { onEvent } = run;
  if (onEvent === undefined) return { begin: () => () => undefined };
  const work = (ask: Ask) => workOf(estimated(run, estimate, ask));
  const ahead = new Map(
    run.suites.flatMap((suite) =>
      suite.stages.map(
        (stage) => [keyOf(suite.name, stage.name), expectedWork(run, suite, stage, work)] as const,
      ),
    ),
  );
  const begun = { at: run.clock.ticks(), done: 0 };
  return {
    begin: ({ row, samples }) => {
      const { suite, stage } = row;
      const missing = samples.filter((sample) => !stored.has(sample.id));
      const key = keyOf(suite, stage);
      let remaining = missing.reduce((sum, sample) => sum + work(sample.ask), 0);
      let done = samples.length - missing.length;
      let failed = 0;
      ahead.delete(key);
      const later = [...ahead.values()].reduce((sum, expected) => sum + expected, 0);
      onEvent({ kind: "stage-started", suite, stage, samples: samples.length, stored: done });
      return (rows) => {
        const finished = rows.reduce((sum, { sample }) => sum + work(sample.ask), 0);
        begun.done += finished;
        remaining = Math.max(0, remaining - finished);
        done += rows.length;
        failed += rows.filter(({ observation }) => observation.answer.kind === "failed").length;
        const left = timeLeft(
          { done: begun.done, remaining: remaining + later },
          (run.clock.ticks() - begun.at) / 1000,
        );
        onEvent({ kind: "batch-done", suite, stage, done, samples: samples.length, failed, left });
      };
    },
  };
}

/** The cost of an ask as it will be put to this model. */
export function estimated({ model, settings }: Planning, estimate: TokenEstimate, ask: Ask): Usage {
  return estimate(pathOf(model) === "logprob" ? ask : asWritten(ask, settings.maxTokens));
}

function expectedWork(planning: Planning, suite: Suite, stage: Stage, work: (ask: Ask) => number): number {
  return stage.expected(contextOf(planning, suite)).reduce((sum, sample) => sum + work(sample.ask), 0);
}

function keyOf(suite: string, stage: string): string {
  return JSON.stringify([suite, stage]);
}
