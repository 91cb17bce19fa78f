// The record of a specification that was measured: from stored scores, or from replies that were drawn and graded.

import { runRecord, type FindingRecord, type RunRecord } from "../core/run-record.ts";
import type { Measurement, Suite } from "../core/suite.ts";
import { suiteRecord } from "./suite-record.ts";

export type SpecificationRun = {
  readonly suite: Suite;
  readonly measurement: Measurement;
  readonly margin: number;
  readonly seed: number;
  readonly trueline: string;
  /** What the samples or the prompts came in: its name as the user gave it, and its sha256. */
  readonly file: { readonly name: string; readonly sha256: string };
  /** What was read out of it, in the order in which it is shown. */
  readonly details: Readonly<Record<string, string | number>>;
  readonly title: string;
  readonly command: string;
  readonly folder: string;
  readonly findings: readonly FindingRecord[];
  readonly timing: RunRecord["timing"];
  /** Where the samples were drawn: from what, by which plan, at what cost, and which failed. */
  readonly drawn?: Pick<RunRecord, "failed" | "tokens"> &
    Pick<RunRecord["manifest"], "engine" | "selfCheck" | "stages" | "system">;
};

const NONE = "none: the file was read, and nothing was asked";

export function specificationRecord(run: SpecificationRun): RunRecord {
  const { suite, measurement, margin, folder, file, drawn } = run;
  const calls = ["proxy", "gold"].some((side) => run.details[`${side} that is called`] !== undefined);
  const measured = suiteRecord({ suite, measurement, outcomes: [], margin, folder });
  return runRecord.parse({
    schema: "trueline.run/1",
    manifest: {
      trueline: run.trueline,
      engine: drawn?.engine ?? (calls ? "none: the samples were stored, and graders were called" : NONE),
      model: {
        id: file.name,
        title: run.title,
        kind: "stored",
        revision: { kind: "sha256", value: file.sha256 },
        details: { ...run.details },
      },
      selfCheck: drawn?.selfCheck ?? (calls ? "no model was asked for samples" : "no model was run"),
      seed: run.seed,
      margin,
      command: run.command,
      ...(drawn?.system === undefined ? {} : { system: drawn.system }),
      stages: drawn?.stages ?? [],
    },
    gaps: [...measured.gaps],
    suites: [measured.suite],
    findings: [...run.findings],
    failed: drawn?.failed ?? [],
    tokens: drawn?.tokens ?? { prefilled: 0, decoded: 0 },
    timing: run.timing,
  } satisfies RunRecord);
}
