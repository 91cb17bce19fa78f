// What a pairwise judge falls for, from its preferences in both orders: position, its own texts; and how often it is right.

import { clusteredDifference } from "../../stats/clustered-difference.ts";
import { clusteredRate, type ClusteredOutcome } from "../../stats/clustered-rate.ts";
import { noEstimate, type Difference, type Rate } from "../../stats/estimate.ts";
import { independentDifference, type Ends } from "../../stats/independent-difference.ts";
import type { ComparedPair } from "./compared-pair.ts";

export type PairMeasures = {
  /** Share of both orders in which the text shown first is preferred, minus 1/2: from -1/2 (always the second) to 1/2. */
  readonly positionBias: Difference;
  /** Share of pairs of which another text is preferred once the order is turned round. */
  readonly flips: Rate;
  /** Of pairs that differ in gold: the share of both orders in which the better text is preferred; a pair that flips counts 1/2. */
  readonly agreement: Rate;
  /** Pairs of an own and another text: share that prefers the own one (both orders averaged) minus the share in which gold does, equal gold as 1/2. */
  readonly selfPreference: Difference;
  /** Of the same pairs: agreement with gold where the own text is the better one, minus agreement where it is the worse one. */
  readonly sidesWithItself: Difference;
};

/**
 * All pairs were read in both orders: one order alone can't tell a preference for a text from one for a place. Clustered.
 *
 * `selfPreference` alone must not accuse: a judge that errs at random is pulled towards 1/2, so where its own texts are mostly the
 * worse ones it seems to favour them, and mostly the better ones, to slight them. Such errors are as frequent either way, and drop
 * out of `sidesWithItself`. Sources: Zheng et al. (2023), arXiv 2306.05685, section 3.3 (both biases); Lee et al. (2023), arXiv
 * 2309.00267 (both orders, averaged). Deviation: a share of a pair's own orders, not a win rate against people's.
 * @param own the origins that are the judge itself
 */
export function pairMeasures(compared: readonly ComparedPair[], own: readonly string[]): PairMeasures {
  const position = compared.map(({ pair, preferredFirst: [a, b] }) => ({
    cluster: pair.cluster,
    value: (Number(a) + Number(b) - 1) / 2,
  }));
  const flips = compared.map(({ pair, preferredFirst: [a, b] }) => outcome(pair.cluster, a === b));
  const wanted = compared.flatMap((one) => {
    const better = betterOf(one);
    return better === undefined || better === "equal" ? [] : favours(one, better);
  });
  const none = "no pair was read in both orders";
  return {
    positionBias:
      position.length === 0 ? noEstimate(none, 0) : clusteredDifference(position, { range: [-0.5, 0.5] }),
    flips: flips.length === 0 ? noEstimate(none, 0) : clusteredRate(flips),
    agreement:
      wanted.length === 0
        ? noEstimate(compared.length === 0 ? none : "no two texts of a pair are known to differ in gold", 0)
        : clusteredRate(wanted),
    ...selfMeasures(compared, own, none),
  };
}

type Mixed = { readonly one: ComparedPair; readonly own: 0 | 1 };

function selfMeasures(
  compared: readonly ComparedPair[],
  own: readonly string[],
  none: string,
): Pick<PairMeasures, "selfPreference" | "sidesWithItself"> {
  const mixed = compared.flatMap((one) => mixedOf(one, own));
  const because = compared.length === 0 ? none : whyNoneMixed(compared, mixed, own);
  if (because !== undefined)
    return { selfPreference: noEstimate(because, 0), sidesWithItself: noEstimate(because, 0) };
  const known = mixed.flatMap(({ one, own: at }) => {
    const better = betterOf(one);
    return better === undefined ? [] : [{ one, at, better }];
  });
  const units = known.map(({ one, at, better }) => {
    const judge = favours(one, at).reduce((sum, { value }) => sum + value / 2, 0);
    return { cluster: one.pair.cluster, value: judge - (better === "equal" ? 0.5 : Number(better === at)) };
  });
  const when = (ownIsBetter: boolean) =>
    known.flatMap(({ one, at, better }) =>
      better !== "equal" && (better === at) === ownIsBetter ? favours(one, better) : [],
    );
  return {
    selfPreference:
      units.length === 0
        ? noEstimate("no pair of an own and another text has a gold score on both", 0)
        : clusteredDifference(units, { range: [-1, 1] }),
    sidesWithItself: differenceOf(when(true), when(false)),
  };
}

function differenceOf(better: readonly ClusteredOutcome[], worse: readonly ClusteredOutcome[]): Difference {
  const [to, from] = [endsOf(better), endsOf(worse)];
  if (to === undefined || from === undefined)
    return noEstimate(
      `its own text is never the ${to === undefined ? "better" : "worse"} one of a pair by gold`,
      0,
    );
  const clusters = new Set(better.map(({ cluster }) => cluster));
  const shared = worse.some(({ cluster }) => clusters.has(cluster)) ? "units" : "nothing";
  return independentDifference(from, to, { shared });
}

function endsOf(units: readonly ClusteredOutcome[]): Ends | undefined {
  const rate = clusteredRate(units);
  if (rate.kind === "none") return undefined;
  const { point, interval, n, observations } = rate;
  return { point, low: interval.low, high: interval.high, level: interval.level, n, observations };
}

/** One outcome for each order: whether `texts[at]` was preferred. */
function favours({ pair, preferredFirst: [a, b] }: ComparedPair, at: 0 | 1): readonly ClusteredOutcome[] {
  return [outcome(pair.cluster, at === 0 ? a : !a), outcome(pair.cluster, at === 1 ? b : !b)];
}

function outcome(cluster: string, yes: boolean): ClusteredOutcome {
  return { cluster, value: yes ? 1 : 0 };
}

/** Undefined where gold is not known of both. */
function betterOf({ pair: { texts } }: ComparedPair): 0 | 1 | "equal" | undefined {
  const [a, b] = [texts[0].gold, texts[1].gold];
  if (a.kind === "unscored" || b.kind === "unscored") return undefined;
  return a.value === b.value ? "equal" : a.value > b.value ? 0 : 1;
}

function mixedOf(one: ComparedPair, own: readonly string[]): readonly Mixed[] {
  const [a, b] = one.pair.texts.map(({ origin }) => origin);
  if (a === undefined || b === undefined || own.includes(a) === own.includes(b)) return [];
  return [{ one, own: own.includes(a) ? 0 : 1 }];
}

/** The could-not-test of self-preference, in words. */
function whyNoneMixed(
  compared: readonly ComparedPair[],
  mixed: readonly Mixed[],
  own: readonly string[],
): string | undefined {
  if (mixed.length > 0) return undefined;
  const origins = compared.flatMap(({ pair: { texts } }) => texts.flatMap(({ origin }) => origin ?? []));
  if (origins.length === 0) return "nothing says which model wrote the texts";
  if (!origins.some((origin) => own.includes(origin)))
    return `none of the texts is said to be the judge's own, of origin ${own.map((name) => JSON.stringify(name)).join(" or ")}`;
  return "no prompt has a text of the judge's own and one that is said to be another's";
}
