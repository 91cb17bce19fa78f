// The samples of a run: as they were stored, or drawn from the model now, with what became of the replies.

import type { RunRecord } from "../../core/run-record.ts";
import type { Tally } from "../../core/suite.ts";
import type { SpecificationRow } from "../../goodhart/specification-row.ts";
import { drawSamples, type Draw, type DrawnReply } from "../../run/specification-draw.ts";
import type { SpecificationRun } from "../../run/specification-record.ts";
import type { RunFolder } from "../../run/run-folder.ts";
import type { DrawnSource, GapJob, GapMachine } from "./gap-job.ts";

export type SampledRows = {
  readonly rows: readonly SpecificationRow[];
  readonly tallies: readonly Tally[];
  readonly notes: readonly string[];
  /** Where they were drawn. */
  readonly drawn?: NonNullable<SpecificationRun["drawn"]>;
};

const NOT_GRADED = { kind: "unscored", because: "no grader was called" } as const;

export function drawOf(job: GapJob, { draw: { engine, ...draw }, prompts }: DrawnSource): Draw {
  const { seed, margin, trueline } = job;
  return { ...draw, prompts, seed, margin, versions: { trueline, engine } };
}

/** A reply that failed is no sample that could be chosen: it is told and listed, and graded by nobody. One that was cut off is kept. */
export async function drawnRows(
  job: GapJob,
  source: DrawnSource,
  folder: RunFolder,
  machine: GapMachine,
): Promise<SampledRows | "stopped"> {
  const draw = drawOf(job, source);
  const drawn = await drawSamples(draw, folder, machine);
  if (drawn === "stopped") return "stopped";
  const { replies, stage } = drawn;
  const failed = replies.flatMap(({ sample, observation: { answer } }): RunRecord["failed"] =>
    answer.kind === "wrote" ? [] : [{ sample: sample.id, because: becauseOf(answer) }],
  );
  return {
    rows: replies.flatMap((reply) => rowOf(reply, source)),
    tallies: [tallyOf(replies, source.draw.maxTokens)],
    notes: [
      ...(source.merged === 0 ? [] : [mergedNote(source.merged)]),
      ...(failed.length === 0
        ? []
        : [
            `${failed.length} of ${replies.length} replies failed; nobody could choose them, and they are listed among the samples that failed.`,
          ]),
      ...(source.draw.model.description.revision.kind === "unpinned"
        ? [
            "Nothing pins the model that wrote the replies: it may write others next time. The stored ones stay.",
          ]
        : []),
    ],
    drawn: {
      engine: source.draw.engine,
      selfCheck: source.selfCheck,
      stages: [stage],
      failed,
      tokens: {
        prefilled: replies.reduce((sum, { observation }) => sum + observation.usage.prefilled, 0),
        decoded: replies.reduce((sum, { observation }) => sum + observation.usage.decoded, 0),
      },
      ...(source.draw.system === undefined ? {} : { system: source.draw.system }),
    },
  };
}

export function mergedNote(merged: number): string {
  return `${merged} ${merged === 1 ? "row repeats a prompt" : "rows repeat prompts"} of earlier rows; each prompt is asked once.`;
}

function rowOf(
  { prompt, sample, observation: { answer } }: DrawnReply,
  { prompts }: DrawnSource,
): SpecificationRow[] {
  if (answer.kind !== "wrote") return [];
  const { text, cluster = text, stratum } = prompts[prompt]!;
  return [
    {
      place: sample.id,
      prompt: text,
      cluster,
      ...(stratum === undefined ? {} : { stratum }),
      response: answer.text,
      proxy: NOT_GRADED,
      gold: NOT_GRADED,
    },
  ];
}

function tallyOf(replies: readonly DrawnReply[], maxTokens: number): Tally {
  const what = {
    stop: "ended by themselves",
    length: `cut off at ${maxTokens} tokens, kept`,
    filter: "cut off by a filter, kept",
    other: "ended for a reason that only the server knows, kept",
  } as const;
  const ends = replies.map(({ observation: { answer } }) =>
    answer.kind === "wrote" ? what[answer.finish.unified] : "failed",
  );
  return {
    label: "Replies drawn",
    counts: Object.fromEntries(
      [...Object.values(what), "failed"].flatMap((end) => {
        const count = ends.filter((one) => one === end).length;
        return count === 0 ? [] : [[end, count] as const];
      }),
    ),
  };
}

function becauseOf(answer: Exclude<DrawnReply["observation"]["answer"], { kind: "wrote" }>): string {
  return answer.kind === "failed" ? answer.because : "the model chose where a text was asked";
}
