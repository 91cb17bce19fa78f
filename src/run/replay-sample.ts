// Asks one stored sample again: within the batch that it was frozen in, so that the very same numbers are computed.

import path from "node:path";
import { SetupError } from "../core/errors.ts";
import type { Answer } from "../core/observation.ts";
import type { ChooseAsk, Sample, WriteAsk } from "../core/sample.ts";
import type { Model } from "../model/model.ts";
import { asWritten } from "./as-written.ts";
import { readJsonLines } from "./json-lines.ts";
import { sampleRowsOf, type StageRow, type StoredSample } from "./stored-rows.ts";

export type Replayed = { readonly answer: Answer; readonly how: string };

/** A frozen batch is asked whole, with its layout; where it can't be (a part was never stored), the sample is asked alone. */
export async function replaySample(
  model: Model,
  stages: readonly StageRow[],
  folder: string,
  stored: StoredSample,
  maxTokens: number,
): Promise<Replayed> {
  const { sample } = stored;
  const batch = stages
    .find((s) => s.suite === sample.suite && s.stage === sample.stage)
    ?.batches.find((b) => b.members.includes(sample.id));
  const frozen = model.batching.kind === "frozen" && batch !== undefined;
  const asked = frozen ? batchOf(batch.members, path.join(folder, "samples.jsonl")) : undefined;
  const samples = asked ?? [sample];
  const options = asked ? { layout: batch!.layout } : {};
  const answers =
    model.choose.kind === "present" && sample.ask.kind === "choose"
      ? await model.choose.use(
          samples.map((s) => s.ask as ChooseAsk),
          options,
        )
      : await model.write(
          samples.map((s): WriteAsk => asWritten(s.ask, maxTokens)),
          options,
        );
  const answer = answers[samples.findIndex((s) => s.id === sample.id)]?.answer;
  if (!answer)
    throw new SetupError("NO_ANSWER", `the model gave no answer to ${sample.id}`, { hint: "Ask it again." });
  return { answer, how: asked ? `asked within its frozen batch of ${samples.length}` : "asked alone" };
}

function batchOf(members: readonly string[], file: string): readonly Sample[] | undefined {
  const stored = sampleRowsOf(readJsonLines(file), file);
  const found = members.flatMap((id) => stored.get(id)?.sample ?? []);
  return found.length === members.length ? found : undefined;
}
