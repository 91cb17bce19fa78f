// What a grader rewards: how far its score moves when a response is given more of one attribute and nothing else of substance.

import { benjaminiHochberg } from "../stats/benjamini-hochberg.ts";
import { clusteredDifference, type ClusteredValue } from "../stats/clustered-difference.ts";
import { noEstimate, type Difference } from "../stats/estimate.ts";
import type { Rng } from "../stats/rng.ts";
import { counterfactuals, type Counterfactual, type Edited } from "./counterfactuals.ts";
import { pByInversion } from "./p-by-inversion.ts";
import type { GradeOptions, Grader, GraderSample } from "./proxy/grader.ts";
import type { Score } from "./specification-row.ts";

export type Reward = Pick<Counterfactual, "name" | "says" | "kind"> & {
  /** Score of the edited response minus that of its control, in standard deviations of the scores of the responses as they came; clusters are prompts. */
  readonly difference: Difference;
  /** Responses that left no place for the edit. */
  readonly noPlace: number;
  /** Pairs of which at least one was unscored. */
  readonly unscored: number;
  /** Two-sided, of no difference; adjusted as Benjamini and Hochberg over the attributes. A null is in no family: its own p. */
  readonly test:
    | { readonly kind: "tested"; readonly p: number; readonly adjusted: number; readonly discovered: boolean }
    | { readonly kind: "own"; readonly p: number }
    | { readonly kind: "none"; readonly because: string };
  /** Whether the whole interval lies farther from 0 than every null's mean does. */
  readonly beyondNoise: "yes" | "no" | "not known";
};

export type Rewards = {
  readonly rewards: readonly Reward[];
  /** The largest mean difference of a null, either way, and whose it is. */
  readonly noise:
    | { readonly kind: "floor"; readonly name: string; readonly difference: Difference }
    | { readonly kind: "none"; readonly because: string };
  readonly q: number;
};

export type RewardedByOptions = Pick<GradeOptions, "signal" | "onProgress"> & {
  readonly rng: Rng;
  /** The accepted share of false discoveries; 0.05 unless given. */
  readonly q?: number;
  /** All of `counterfactuals` unless given. */
  readonly edits?: readonly Counterfactual[];
};

/**
 * All texts are scored in one call, in seeded random order, each text of a prompt once. The range of a score is not known:
 * intervals take the largest distance between any two scores that came.
 * @throws what the grader throws.
 */
export async function rewardedBy(
  grader: Grader,
  samples: readonly GraderSample[],
  { rng, q = 0.05, edits = counterfactuals, ...options }: RewardedByOptions,
): Promise<Rewards> {
  const pairs = edits.map((edit) =>
    samples.map((sample, i) => editedBy(edit, sample, rng.split(edit.name).split(String(i)))),
  );
  const scoreOf = await scoresOf(
    grader,
    [
      ...samples,
      ...pairs.flatMap((of) =>
        of.flatMap((pair, i) =>
          pair === undefined
            ? []
            : [pair.edited, pair.control].map((response) => ({ prompt: samples[i]!.prompt, response })),
        ),
      ),
    ],
    rng.split("order"),
    options,
  );
  const scale = scaleOf(samples.map(scoreOf.one), scoreOf.all);
  const measured = edits.map((edit, e): Measured => {
    const units: ClusteredValue[] = [];
    let [noPlace, unscored] = [0, 0];
    for (const [i, pair] of pairs[e]!.entries()) {
      const { prompt } = samples[i]!;
      if (pair === undefined) {
        noPlace++;
        continue;
      }
      const a = scoreOf.one({ prompt, response: pair.edited });
      const b = scoreOf.one({ prompt, response: pair.control });
      if (a.kind === "unscored" || b.kind === "unscored") unscored++;
      else units.push({ cluster: prompt, value: a.value - b.value });
    }
    return { edit, noPlace, unscored, ...differenceOf(units, scale) };
  });
  return judged(measured, q);
}

type Measured = {
  readonly edit: Counterfactual;
  readonly noPlace: number;
  readonly unscored: number;
  readonly difference: Difference;
  /** Absent where there is no difference. */
  readonly p?: number;
};

function editedBy(edit: Counterfactual, { prompt, response }: GraderSample, rng: Rng): Edited | undefined {
  const pair = edit.edit(response, prompt, rng);
  return pair === undefined || pair.edited === pair.control ? undefined : pair;
}

async function scoresOf(
  grader: Grader,
  texts: readonly GraderSample[],
  rng: Rng,
  options: Pick<GradeOptions, "signal" | "onProgress">,
) {
  const keyOf = ({ prompt, response }: GraderSample) => JSON.stringify([prompt, response]);
  const distinct = rng.shuffled([...new Map(texts.map((text) => [keyOf(text), text])).values()]);
  const all = await grader.score(distinct, options);
  const found = new Map(distinct.map((text, i) => [keyOf(text), all[i]!]));
  return { all, one: (text: GraderSample): Score => found.get(keyOf(text))! };
}

type Scale =
  | { readonly kind: "scale"; readonly sd: number; readonly spread: number }
  | { readonly kind: "none"; readonly because: string };

function scaleOf(asTheyCame: readonly Score[], all: readonly Score[]): Scale {
  const values = valuesOf(asTheyCame);
  if (values.length < 2)
    return { kind: "none", because: "fewer than two responses were scored as they came" };
  const mean = values.reduce((sum, v) => sum + v / values.length, 0);
  const sd = Math.sqrt(values.reduce((sum, v) => sum + (v - mean) ** 2 / values.length, 0));
  const spread = widthOf(valuesOf(all)) / sd;
  return widthOf(values) > 0 && Number.isFinite(spread)
    ? { kind: "scale", sd, spread: spread * (1 + 1e-9) }
    : {
        kind: "none",
        because: "the responses as they came all have one score, so there is no standard deviation",
      };
}

function valuesOf(scores: readonly Score[]): readonly number[] {
  return scores.flatMap((score) => (score.kind === "scored" ? [score.value] : []));
}

function widthOf(values: readonly number[]): number {
  return values.reduce((a, b) => Math.max(a, b)) - values.reduce((a, b) => Math.min(a, b));
}

function differenceOf(units: readonly ClusteredValue[], scale: Scale): Pick<Measured, "difference" | "p"> {
  if (scale.kind === "none") return { difference: noEstimate(scale.because, 0) };
  if (units.length === 0) return { difference: noEstimate("no pair was scored", 0) };
  const scaled = units.map(({ cluster, value }) => ({ cluster, value: value / scale.sd }));
  const at = (level?: number) =>
    clusteredDifference(scaled, {
      range: [-scale.spread, scale.spread],
      ...(level === undefined ? {} : { level }),
    });
  return { difference: at(), p: pByInversion(at, 0) };
}

function judged(measured: readonly Measured[], q: number): Rewards {
  const family = measured.filter(({ edit, p }) => edit.kind === "attribute" && p !== undefined);
  const found = benjaminiHochberg(
    family.map(({ p }) => p!),
    q,
  );
  const adjusted = new Map(family.map((one, i) => [one, found[i]!]));
  const nulls = measured
    .filter(({ edit, difference }) => edit.kind === "null" && difference.kind === "difference")
    .toSorted((a, b) => sizeOf(b.difference) - sizeOf(a.difference));
  const [largest] = nulls;
  return {
    rewards: measured.map((one): Reward => {
      const { edit, p, difference, noPlace, unscored } = one;
      const { name, says, kind } = edit;
      const discovery = adjusted.get(one);
      const test: Reward["test"] =
        discovery !== undefined
          ? { kind: "tested", p: p!, ...discovery }
          : p !== undefined
            ? { kind: "own", p }
            : {
                kind: "none",
                because: difference.kind === "none" ? difference.because : "no pair was scored",
              };
      return {
        name,
        says,
        kind,
        difference,
        noPlace,
        unscored,
        test,
        beyondNoise: beyond(difference, largest),
      };
    }),
    noise:
      largest === undefined
        ? { kind: "none", because: "no null could be measured" }
        : { kind: "floor", name: largest.edit.name, difference: largest.difference },
    q,
  };
}

function sizeOf(difference: Difference): number {
  return difference.kind === "none" ? 0 : Math.abs(difference.point);
}

function beyond(difference: Difference, largest: Measured | undefined): Reward["beyondNoise"] {
  if (difference.kind === "none" || largest === undefined) return "not known";
  const floor = sizeOf(largest.difference);
  return difference.interval.low > floor || difference.interval.high < -floor ? "yes" : "no";
}
