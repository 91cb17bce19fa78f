// The rows of plan.jsonl and samples.jsonl: what is written, and what is believed when it is read back.

import { z } from "zod";
import type { Observation } from "../core/observation.ts";
import { auditedModel } from "../core/run-record.ts";
import type { Sample } from "../core/sample.ts";
import { SetupError } from "../core/errors.ts";

/** The first row of a plan: everything that must be the same when the run goes on. */
const runRow = z.object({
  kind: z.literal("run"),
  schema: z.literal("trueline.plan/1"),
  trueline: z.string(),
  engine: z.string(),
  model: auditedModel,
  /** By which path the model answers a choose ask. */
  path: z.enum(["logprob", "sampling"]),
  world: z.object({ name: z.string(), version: z.string(), facts: z.number().int() }),
  settings: z.object({
    seed: z.number().int(),
    margin: z.number(),
    n: z.object({ choose: z.number().int(), write: z.number().int() }),
    maxTokens: z.number().int(),
    system: z.string().optional(),
  }),
  suites: z.array(z.object({ name: z.string(), version: z.string() })),
});

/** One stage, frozen before its first sample is asked. `sha256` is over the canonical JSON of its samples, one a line. */
const stageRow = z.object({
  kind: z.literal("stage"),
  suite: z.string(),
  stage: z.string(),
  version: z.string(),
  sha256: z.string(),
  samples: z.number().int().nonnegative(),
  n: z.object({ choose: z.number().int(), write: z.number().int() }),
  margin: z.number(),
  seed: z.number().int(),
  batching: z.enum(["frozen", "each"]),
  /** What is asked and stored together, in order; one list of all where each is asked alone. */
  batches: z.array(
    z.object({
      members: z.array(z.string()),
      layout: z.record(z.string(), z.union([z.number(), z.string(), z.array(z.number())])),
    }),
  ),
});

const planRow = z.discriminatedUnion("kind", [runRow, stageRow]);

export type RunRow = z.infer<typeof runRow>;
export type StageRow = z.infer<typeof stageRow>;

const turn = z.object({ role: z.enum(["system", "user", "assistant"]), content: z.string() });
const count = z.number().int().nonnegative();

/** Loose, so that a sample comes back as it went in, whatever else a suite gave it. */
const sampleRow = z.object({
  sample: z.looseObject({
    id: z.string(),
    suite: z.string(),
    stage: z.string(),
    arm: z.string(),
    item: z.string(),
    ask: z.discriminatedUnion("kind", [
      z.looseObject({
        kind: z.literal("choose"),
        messages: z.array(turn),
        opening: z.string(),
        options: z.array(z.string()),
        aliases: z.array(z.array(z.string())).optional(),
        begins: z.literal(true).optional(),
      }),
      z.looseObject({
        kind: z.literal("write"),
        messages: z.array(turn),
        opening: z.string().optional(),
        maxTokens: z.number(),
        temperature: z.number(),
        topP: z.number(),
        seed: z.number(),
      }),
    ]),
    key: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.array(z.string())])),
  }),
  observation: z.object({
    sample: z.string(),
    path: z.enum(["logprob", "sampling"]),
    answer: z.discriminatedUnion("kind", [
      z.object({
        kind: z.literal("chosen"),
        logprobs: z.array(z.number()),
        tokens: z.array(count),
        begins: z.string().optional(),
      }),
      z.object({
        kind: z.literal("wrote"),
        text: z.string(),
        finish: z.object({ unified: z.enum(["stop", "length", "filter", "other"]), raw: z.string() }),
        tokens: count,
      }),
      z.object({ kind: z.literal("failed"), because: z.string() }),
    ]),
    usage: z.object({ prefilled: count, decoded: count }),
  }),
});

/** One line of samples.jsonl: the sample with its ask and key, and what the model did. */
export type StoredSample = { readonly sample: Sample; readonly observation: Observation };

/** @throws SetupError when a row is not what a run writes. */
export function planRowsOf(
  rows: readonly unknown[],
  file: string,
): { readonly run: RunRow | undefined; readonly stages: readonly StageRow[] } {
  const parsed = rows.map((row, i) => checked(planRow, row, i, file));
  const [run, ...stages] = parsed;
  if (run === undefined) return { run: undefined, stages: [] };
  if (run.kind !== "run") throw corrupt(1, file);
  return {
    run,
    stages: stages.map((row, i) => {
      if (row.kind !== "stage") throw corrupt(i + 2, file);
      return row;
    }),
  };
}

/** @throws SetupError when a row is not what a run writes, or a sample stands there twice. */
export function sampleRowsOf(rows: readonly unknown[], file: string): ReadonlyMap<string, StoredSample> {
  const stored = new Map<string, StoredSample>();
  rows.forEach((row, i) => {
    const found = checked(sampleRow, row, i, file) as unknown as StoredSample;
    if (stored.has(found.sample.id) || found.observation.sample !== found.sample.id)
      throw corrupt(i + 1, file);
    stored.set(found.sample.id, found);
  });
  return stored;
}

function checked<T>(schema: z.ZodType<T>, row: unknown, index: number, file: string): T {
  const result = schema.safeParse(row);
  if (!result.success) throw corrupt(index + 1, file);
  return result.data;
}

function corrupt(line: number, file: string): SetupError {
  return new SetupError("CORRUPT_RUN", `line ${line} of ${file} is not what a run writes there`, {
    hint: "The folder was changed, damaged, or written by another version. Start again in another folder with --out.",
  });
}
