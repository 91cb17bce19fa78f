// The pairs that a judge compares beside its marks: which they are, and its answers kept like scores, so that none is asked twice.

import type { JudgedPair } from "../../goodhart/judge/judged-pair.ts";
import type { PairJudge, ShownPair } from "../../goodhart/judge/pair-judge.ts";
import { pairsToJudge } from "../../goodhart/judge/pairs-to-judge.ts";
import type { Preference } from "../../goodhart/judge/read-preference.ts";
import { shownOrders } from "../../goodhart/judge/shown-orders.ts";
import type { GraderSample } from "../../goodhart/proxy/grader.ts";
import type { Score, SpecificationRow } from "../../goodhart/specification-row.ts";
import type { Rng } from "../../stats/rng.ts";
import type { CalledGrader, CalledJudge } from "./called-grader.ts";
import { keptGrader, keyCollector, type Keeping } from "./kept-grader.ts";

type Judge = CalledGrader & { readonly judge: CalledJudge };

export function isJudge(called: CalledGrader | undefined): called is Judge {
  return called?.judge !== undefined;
}

/** Hangs on texts, origins and rng alone: the same before the rows are scored and after. `drawnFrom`: what wrote all rows, where one model did. */
export function pairsFor(
  { judge }: Judge,
  rows: readonly SpecificationRow[],
  { rng, drawnFrom }: { readonly rng: Rng; readonly drawnFrom: string | undefined },
): readonly JudgedPair[] {
  return pairsToJudge(rows, {
    rng,
    own: judge.pairs.own,
    origins: rows.map(({ origin }) => origin ?? drawnFrom),
  });
}

/** The judge, but what has a stored answer is not asked again. */
export function keptPairJudge(called: Judge, keeping: Keeping): PairJudge {
  const grader = keptGrader(comparing(called), keeping);
  return {
    ...called.judge.pairs,
    prefer: async (pairs, options) => (await grader.score(pairs.map(sampleOf), options)).map(preferenceOf),
  };
}

/** Asks nobody: notes under which keys the answers will stand. */
export async function collectPairKeys(
  called: Judge,
  pairs: readonly JudgedPair[],
  keys: Set<string>,
): Promise<void> {
  await keyCollector(comparing(called), keys).score(shownOrders(pairs).map(sampleOf));
}

/** Two texts as one sample, and a preference as a score: 1 where the text shown first is preferred, 0 where the second is. */
function comparing(called: Judge): CalledGrader {
  const { grader, judge, pins } = called;
  return {
    ...called,
    pins: { ...pins, "'s task": "compares two responses" },
    grader: {
      name: grader.name,
      // The judge that marks is the one to be closed.
      close: async () => undefined,
      score: async (samples, options) =>
        (await judge.pairs.prefer(samples.map(shownIn), options)).map(scoreOf),
    },
  };
}

function sampleOf({ prompt, shown }: ShownPair): GraderSample {
  return { prompt, response: JSON.stringify(shown) };
}

function shownIn({ prompt, response }: GraderSample): ShownPair {
  return { prompt, shown: JSON.parse(response) as ShownPair["shown"] };
}

function scoreOf(preference: Preference): Score {
  return preference.kind === "prefers"
    ? { kind: "scored", value: preference.shown === "first" ? 1 : 0 }
    : { kind: "unscored", because: preference.because };
}

function preferenceOf(score: Score): Preference {
  return score.kind === "scored"
    ? { kind: "prefers", shown: score.value === 1 ? "first" : "second" }
    : { kind: "unread", because: score.because };
}
