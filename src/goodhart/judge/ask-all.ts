// Puts asks of one kind to a model, in its own frozen batches or many at once, and gives the answers in the order of the asks.

import { TruelineError } from "../../core/errors.ts";
import type { Answer } from "../../core/observation.ts";
import type { Ask, ChooseAsk, WriteAsk } from "../../core/sample.ts";
import type { AskOptions, Model, PlannedBatch } from "../../model/model.ts";
import type { GradeOptions } from "../proxy/grader.ts";

type Batch = { readonly members: readonly number[]; readonly layout?: PlannedBatch["layout"] };
type Plan = { readonly batches: readonly Batch[]; readonly refused: ReadonlyMap<number, string> };

/**
 * What the model can't take (a text longer than its context) is the failure of that ask alone.
 * @throws what the model throws, once all that was under way has come back; the signal's reason once it is aborted.
 */
export async function askAll(
  model: Model,
  asks: readonly Ask[],
  { signal, onProgress }: GradeOptions = {},
): Promise<readonly Answer[]> {
  const { batches, refused } = planOf(model, asks);
  const answers = new Map<number, Answer>(
    [...refused].map(([i, because]) => [i, { kind: "failed", because }]),
  );
  if (answers.size > 0) onProgress?.(answers.size);
  const queue = batches.values();
  const faults: unknown[] = [];
  const worker = async () => {
    for (const { members, layout } of queue) {
      if (faults.length > 0 || signal?.aborted) return;
      try {
        const given = await put(
          model,
          members.map((i) => asks[i]!),
          {
            ...(signal === undefined ? {} : { signal }),
            ...(layout === undefined ? {} : { layout }),
          },
        );
        members.forEach((i, at) => answers.set(i, given[at]!));
        onProgress?.(answers.size);
      } catch (error) {
        faults.push(error);
      }
    }
  };
  const atOnce = model.batching.kind === "each" ? Math.max(1, model.batching.concurrency) : 1;
  await Promise.all(Array.from({ length: Math.min(atOnce, batches.length) }, worker));
  // What an aborted ask came to is no answer.
  signal?.throwIfAborted();
  if (faults.length > 0) throw faults[0];
  return asks.map((_, i) => answers.get(i)!);
}

async function put(model: Model, asks: readonly Ask[], options: AskOptions): Promise<readonly Answer[]> {
  const given =
    model.choose.kind === "present" && asks[0]!.kind === "choose"
      ? await model.choose.use(asks as readonly ChooseAsk[], options)
      : await model.write(asks as readonly WriteAsk[], options);
  if (given.length !== asks.length)
    throw new TruelineError(
      "BAD_ANSWERS",
      `askAll: the model gave ${given.length} answers to ${asks.length} asks`,
    );
  return given.map(({ answer }) => answer);
}

function planOf({ batching }: Model, asks: readonly Ask[]): Plan {
  const all = [...asks.keys()];
  if (batching.kind === "each") return { batches: all.map((i) => ({ members: [i] })), refused: new Map() };
  try {
    return { batches: placed(batching.plan(asks), all), refused: new Map() };
  } catch (error) {
    if (!isRefusal(error)) throw error;
    // A plan for all says no more than that one of them can't be: each is tried by itself.
    const refused = new Map(
      all.flatMap((i) => refusalOf(() => batching.plan([asks[i]!])).map((why) => [i, why])),
    );
    const kept = all.filter((i) => !refused.has(i));
    return {
      batches: kept.length === 0 ? [] : placed(batching.plan(kept.map((i) => asks[i]!)), kept),
      refused,
    };
  }
}

/** From places among the asks that were planned to places among all asks. */
function placed(batches: readonly PlannedBatch[], of: readonly number[]): readonly Batch[] {
  const members = new Set(batches.flatMap((batch) => batch.members));
  const places = batches.reduce((sum, batch) => sum + batch.members.length, 0);
  if (places !== of.length || of.some((_, at) => !members.has(at)))
    throw new TruelineError(
      "BAD_BATCHES",
      `askAll: the model's batches don't hold each of ${of.length} asks once`,
    );
  return batches.map((batch) => ({ members: batch.members.map((at) => of[at]!), layout: batch.layout }));
}

/** The one throw that is about an ask, and neither a broken setup nor a bug. */
function isRefusal(error: unknown): error is TruelineError {
  return error instanceof TruelineError && error.code === "TOO_LONG";
}

function refusalOf(plan: () => unknown): readonly string[] {
  try {
    plan();
    return [];
  } catch (error) {
    if (!isRefusal(error)) throw error;
    return [error.message];
  }
}
