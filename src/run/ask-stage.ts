// Asks what a frozen stage has not stored yet, batch by batch or many at once, and stores each answer as it comes.

import { TruelineError } from "../core/errors.ts";
import type { ChooseAsk, Sample, WriteAsk } from "../core/sample.ts";
import type { Answered, AskOptions, Model } from "../model/model.ts";
import { asWritten } from "./as-written.ts";
import type { RunFolder } from "./run-folder.ts";
import { soundAnswer } from "./sound-answer.ts";
import type { StageRow, StoredSample } from "./stored-rows.ts";

/** Answers between two waits for the disk, where they come one at a time. */
const SYNC_EVERY = 64;

export type Asking = {
  readonly model: Model;
  readonly folder: RunFolder;
  readonly maxTokens: number;
  readonly signal: AbortSignal | undefined;
  /** Called after each write with what was stored, never before it. */
  readonly onStored: (rows: readonly StoredSample[]) => void;
};

/** Returns whether all is stored, or the signal stopped it. What was answered before that is stored in both cases. */
export async function askStage(
  asking: Asking,
  row: StageRow,
  samples: readonly Sample[],
): Promise<"done" | "stopped"> {
  const byId = new Map(samples.map((sample) => [sample.id as string, sample]));
  const batches = row.batches.map(({ members, layout }) => ({
    layout,
    samples: members.map((id) => byId.get(id) as Sample),
  }));
  try {
    for (const batch of batches) {
      const missing = batch.samples.filter((sample) => !asking.folder.stored.has(sample.id));
      if (missing.length === 0) continue;
      if (asking.signal?.aborted) return "stopped";
      const state =
        row.batching === "each"
          ? await askEach(asking, missing)
          : await askBatch(asking, batch.samples, batch.layout);
      if (state === "stopped") return "stopped";
    }
    return "done";
  } finally {
    asking.folder.sync();
  }
}

/** The whole batch is computed even where a part of it is stored: a row's numbers may depend on its neighbours. */
async function askBatch(
  asking: Asking,
  batch: readonly Sample[],
  layout: AskOptions["layout"],
): Promise<"done" | "stopped"> {
  const answers = await answersOf(asking, batch, layout);
  if (answers === "stopped") return "stopped";
  keep(asking, batch, answers);
  asking.folder.sync();
  return allStored(asking, batch) ? "done" : "stopped";
}

/** As many at once as the model allows. After a fault, what is under way is still waited for and stored: it was paid for. */
async function askEach(asking: Asking, missing: readonly Sample[]): Promise<"done" | "stopped"> {
  const { batching } = asking.model;
  const concurrency = batching.kind === "each" ? Math.max(1, batching.concurrency) : 1;
  const queue = missing.values();
  const faults: unknown[] = [];
  let stopped = false;
  let unsynced = 0;
  const worker = async () => {
    for (const sample of queue) {
      if (stopped || faults.length > 0 || asking.signal?.aborted) {
        stopped = true;
        return;
      }
      try {
        const answers = await answersOf(asking, [sample], undefined);
        if (answers !== "stopped") keep(asking, [sample], answers);
        if (!allStored(asking, [sample])) stopped = true;
        else if (++unsynced % SYNC_EVERY === 0) asking.folder.sync();
      } catch (error) {
        faults.push(error);
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(concurrency, missing.length) }, worker));
  if (faults.length > 0) throw faults[0];
  return stopped ? "stopped" : "done";
}

async function answersOf(
  asking: Asking,
  batch: readonly Sample[],
  layout: AskOptions["layout"],
): Promise<readonly Answered[] | "stopped"> {
  const { model, signal, maxTokens } = asking;
  const options: AskOptions = {
    ...(signal === undefined ? {} : { signal }),
    ...(layout === undefined ? {} : { layout }),
  };
  try {
    const answers = await ask(model, batch, maxTokens, options);
    if (answers.length !== batch.length) {
      throw new TruelineError(
        "BAD_ANSWERS",
        `askStage: the model gave ${answers.length} answers to ${batch.length} asks`,
      );
    }
    return answers;
  } catch (error) {
    if (signal?.aborted) return "stopped";
    throw error;
  }
}

/** Every batch holds asks of one kind: the plan has seen to it. */
function ask(
  model: Model,
  batch: readonly Sample[],
  maxTokens: number,
  options: AskOptions,
): Promise<readonly Answered[]> {
  if (model.choose.kind === "present" && batch[0]?.ask.kind === "choose") {
    return model.choose.use(
      batch.map((sample) => sample.ask as ChooseAsk),
      options,
    );
  }
  return model.write(
    batch.map((sample): WriteAsk => asWritten(sample.ask, maxTokens)),
    options,
  );
}

/** Stores what is new. An ask that failed because it was called off is not an answer: it is asked again next time. */
function keep(asking: Asking, batch: readonly Sample[], answers: readonly Answered[]): void {
  const { model, folder, maxTokens, signal } = asking;
  const rows = batch.flatMap((sample, i): StoredSample[] => {
    if (folder.stored.has(sample.id)) return [];
    const asked = model.choose.kind === "present" ? sample.ask : asWritten(sample.ask, maxTokens);
    const { answer, usage } = soundAnswer(asked, answers[i] as Answered);
    if (answer.kind === "failed" && signal?.aborted) return [];
    const path = asked.kind === "choose" ? "logprob" : "sampling";
    return [{ sample, observation: { sample: sample.id, path, answer, usage } }];
  });
  folder.store(rows);
  if (rows.length > 0) asking.onStored(rows);
}

function allStored(asking: Asking, batch: readonly Sample[]): boolean {
  return batch.every((sample) => asking.folder.stored.has(sample.id));
}
