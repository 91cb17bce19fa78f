// The scores of a run's samples: those that called graders give, each stored as it comes, with how long the rest will take.

import { gradeRows, type GradedRows } from "../../goodhart/grade-rows.ts";
import { injections } from "../../goodhart/judge/injections.ts";
import { comparePairs, type PairwiseAudit } from "../../goodhart/judge/pairwise.ts";
import type { SpecificationRow } from "../../goodhart/specification-row.ts";
import type { Scores } from "../../run/specification-scores.ts";
import { timeLeft } from "../../run/time-left.ts";
import { rngFrom } from "../../stats/rng.ts";
import type { GapJob, GapMachine } from "./gap-job.ts";
import { tellJudges } from "./judge-cost.ts";
import { collectPairKeys, isJudge, keptPairJudge, pairsFor } from "./judge-pairs.ts";
import { keptGrader, keyCollector } from "./kept-grader.ts";

export type Grading =
  | {
      readonly kind: "graded";
      readonly graded: GradedRows;
      /** What the proxy falls for when it compares pairs, where it is a judge. No score hangs on it. */
      readonly compared?: PairwiseAudit;
      /** Scores that earlier sessions had stored, and those that this one added. */
      readonly before: number;
      readonly added: number;
    }
  | { readonly kind: "stopped"; readonly stored: number; readonly wanted: number };

type Graders = Pick<GapJob, "proxy" | "gold">;

/** @throws what the graders throw, unless the signal was aborted. */
export async function gradedRows(
  { proxy, gold, seed, source }: Graders & Pick<GapJob, "seed" | "source">,
  rows: readonly SpecificationRow[],
  scores: Scores,
  { clock, signal, onEvent }: GapMachine,
): Promise<Grading> {
  if (proxy === undefined && gold === undefined)
    return { kind: "graded", graded: { rows }, before: 0, added: 0 };
  const rng = rngFrom(seed).split("grader");
  const drawnFrom = source.kind === "drawn" ? source.draw.model.description.id : undefined;
  const choosing = { rng: rng.split("pairs"), drawnFrom };
  const besides = isJudge(proxy) ? { besides: injections(proxy.judge.scale) } : {};

  const keys = {
    proxy: new Set<string>(),
    again: new Set<string>(),
    gold: new Set<string>(),
    pairs: new Set<string>(),
  };
  const collect = {
    ...(proxy === undefined
      ? {}
      : {
          proxy: {
            grader: keyCollector(proxy, keys.proxy),
            again: keyCollector(proxy, keys.again, true),
            ...besides,
          },
        }),
    ...(gold === undefined ? {} : { gold: keyCollector(gold, keys.gold) }),
  };
  await gradeRows(rows, collect, rng);
  if (isJudge(proxy)) await collectPairKeys(proxy, pairsFor(proxy, rows, choosing), keys.pairs);
  const all = new Set([...keys.proxy, ...keys.again, ...keys.gold, ...keys.pairs]);

  const storedOf = () => [...all].filter((key) => scores.stored.has(key)).length;
  const before = storedOf();
  const wanted = all.size;
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
  tellJudges({ proxy, gold }, keys, { samples: textsIn(rows), stored: scores.stored });
  tell();

  const keeping = { scores, onProgress };
  const call = {
    ...(proxy === undefined
      ? {}
      : {
          proxy: {
            grader: keptGrader(proxy, keeping),
            again: keptGrader(proxy, { ...keeping, repeats: true }),
            ...besides,
          },
        }),
    ...(gold === undefined ? {} : { gold: keptGrader(gold, keeping) }),
  };
  const options = signal === undefined ? {} : { signal };
  try {
    const graded = await gradeRows(rows, call, rng, options);
    const compared = isJudge(proxy)
      ? await comparePairs(keptPairJudge(proxy, keeping), pairsFor(proxy, graded.rows, choosing), options)
      : undefined;
    return {
      kind: "graded",
      graded,
      ...(compared === undefined ? {} : { compared }),
      before,
      added: storedOf() - before,
    };
  } catch (error) {
    if (!signal?.aborted) throw error;
    return { kind: "stopped", stored: storedOf(), wanted };
  } finally {
    scores.sync();
  }
}

/** Equal texts of a prompt are one. */
function textsIn(rows: readonly SpecificationRow[]): number {
  return new Set(
    rows.flatMap(({ prompt, response }) =>
      response === undefined ? [] : [JSON.stringify([prompt, response])],
    ),
  ).size;
}
