// The known failures of a suite: what happened, the transcripts, and the command that asks each of them again.

import { TruelineError } from "../core/errors.ts";
import type { FindingRecord } from "../core/run-record.ts";
import type { Failure, Outcome, Suite } from "../core/suite.ts";
import { shellWord } from "../core/shell-word.ts";
import { shownSample } from "./shown-sample.ts";

/** Failures of one gap that stand in the record; how many there were stands beside them. */
const KEPT = 25;

export type Findings = { readonly kept: readonly FindingRecord[]; readonly notes: readonly string[] };

/** The first failures of each gap in plan order, and a note where there were more. */
export function findingsOf(
  suite: Suite,
  failures: readonly Failure[],
  outcomes: readonly Outcome[],
  folder: string,
): Findings {
  const byId = new Map(outcomes.map((outcome) => [outcome.sample.id as string, outcome]));
  const counts = new Map<string, number>();
  const kept = failures.flatMap((failure): FindingRecord[] => {
    const count = (counts.get(failure.gap) ?? 0) + 1;
    counts.set(failure.gap, count);
    return count > KEPT ? [] : [findingOf(suite, failure, byId, folder)];
  });
  const notes = [...counts].flatMap(([gap, count]) =>
    count > KEPT
      ? [`${KEPT} of ${count} failures of "${gap}" are shown; every sample stands in samples.jsonl.`]
      : [],
  );
  return { kept, notes };
}

function findingOf(
  suite: Suite,
  failure: Failure,
  byId: ReadonlyMap<string, Outcome>,
  folder: string,
): FindingRecord {
  const evidence = failure.samples.map((id) => {
    const outcome = byId.get(id);
    if (outcome === undefined)
      throw new TruelineError(
        "BAD_FAILURE",
        `findingsOf: suite ${suite.name} names sample ${id}, which it never planned`,
      );
    return shownSample(outcome);
  });
  return {
    suite: suite.name,
    gap: failure.gap,
    says: failure.says,
    evidence,
    replay: failure.samples.map((id) => `trueline replay ${shellWord(folder)} ${shellWord(id)}`),
  };
}
