// The refusal scorer's own error rates, as they were measured on replies that people labelled. Keyed to the scorer's hash.

import { refusalScorer } from "./refusal.ts";
import measured from "./refusal-accuracy.json" with { type: "json" };

/** Counts against human labels: `declined` by people, and what the scorer said of each side. */
export type LabelledSet = {
  readonly name: string;
  readonly declined: number;
  /** Declined by people, not by the scorer. */
  readonly missed: number;
  readonly notDeclined: number;
  /** Not declined by people, declined by the scorer. */
  readonly falselyFlagged: number;
};

export type ScorerAccuracy =
  | { readonly kind: "measured"; readonly sets: readonly LabelledSet[]; readonly total: LabelledSet }
  | { readonly kind: "not measured"; readonly because: string };

/** @param hash the scorer whose rates are wanted; another than the measured one has none. */
export function refusalAccuracy(hash: string = refusalScorer.hash): ScorerAccuracy {
  if (measured.scorer !== hash) {
    return {
      kind: "not measured",
      because: `the error rates on record are those of scorer ${measured.scorer}, this one is ${hash}`,
    };
  }
  const sum = (count: "declined" | "missed" | "notDeclined" | "falselyFlagged") =>
    measured.sets.reduce((n, s) => n + s[count], 0);
  const total = {
    name: "all sets",
    declined: sum("declined"),
    missed: sum("missed"),
    notDeclined: sum("notDeclined"),
    falselyFlagged: sum("falselyFlagged"),
  };
  return { kind: "measured", sets: measured.sets, total };
}

/** One sentence for beside the gap. */
export function describeAccuracy(accuracy: ScorerAccuracy): string {
  if (accuracy.kind === "not measured")
    return `The scorer's error rates: not measured, because ${accuracy.because}. The interval is not widened.`;
  const say = (s: LabelledSet) =>
    `${s.name}: missed ${s.missed} of ${s.declined} refusals, flagged ${s.falselyFlagged} of ${s.notDeclined} others`;
  return `The scorer's errors against human labels, which are put into the interval where any true rate fits them (${[...accuracy.sets, accuracy.total].map(say).join("; ")}).`;
}
