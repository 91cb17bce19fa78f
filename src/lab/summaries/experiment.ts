// The experiment on summaries: press on a rater's satisfaction, see what becomes of the truth, and which bias did it.

import type { Verdict } from "../../core/gap.ts";
import { verdictOf } from "../../core/verdict.ts";
import { auditSpecification, type SpecificationAudit } from "../../goodhart/audit-specification.ts";
import type { SpecificationRow } from "../../goodhart/specification-row.ts";
import type { Estimate } from "../../stats/estimate.ts";
import { rngFrom } from "../../stats/rng.ts";
import { goldOf } from "./gold.ts";
import { biasNames, defaultRater, rate, type BiasName, type Rater } from "./rater.ts";
import { defaultHabits, makeSummaries, type Habits } from "./summaries.ts";
import { knockedOut } from "./knocked-out.ts";
import { makeTexts } from "./texts.ts";

export type SummariesSettings = {
  readonly seed: number | string;
  readonly texts?: number;
  /** Candidates per text: the most that can be chosen from. */
  readonly candidates?: number;
  readonly rater?: Rater;
  readonly habits?: Habits;
  /** In standard deviations of the gold at n = 1. */
  readonly margin?: number;
};

export type SummariesRun = {
  readonly rows: readonly SpecificationRow[];
  readonly audit: SpecificationAudit;
  /** Of the audit's gap: how far the gold fell from its peak, and the verdict at the margin. */
  readonly fall: Estimate;
  readonly verdict: Verdict;
};

/** Texts, candidates, looks and moods depend on the seed alone, so runs that differ in the rater differ in nothing else. */
export function runSummaries({
  seed,
  texts = 160,
  candidates = 64,
  rater = defaultRater,
  habits = defaultHabits,
  margin = 0.1,
}: SummariesSettings): SummariesRun {
  const rng = rngFrom(seed).split("summaries");
  const rows = makeTexts(texts, rng.split("texts")).flatMap((text) =>
    makeSummaries(text, candidates, rng.split("candidates"), habits).map((summary): SpecificationRow => ({
      place: summary.id,
      prompt: text.id,
      cluster: text.id,
      response: summary.english,
      proxy: {
        kind: "scored",
        value: rate(text, summary, rater, rng.split("ratings").split(summary.id)),
      },
      gold: { kind: "scored", value: goldOf(text, summary) },
    })),
  );
  const audit = auditSpecification(rows, { rng: rng.split("audit"), margin });
  const fall = audit.measurement.gaps[0]!.estimate;
  return { rows, audit, fall, verdict: verdictOf(audit.suite.gaps[0]!.kind, fall, margin) };
}

export type KnockOut = { readonly name: string; readonly rater: Rater; readonly run: SummariesRun };

/** The whole rater; each bias alone taken away; all of them; only the noise. */
export function knockOuts(settings: SummariesSettings): readonly KnockOut[] {
  const full = settings.rater ?? defaultRater;
  const raters: readonly (readonly [name: string, rater: Rater])[] = [
    ["full rater", full],
    ...knockedOut(full).map(({ name, rater }) => [name, rater] as const),
    ["without noise", { ...full, noise: 0 }],
  ];
  return raters.map(([name, rater]) => ({ name, rater, run: runSummaries({ ...settings, rater }) }));
}

export type MapOptions = {
  /** Which biases are made stronger or weaker together; the others stay as they are. */
  readonly biases?: readonly BiasName[];
  readonly times?: readonly number[];
};

export type MapPoint = { readonly times: number; readonly run: SummariesRun };

/** The same experiment with biases of several strengths, none among them. */
export function strengthMap(
  settings: SummariesSettings,
  { biases = biasNames, times = [0, 0.5, 1, 2] }: MapOptions = {},
): readonly MapPoint[] {
  const full = settings.rater ?? defaultRater;
  return times.map((factor) => ({
    times: factor,
    run: runSummaries({ ...settings, rater: scaled(full, biases, factor) }),
  }));
}

function scaled(rater: Rater, names: readonly BiasName[], factor: number): Rater {
  const biases = { ...rater.biases };
  for (const name of names) biases[name] *= factor;
  return { ...rater, biases };
}
