// The run record of a specification that was measured from stored scores: no model was asked, the file is what is pinned.

import { runRecord, type FindingRecord, type RunRecord } from "../core/run-record.ts";
import type { Measurement, Suite } from "../core/suite.ts";
import { suiteRecord } from "./suite-record.ts";

export type SpecificationRun = {
  readonly suite: Suite;
  readonly measurement: Measurement;
  readonly margin: number;
  readonly seed: number;
  readonly trueline: string;
  /** The file of scores as the user named it, its sha256 and how many samples it holds. */
  readonly file: { readonly name: string; readonly sha256: string; readonly samples: number };
  /** What was read out of it, in the order in which it is shown. */
  readonly details: Readonly<Record<string, string | number>>;
  readonly title: string;
  readonly command: string;
  readonly folder: string;
  readonly findings: readonly FindingRecord[];
  readonly timing: RunRecord["timing"];
};

export function specificationRecord(run: SpecificationRun): RunRecord {
  const { suite, measurement, margin, folder, file } = run;
  const measured = suiteRecord({ suite, measurement, outcomes: [], margin, folder });
  return runRecord.parse({
    schema: "trueline.run/1",
    manifest: {
      trueline: run.trueline,
      engine: "none: the scores were stored",
      model: {
        id: file.name,
        title: run.title,
        kind: "stored",
        revision: { kind: "sha256", value: file.sha256 },
        details: { samples: file.samples, ...run.details },
      },
      selfCheck: "no model was run",
      seed: run.seed,
      margin,
      command: run.command,
      stages: [],
    },
    gaps: [...measured.gaps],
    suites: [measured.suite],
    findings: [...run.findings],
    failed: [],
    tokens: { prefilled: 0, decoded: 0 },
    timing: run.timing,
  } satisfies RunRecord);
}
