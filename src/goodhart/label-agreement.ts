// How far the labels of a proxy agree with those of people: accuracy beside a length ruler, kappa, and the rates that either would report.

import type { Descriptor, Tally } from "../core/suite.ts";
import { clusteredDifference } from "../stats/clustered-difference.ts";
import { clusteredRate, type ClusteredOutcome } from "../stats/clustered-rate.ts";
import { cohenKappa } from "../stats/cohen-kappa.ts";
import { noEstimate, type Estimate, type NoEstimate } from "../stats/estimate.ts";
import type { Rng } from "../stats/rng.ts";
import type { Score, SpecificationRow } from "./specification-row.ts";

export type LabelAgreement = {
  readonly descriptors: readonly Descriptor[];
  readonly tallies: readonly Tally[];
  readonly notes: readonly string[];
};

/** Scores of more values than this are graded, not labels. */
const MOST_LABELS = 10;

/**
 * Empty where the scores are graded: more than ten values, no value that both use, or values that hardly repeat. Accuracy, ruler and
 * kappa for any labels; the rates for 0 and 1. Clustered; numbers are over the rows that both labelled, and where some were not,
 * beside each rate stand the lowest and the highest that it can be.
 */
export function labelAgreement(rows: readonly SpecificationRow[], rng: Rng): LabelAgreement {
  const values = labelsOf(rows);
  if (values === undefined) return { descriptors: [], tallies: [], notes: [] };
  const binary = values.every((value) => value === 0 || value === 1);
  const whole = rows.flatMap(({ cluster, response, proxy, gold }) =>
    proxy.kind === "scored" && gold.kind === "scored"
      ? [{ cluster, response, first: proxy.value, second: gold.value }]
      : [],
  );
  const shares = binary ? [ACCURACY, ...BINARY] : [ACCURACY];
  const missing = rows.length - whole.length;
  return {
    descriptors: [
      rateOf(ACCURACY, rows, "left out"),
      ...rulers(whole, rng),
      {
        name: "kappa",
        label: "agreement beyond chance (Cohen's kappa: 1 is full, 0 is chance)",
        estimate: cohenKappa(whole),
      },
      ...(binary
        ? [
            ...BINARY.map((share) => rateOf(share, rows, "left out")),
            {
              name: "proxy rate minus gold rate",
              label: "how far the rate by the proxy is off, paired sample by sample",
              estimate: clusteredDifference(
                whole.map(({ cluster, first, second }) => ({ cluster, value: first - second })),
                { range: [-1, 1] },
              ),
            },
          ]
        : []),
      ...(missing === 0
        ? []
        : shares.flatMap((share) => [rateOf(share, rows, "lowest"), rateOf(share, rows, "highest")])),
    ],
    tallies: [confusion(rows, values)],
    notes:
      missing === 0
        ? []
        : [
            `${missing} of ${rows.length} samples lack the proxy's label or the gold's, and may be the hard ones: beside each rate stand the lowest and the highest that it can be.`,
          ],
  };
}

/** In ascending order; undefined where the scores are no labels. */
function labelsOf(rows: readonly SpecificationRow[]): readonly number[] | undefined {
  const scores = (of: "proxy" | "gold") =>
    rows.flatMap((row) => (row[of].kind === "scored" ? [row[of].value] : []));
  const [proxies, golds] = [scores("proxy"), scores("gold")];
  const used = new Set(proxies);
  const values = new Set([...proxies, ...golds]);
  const few = values.size <= MOST_LABELS && 2 * values.size <= Math.min(proxies.length, golds.length);
  return few && golds.some((gold) => used.has(gold)) ? [...values].sort((a, b) => a - b) : undefined;
}

/** A share of the rows that the gold labels `among`, or of all; `holds` is undefined where a label that decides it is missing. */
type Share = {
  readonly name: string;
  readonly label: string;
  readonly holds: (proxy: number | undefined, gold: number | undefined) => boolean | undefined;
  readonly among: number | "all";
};

const isOne = (label: number | undefined) => (label === undefined ? undefined : label === 1);

const ACCURACY: Share = {
  name: "accuracy",
  label: "samples that the proxy labels as the gold does",
  holds: (proxy, gold) => (proxy === undefined || gold === undefined ? undefined : proxy === gold),
  among: "all",
};

const BINARY: readonly Share[] = [
  { name: "proxy rate", label: "samples that the proxy labels 1", holds: isOne, among: "all" },
  {
    name: "gold rate",
    label: "samples that the gold labels 1",
    holds: (_, gold) => isOne(gold),
    among: "all",
  },
  {
    name: "ones found",
    label: "of those that the gold labels 1, the proxy does too",
    holds: isOne,
    among: 1,
  },
  {
    name: "zeros kept",
    label: "of those that the gold labels 0, the proxy does too",
    holds: (proxy) => (proxy === undefined ? undefined : proxy === 0),
    among: 0,
  },
];

/** How rows that lack a label take part: not at all, or so that the share becomes the lowest or the highest that it can be. */
type Missing = "left out" | "lowest" | "highest";

function rateOf({ name, label, holds, among }: Share, rows: readonly SpecificationRow[], missing: Missing) {
  const outcomes = rows.flatMap((row): ClusteredOutcome[] => {
    const [proxy, gold] = [valueOf(row.proxy), valueOf(row.gold)];
    // The numbers beside each other are of the same rows.
    if (missing === "left out" && (proxy === undefined || gold === undefined)) return [];
    const held = holds(proxy, gold) ?? missing === "highest";
    if (among !== "all") {
      // Without a gold label a row is among them where that moves the share.
      const there = gold === undefined ? held === (missing === "highest") : gold === among;
      if (!there) return [];
    }
    return [{ cluster: row.cluster, value: held ? 1 : 0 }];
  });
  const estimate: Estimate =
    outcomes.length === 0
      ? noEstimate(
          among === "all" ? "no sample has both labels" : `no sample has both labels and a gold of ${among}`,
          0,
        )
      : clusteredRate(outcomes);
  return missing === "left out"
    ? { name, label, estimate }
    : {
        name: `${name}, ${missing}`,
        label: `${label}: the ${missing} it can be, whatever the missing labels are`,
        estimate,
      };
}

function valueOf(score: Score): number | undefined {
  return score.kind === "scored" ? score.value : undefined;
}

type Labelled = {
  readonly cluster: string;
  readonly response: string | undefined;
  readonly first: number;
  readonly second: number;
};

/** Over the rows that hold a response; where some don't, the accuracy beside it is that of these alone. */
function rulers(whole: readonly Labelled[], rng: Rng): readonly Descriptor[] {
  const read = whole.flatMap(({ cluster, response, first, second }) =>
    response === undefined ? [] : [{ cluster, length: response.length, first, gold: second }],
  );
  if (read.length === 0) return [];
  const ruled = lengthRuler(read, rng.split("length ruler"));
  const only = read.length < whole.length ? `, over the ${read.length} samples with a response` : "";
  return [
    {
      name: "length ruler, labels",
      label: `the same by the best cut on the response's length, found on other prompts${only}`,
      estimate:
        ruled.kind === "none"
          ? ruled
          : clusteredRate(
              read.map(({ cluster, gold }, i) => ({ cluster, value: ruled.labels[i] === gold ? 1 : 0 })),
            ),
    },
    {
      name: "accuracy beyond the length ruler",
      label: `what the proxy has over that cut, paired sample by sample${only}`,
      estimate:
        ruled.kind === "none"
          ? ruled
          : clusteredDifference(
              read.map(({ cluster, first, gold }, i) => ({
                cluster,
                value: Number(first === gold) - Number(ruled.labels[i] === gold),
              })),
              { range: [-1, 1] },
            ),
    },
  ];
}

function confusion(rows: readonly SpecificationRow[], values: readonly number[]): Tally {
  const places = [...values, undefined];
  const named = (label: number | undefined) => (label === undefined ? "none" : String(label));
  const cells = Map.groupBy(
    rows,
    ({ proxy, gold }) => `proxy ${named(valueOf(proxy))}, gold ${named(valueOf(gold))}`,
  );
  return {
    label: "Samples by label",
    counts: Object.fromEntries(
      places
        .flatMap((proxy) => places.map((gold) => `proxy ${named(proxy)}, gold ${named(gold)}`))
        .flatMap((name) => (cells.has(name) ? [[name, cells.get(name)!.length]] : [])),
    ),
  };
}

type Measured = { readonly cluster: string; readonly length: number; readonly gold: number };

/** One label a sample, in their order. */
type Ruled = { readonly kind: "ruled"; readonly labels: readonly number[] };

const FOLDS = 5;

/**
 * One cut on length, with one label for what is at most as long and one for what is longer, both chosen for accuracy on the samples
 * of other clusters (five folds, seeded), so that the search costs nothing. One label on both sides is among the choices: the ruler
 * is no worse than the commonest label, but for chance.
 */
function lengthRuler(samples: readonly Measured[], rng: Rng): Ruled | NoEstimate {
  const clusters = rng.shuffled([...new Set(samples.map(({ cluster }) => cluster))]);
  if (clusters.length < 2)
    return noEstimate("the cut must be found on other prompts, and there is only one", clusters.length);
  const foldOf = new Map(clusters.map((cluster, i) => [cluster, i % FOLDS]));
  const rules = Array.from({ length: Math.min(FOLDS, clusters.length) }, (_, fold) =>
    bestCut(samples.filter(({ cluster }) => foldOf.get(cluster) !== fold)),
  );
  return {
    kind: "ruled",
    labels: samples.map(({ cluster, length }) => {
      const { cut, below, above } = rules[foldOf.get(cluster)!]!;
      return length <= cut ? below : above;
    }),
  };
}

type Cut = { readonly cut: number; readonly below: number; readonly above: number };

/** Of equally good cuts the shortest. `samples` must not be empty. */
function bestCut(samples: readonly Measured[]): Cut {
  const sorted = samples.toSorted((a, b) => a.length - b.length);
  const longer = new Map<number, number>();
  for (const { gold } of sorted) longer.set(gold, (longer.get(gold) ?? 0) + 1);
  const shorter = new Map<number, number>();
  const all = commonest(longer);
  let [right, best]: [number, Cut] = [all.count, { cut: 0, below: all.label, above: all.label }];
  for (const [i, { gold, length }] of sorted.entries()) {
    shorter.set(gold, (shorter.get(gold) ?? 0) + 1);
    longer.set(gold, longer.get(gold)! - 1);
    const next = sorted[i + 1];
    if (next === undefined || next.length === length) continue;
    const [below, above] = [commonest(shorter), commonest(longer)];
    if (below.count + above.count <= right) continue;
    right = below.count + above.count;
    best = { cut: (length + next.length) / 2, below: below.label, above: above.label };
  }
  return best;
}

/** Of equally common labels the smallest, so that the order of the samples does not matter. */
function commonest(counts: ReadonlyMap<number, number>) {
  return [...counts]
    .map(([label, count]) => ({ label, count }))
    .reduce((a, b) => (b.count > a.count || (b.count === a.count && b.label < a.label) ? b : a));
}
