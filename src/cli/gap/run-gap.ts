// A run of `trueline gap` from its job to its record: samples, scores, measurement, and the files of its folder.

import { join } from "node:path";
import type { RunRecord } from "../../core/run-record.ts";
import { auditSpecification } from "../../goodhart/audit-specification.ts";
import { injectionNote } from "../../goodhart/judge/injection-note.ts";
import { judgeDescriptors } from "../../goodhart/judge/judge-descriptors.ts";
import { judgeNotes } from "../../goodhart/judge/judge-notes.ts";
import { judgeTally } from "../../goodhart/judge/judge-tally.ts";
import { promptValuesOf } from "../../goodhart/prompt-values-of.ts";
import { preferencesSuite } from "../../goodhart/preferences-suite.ts";
import { worstPairs } from "../../goodhart/worst-pairs.ts";
import { writeAtomically } from "../../run/atomic-file.ts";
import { PROMPTS_FILE, promptValuesText } from "../../run/prompt-values.ts";
import { drawRow, refuseUnfit } from "../../run/specification-draw.ts";
import {
  memoryFolder,
  openSpecificationFolder,
  type SpecificationFolder,
} from "../../run/specification-folder.ts";
import { specificationRecord, type SpecificationRun } from "../../run/specification-record.ts";
import { rngFrom } from "../../stats/rng.ts";
import { writeReport } from "../write-report.ts";
import { frozenOf, type GapJob, type GapMachine } from "./gap-job.ts";
import { gradedRows } from "./graded-rows.ts";
import { pairFinding } from "./pair-finding.ts";
import { drawnRows, drawOf, type SampledRows } from "./sampled-rows.ts";

export type GapEnd =
  | { readonly kind: "finished"; readonly record: RunRecord }
  /** So many of what was wanted are stored: the same job on the same folder goes on. */
  | {
      readonly kind: "stopped";
      readonly what: "replies" | "scores";
      readonly stored: number;
      readonly wanted: number;
    };

/** Prompts whose favourites stand side by side on the page. */
const SHOWN_PAIRS = 5;

/**
 * Runs or goes on. What a model or a grader gave is stored before anything is made of it.
 * @throws SetupError when the folder can't be used or holds another run, and what the graders throw. Models and graders are not closed here.
 */
export async function runGap(job: GapJob, machine: GapMachine): Promise<GapEnd> {
  const { clock } = machine;
  const [startedAt, start] = [clock.timestamp(), clock.ticks()];
  if (job.source.kind === "drawn") refuseUnfit(drawOf(job, job.source));
  const folder = openFolder(job, machine);
  try {
    const carried = folder.samples.stored.size;
    const measured = await measuredOf(job, folder, machine);
    if (measured.kind === "stopped") return measured;
    const before = carried + measured.before;
    const record = specificationRecord({
      ...measured.run,
      title: job.title,
      margin: job.margin,
      seed: job.seed,
      trueline: job.trueline,
      file: job.file,
      command: job.command,
      folder: job.folder ?? ".",
      timing: {
        startedAt,
        seconds: (clock.ticks() - start) / 1000,
        ...(before === 0 ? {} : { carriedOver: before }),
      },
    });
    if (job.folder !== undefined) {
      if (measured.prompts !== undefined)
        writeAtomically(join(job.folder, PROMPTS_FILE), promptValuesText(measured.prompts));
      writeAtomically(join(job.folder, "run.json"), `${JSON.stringify(record, undefined, 2)}\n`);
      writeReport(job.folder, record);
    }
    return { kind: "finished", record };
  } finally {
    folder.close();
  }
}

function openFolder(job: GapJob, { clock, processes }: GapMachine): SpecificationFolder {
  const { source, folder, again } = job;
  if (folder === undefined) return memoryFolder();
  return openSpecificationFolder({
    folder,
    frozen: frozenOf(job),
    ...(source.kind === "drawn" ? { run: drawRow(drawOf(job, source)) } : {}),
    calls: job.proxy !== undefined || job.gold !== undefined,
    again,
    clock,
    processes,
  });
}

type Measured =
  | Extract<GapEnd, { kind: "stopped" }>
  | {
      readonly kind: "measured";
      readonly run: Pick<SpecificationRun, "suite" | "measurement" | "details" | "findings" | "drawn">;
      /** Scores that earlier sessions had stored. */
      readonly before: number;
      /** Each prompt's own curves, by which two runs are paired; a file of preferences has none. */
      readonly prompts?: ReturnType<typeof promptValuesOf>;
    };

async function measuredOf(job: GapJob, folder: SpecificationFolder, machine: GapMachine): Promise<Measured> {
  const { source, columns, proxy, gold, seed, margin, labels, maxN } = job;
  if (source.kind === "preferences") {
    const { pairs, unread } = source.pairs;
    const options = { rng: rngFrom(seed).split("preferences"), margin };
    const audited = preferencesSuite(pairs, unread, options);
    return {
      kind: "measured",
      run: { ...audited, details: { pairs: pairs.length, ...columns }, findings: [] },
      before: 0,
    };
  }
  const sampled: SampledRows | "stopped" =
    source.kind === "rows"
      ? { rows: source.rows, tallies: [], notes: source.notes ?? [] }
      : await drawnRows(job, source, folder.samples, machine);
  if (sampled === "stopped") {
    const wanted = source.kind === "drawn" ? source.prompts.length * source.draw.draws : 0;
    return { kind: "stopped", what: "replies", stored: folder.samples.stored.size, wanted };
  }
  const grading = await gradedRows(job, sampled.rows, folder.scores, machine);
  if (grading.kind === "stopped") return { ...grading, what: "scores" };
  const { rows, graded, besides = [] } = grading.graded;
  const { compared } = grading;
  const { suite, measurement } = auditSpecification(rows, {
    rng: rngFrom(seed).split("specification"),
    ...(graded === undefined ? {} : { graded }),
    margin,
    labels,
    ...(gold === undefined ? {} : { goldCalled: {} }),
    ...(maxN === undefined ? {} : { maxN }),
  });
  return {
    kind: "measured",
    before: grading.before,
    prompts: promptValuesOf(rows, maxN === undefined ? {} : { maxN }),
    run: {
      suite,
      measurement: {
        ...measurement,
        ...(measurement.rewards === undefined ? {} : { rewards: [...measurement.rewards, ...besides] }),
        descriptors: [
          ...measurement.descriptors,
          ...(compared === undefined ? [] : judgeDescriptors(compared)),
        ],
        tallies: [
          ...sampled.tallies,
          ...measurement.tallies,
          ...(compared === undefined ? [] : [judgeTally(compared)]),
        ],
        notes: [
          ...sampled.notes,
          ...measurement.notes,
          ...(compared === undefined ? [] : [injectionNote(besides), ...judgeNotes(compared)]),
        ],
      },
      details: {
        samples: rows.length,
        prompts: new Set(rows.map(({ prompt }) => prompt)).size,
        ...columns,
        ...(proxy === undefined ? {} : { "proxy that is called": proxy.says }),
        ...(gold === undefined ? {} : { "gold that is called": gold.says }),
        ...(source.kind === "drawn" ? drawnDetails(source.draw) : {}),
      },
      findings: worstPairs(rows, SHOWN_PAIRS).map((pair) =>
        pairFinding(pair, source.kind === "drawn" ? job.folder : undefined),
      ),
      ...(sampled.drawn === undefined ? {} : { drawn: sampled.drawn }),
    },
  };
}

function drawnDetails({
  model,
  draws,
  temperature,
  topP,
  maxTokens,
}: Extract<GapJob["source"], { kind: "drawn" }>["draw"]): SpecificationRun["details"] {
  const { id, title, revision } = model.description;
  return {
    "drawn from": `${title} (${id})`,
    "its revision": revision.kind === "sha256" ? revision.value : `not pinned: ${revision.because}`,
    draws,
    temperature,
    "top-p": topP,
    "longest reply": `${maxTokens} tokens`,
  };
}
