// What a preference file rewards: for each attribute, how often the chosen reply has more of it than the rejected one.
//
// A preference file is a specification as a grader is. What it goes with is no proof of what its raters had in mind.

import {
  benjaminiHochberg,
  clopperPearson,
  clusteredRate,
  noEstimate,
  type ClusteredOutcome,
  type Rate,
  type Rng,
} from "../stats/index.ts";
import type { Attribute } from "./attributes/attribute.ts";
import { attributes as allAttributes } from "./attributes/index.ts";
import { length } from "./attributes/length.ts";
import { pByInversion } from "./p-by-inversion.ts";

export type PreferencePair = {
  readonly id: string;
  /** The independent unit: the conversation or the rater that several pairs come from. */
  readonly cluster: string;
  readonly prompt: string;
  readonly chosen: string;
  readonly rejected: string;
  /** Which of the two the rater saw first, where that is known. */
  readonly firstShown?: "chosen" | "rejected";
};

export type AttributePreference = {
  readonly name: string;
  readonly says: string;
  /** P(the chosen reply has more | the two differ); 0.5 where the attribute plays no part. */
  readonly chosenHasMore: Rate;
  /** Pairs whose replies differ in it, of `PreferenceAudit.pairs`. */
  readonly differing: number;
  /** The same with chosen and rejected exchanged at random, cluster by cluster. */
  readonly exchanged: Rate;
  readonly test: PreferenceTest;
};

/** Of a share of 0.5, two-sided; adjusted as Benjamini and Hochberg over the attributes. */
export type PreferenceTest =
  | {
      readonly kind: "tested";
      readonly p: number;
      readonly adjusted: number;
      readonly discovered: boolean;
    }
  | { readonly kind: "none"; readonly because: string };

export type PreferenceAudit = {
  /** The ruler without parameters comes first: length, "the longer one is chosen". */
  readonly attributes: readonly AttributePreference[];
  /** P(the reply shown first is chosen); its p-value is its own, not among the attributes'. */
  readonly position: { readonly firstIsChosen: Rate; readonly p: PositionP };
  /** Pairs that were used. */
  readonly pairs: number;
  readonly leftOut: readonly { readonly count: number; readonly because: string }[];
  readonly q: number;
};

export type PositionP =
  | { readonly kind: "p"; readonly value: number }
  | { readonly kind: "none"; readonly because: string };

export type PreferenceAuditOptions = {
  readonly rng: Rng;
  readonly level?: number;
  /** The accepted share of false discoveries; 0.05 unless given. */
  readonly q?: number;
  /** All of `attributes/` unless given; length comes first in any case. */
  readonly attributes?: readonly Attribute[];
};

/**
 * Shares by `clusteredRate`. p-values: where no two pairs share a cluster, the exact sign test (the level at which
 * Clopper and Pearson's interval just holds 0.5), else the level at which the share's own interval does. With few
 * pairs the exact test may say less than Wilson's interval beside it.
 */
export function auditPreferences(
  all: readonly PreferencePair[],
  options: PreferenceAuditOptions,
): PreferenceAudit {
  const { rng, level, q = 0.05, attributes = Object.values(allAttributes) } = options;
  const { pairs, leftOut } = usable(all);
  const rate = (units: readonly ClusteredOutcome[], none: string) =>
    units.length === 0 ? noEstimate(none, 0) : clusteredRate(units, level === undefined ? {} : { level });
  const exchange = exchangeOf(pairs, rng.split("exchange"));
  const ordered = [length, ...attributes.filter(({ name }) => name !== length.name)];
  const measured = ordered.map((attribute) => {
    const units = outcomes(pairs, attribute);
    const exchanged = units.map(({ cluster, value }): ClusteredOutcome => {
      return { cluster, value: exchange(cluster) ? (value === 1 ? 0 : 1) : value };
    });
    return { attribute, units, exchanged };
  });
  const tests = testsOf(
    measured.map(({ units }) => units),
    q,
  );
  const shown = pairs.flatMap(({ cluster, firstShown }): ClusteredOutcome[] =>
    firstShown === undefined ? [] : [{ cluster, value: firstShown === "chosen" ? 1 : 0 }],
  );
  const unknown = "no pair says which reply was shown first";
  return {
    attributes: measured.map(({ attribute: { name, says }, units, exchanged }, i) => ({
      name,
      says,
      chosenHasMore: rate(units, "no two replies differ in it"),
      differing: units.length,
      exchanged: rate(exchanged, "no two replies differ in it"),
      test: tests[i] as PreferenceTest,
    })),
    position: {
      firstIsChosen: rate(shown, unknown),
      p: shown.length === 0 ? { kind: "none", because: unknown } : { kind: "p", value: pOfHalf(shown) },
    },
    pairs: pairs.length,
    leftOut,
    q,
  };
}

/** One outcome per pair that differs in the attribute: 1 where the chosen reply has more. */
function outcomes(pairs: readonly PreferencePair[], { measure }: Attribute): readonly ClusteredOutcome[] {
  return pairs.flatMap(({ cluster, prompt, chosen, rejected }): ClusteredOutcome[] => {
    const more = measure(chosen, prompt) - measure(rejected, prompt);
    return more === 0 ? [] : [{ cluster, value: more > 0 ? 1 : 0 }];
  });
}

function usable(all: readonly PreferencePair[]): Pick<PreferenceAudit, "leftOut"> & {
  readonly pairs: readonly PreferencePair[];
} {
  const different = all.filter(({ chosen, rejected }) => chosen !== rejected);
  const seen = new Set<string>();
  const pairs = different.filter(({ id }) => seen.size < seen.add(id).size);
  const leftOut = [
    { count: all.length - different.length, because: "chosen and rejected are the same text" },
    { count: different.length - pairs.length, because: "an earlier pair has the same id" },
  ].filter(({ count }) => count > 0);
  return { pairs, leftOut };
}

/** Whole clusters are exchanged, so that the null is as dependent within them as the pairs are. */
function exchangeOf(pairs: readonly PreferencePair[], rng: Rng): (cluster: string) => boolean {
  const clusters = new Set(pairs.map(({ cluster }) => cluster));
  const turned = new Set([...clusters].filter(() => rng.int(2) === 1));
  return (cluster) => turned.has(cluster);
}

function testsOf(columns: readonly (readonly ClusteredOutcome[])[], q: number): readonly PreferenceTest[] {
  const tested = columns.filter((units) => units.length > 0);
  const pValues = tested.map(pOfHalf);
  const discoveries = benjaminiHochberg(pValues, q);
  return columns.map((units): PreferenceTest => {
    const at = tested.indexOf(units);
    const [p, discovery] = [pValues[at], discoveries[at]];
    if (p === undefined || discovery === undefined)
      return { kind: "none", because: "no two replies differ in it" };
    return { kind: "tested", p, ...discovery };
  });
}

/** `units` must not be empty. */
function pOfHalf(units: readonly ClusteredOutcome[]): number {
  const clusters = new Set(units.map(({ cluster }) => cluster)).size;
  if (clusters < units.length) return pByInversion((level) => clusteredRate(units, { level }), 0.5);
  const ones = units.filter(({ value }) => value === 1).length;
  return pByInversion((level) => clopperPearson(ones, units.length, { level }), 0.5);
}
