// The scores of a run's samples: those that called graders give, each stored as it comes, with how long the rest will take.

import { gradeRows, type GradedRows } from "../../goodhart/grade-rows.ts";
import type { SpecificationRow } from "../../goodhart/specification-row.ts";
import type { Scores } from "../../run/specification-scores.ts";
import { timeLeft } from "../../run/time-left.ts";
import { rngFrom } from "../../stats/rng.ts";
import type { GapJob, GapMachine } from "./gap-job.ts";
import { keptGrader, keyCollector } from "./kept-grader.ts";

export type Grading =
  | {
      readonly kind: "graded";
      readonly graded: GradedRows;
      /** Scores that earlier sessions had stored, and those that this one added. */ readonly before: number;
      readonly added: number;
    }
  | { readonly kind: "stopped"; readonly stored: number; readonly wanted: number };

/** @throws what the graders throw, unless the signal was aborted. */
export async function gradedRows(
  { proxy, gold, seed }: Pick<GapJob, "proxy" | "gold" | "seed">,
  rows: readonly SpecificationRow[],
  scores: Scores,
  { clock, signal, onEvent }: GapMachine,
): Promise<Grading> {
  if (proxy === undefined && gold === undefined)
    return { kind: "graded", graded: { rows }, before: 0, added: 0 };
  const rng = rngFrom(seed).split("grader");
  const keys = new Set<string>();
  const collect = {
    ...(proxy === undefined
      ? {}
      : { proxy: { grader: keyCollector(proxy, keys), again: keyCollector(proxy, keys, true) } }),
    ...(gold === undefined ? {} : { gold: keyCollector(gold, keys) }),
  };
  await gradeRows(rows, collect, rng);
  const storedOf = () => [...keys].filter((key) => scores.stored.has(key)).length;
  const before = storedOf();
  const wanted = keys.size;
  const begun = clock.ticks();
  let came = 0;
  const tell = () =>
    onEvent?.({
      kind: "graded",
      done: Math.min(wanted, before + came),
      wanted,
      stored: before,
      left: timeLeft({ done: came, remaining: wanted - before - came }, (clock.ticks() - begun) / 1000),
    });
  const onProgress = (more: number) => {
    came += more;
    if (more > 0) tell();
  };
  tell();
  const call = {
    ...(proxy === undefined
      ? {}
      : {
          proxy: {
            grader: keptGrader(proxy, { scores, onProgress }),
            again: keptGrader(proxy, { scores, onProgress, repeats: true }),
          },
        }),
    ...(gold === undefined ? {} : { gold: keptGrader(gold, { scores, onProgress }) }),
  };
  try {
    const graded = await gradeRows(rows, call, rng, signal === undefined ? {} : { signal });
    return { kind: "graded", graded, before, added: storedOf() - before };
  } catch (error) {
    if (!signal?.aborted) throw error;
    return { kind: "stopped", stored: storedOf(), wanted };
  } finally {
    scores.sync();
  }
}
