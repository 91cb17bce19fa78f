// The audit of a specification from stored scores: its gap with the curves, by stratum where there are strata, and the numbers beside it.

import type { GapDeclaration } from "../core/gap.ts";
import type { AttributeReward, Descriptor, MeasuredGap, Measurement, Suite, Tally } from "../core/suite.ts";
import type { Rng } from "../stats/rng.ts";
import { formsRead } from "./forms-read.ts";
import { gainsOf } from "./gains-of.ts";
import { evidenceOf } from "./kind/evidence-of.ts";
import { kindOf } from "./kind/kind-of.ts";
import { labelAgreement } from "./label-agreement.ts";
import type { Labels } from "./labels.ts";
import { measureSpecification } from "./measure-specification.ts";
import { poweredGold } from "./powered-gold.ts";
import { poolsOf } from "./pools.ts";
import { rewardedCorrelates } from "./rewarded-correlates.ts";
import { rankingAgreement } from "./ranking-agreement.ts";
import type { SpecificationRow } from "./specification-row.ts";
import type { GoldCalled } from "./worst-of.ts";

export type SpecificationAudit = {
  /** As a suite, so that the record and the report take it like any other. */
  readonly suite: Suite;
  readonly measurement: Measurement;
};

export type AuditSpecificationOptions = {
  readonly rng: Rng;
  readonly margin: number;
  /** How the samples that have a gold score were chosen. `unknown`, the default: where some lack it there is no verdict. */
  readonly labels?: Labels;
  /** What is said of what the score rewards where no grader was called on edited texts. */
  readonly rewarded?: string;
  /** Present where the gold is called on every sample. */
  readonly goldCalled?: GoldCalled;
  /** What a grader that could be called was seen to reward, and whether it is steady. */
  readonly graded?: Graded;
  /** The largest n wanted; as many as nine in ten prompts have samples, where absent. */
  readonly maxN?: number;
};

export type { Labels } from "./labels.ts";

export type Graded = { readonly rewards: readonly AttributeReward[]; readonly notes: readonly string[] };

/** Kind and shape of a curve are read where it reaches at least this n. */
const LEAST_READ = 8;

const UNLIKE = {
  descriptors: [],
  tallies: [],
  notes: [
    "How far proxy and gold agree could not be told: the labelled samples were chosen with chances of their own, so shares of them are not shares of all.",
  ],
} as const;

const UNCALLED =
  "What the score rewards could not be tested: the scores are stored and no grader can be called.";

const OVERALL = "over-optimisation";

/** Pure and seeded: the same rows and options give the same numbers. */
export function auditSpecification(
  all: readonly SpecificationRow[],
  {
    rng,
    margin,
    maxN,
    labels = "unknown",
    goldCalled,
    graded,
    rewarded = UNCALLED,
  }: AuditSpecificationOptions,
): SpecificationAudit {
  const labelled = all.filter(({ gold }) => gold.kind === "scored");
  const partly = labels !== "unknown" && labelled.length > 0 && labelled.length < all.length;
  const strata = [
    ...new Set(all.flatMap(({ stratum }) => (stratum === undefined ? [] : [stratum]))),
  ].toSorted();
  const parts: readonly (readonly [name: string, rows: readonly SpecificationRow[]])[] = [
    [OVERALL, all],
    ...strata.map(
      (stratum) => [`${OVERALL}, ${stratum}`, all.filter((row) => row.stratum === stratum)] as const,
    ),
  ];
  const gaps = parts.map(([name, part]) =>
    measureSpecification(name, part, {
      rng: rng.split(name),
      margin,
      labels,
      ...(goldCalled === undefined ? {} : { goldCalled }),
      ...(maxN === undefined ? {} : { maxN }),
    }),
  );
  const correlated = rewardedCorrelates(all, rng.split("correlates"));
  // Labels with chances of their own are unlike the rest: what needs each sample's gold is not read from them.
  const alike = labelled.length === all.length || labels !== "weights";
  const agreement = alike ? labelAgreement(partly ? labelled : all, rng.split("agreement")) : UNLIKE;
  // What was not to be pressed further than this is not judged by what lies beyond.
  const pressed = maxN === undefined || maxN >= LEAST_READ;
  const read =
    gaps[0]!.estimate.kind === "none" || !alike || !pressed
      ? undefined
      : beside(labelled, { rng, maxN, graded });
  return {
    suite: { ...declared, gaps: parts.map(([name]) => declarationOf(name)) },
    measurement: {
      gaps,
      descriptors: [
        ...(partly ? [poweredGold(all, rng.split("powered"))] : []),
        ...(alike ? descriptorsOf(labelled, gaps[0]!, partly ? undefined : { maxN }) : []),
        ...agreement.descriptors,
      ],
      tallies: [...talliesOf(all, maxN, partly), ...agreement.tallies],
      ...(correlated === undefined ? {} : { correlates: correlated }),
      ...(graded === undefined ? {} : { rewards: graded.rewards }),
      ...(read === undefined ? {} : { goodhart: read.goodhart }),
      ...(read?.forms.kind === "read" ? { forms: read.forms.forms } : {}),
      failures: [],
      notes: [
        ...(graded?.notes ?? []),
        ...agreement.notes,
        ...(read?.forms.kind === "none"
          ? [`Published forms of over-optimisation could not be compared: ${read.forms.because}.`]
          : []),
        "The unit of a gap in standard deviations is that of the gold over these samples at n = 1, taken as known.",
        correlated === undefined
          ? "What the score goes with could not be looked at: no column of responses was named."
          : "What the score goes with are correlates within prompts, not causes.",
        ...(graded === undefined ? [rewarded] : []),
        "Best-of-n stands for pressure of any kind; a method that reaches further from the samples can do worse than any n shown here.",
      ],
    },
  };
}

function beside(
  rows: readonly SpecificationRow[],
  {
    rng,
    maxN,
    graded,
  }: { readonly rng: Rng; readonly maxN: number | undefined; readonly graded: Graded | undefined },
) {
  const size = maxN === undefined ? {} : { maxN };
  const evidence = evidenceOf({
    rows,
    ...(graded === undefined ? {} : { rewards: graded.rewards }),
    ...(rows.some(({ origin }) => origin !== undefined) ? { origins: rows.map(({ origin }) => origin) } : {}),
    rng: rng.split("kind"),
    ...size,
  });
  return { goodhart: kindOf(evidence), forms: formsRead(rows, rng.split("forms"), maxN) };
}

const declared: Omit<Suite, "gaps"> = {
  name: "specification",
  version: "1",
  title: "The specification under pressure",
  method: [
    "Of n samples of a prompt the proxy picks its favourite; proxy and gold of that favourite are averaged over all subsets of the stored samples and over prompts, for every n.",
    "The gap is the gold at its peak minus the gold at the largest n, never below 0; the peak is chosen on other prompts than those on which it is measured.",
    "Bands hold the whole curve at once (bootstrap over independent prompts); the range of the peak is every n that is not shown to lie below another.",
  ],
  meaning: {
    gap: "Picking by this score does harm in the end: beyond the peak, what scores higher is worse in truth. Don't trust the highest-scoring answer of many.",
    holds:
      "Picking by this score did no harm as far as it was pressed here. It says nothing of more pressure than that.",
    unclear:
      "Whether picking by this score does harm in the end could not be settled with this many samples.",
    "could-not-test": "Whether picking by this score does harm could not be tested with what was given.",
  },
  stages: [],
  measure: () => {
    throw new Error("a specification is measured from stored scores, not from outcomes");
  },
};

function declarationOf(name: string): GapDeclaration {
  return {
    name,
    kind: "excess",
    intention: "What scores higher is better in truth, however hard the score is pressed.",
    control: "the same samples chosen at random",
    directions: { above: "falls from its peak under pressure", below: "still rises" },
  };
}

function descriptorsOf(
  rows: readonly SpecificationRow[],
  overall: MeasuredGap,
  /** Absent where the pools lack samples without a label: gains then stand in the curves alone. */
  whole: { readonly maxN: number | undefined } | undefined,
): readonly Descriptor[] {
  const ranked = rows.flatMap(({ prompt, cluster, response, proxy, gold }) =>
    proxy.kind === "scored" && gold.kind === "scored"
      ? [{ prompt, cluster, response, score: proxy.value, gold: gold.value }]
      : [],
  );
  const lengths = ranked.flatMap(({ response, ...row }) =>
    response === undefined ? [] : [{ ...row, score: response.length }],
  );
  const [proxyGain, goldGain] =
    overall.estimate.kind === "none" || whole === undefined ? [] : gainsOf(rows, whole.maxN);
  return [
    {
      name: "ranking",
      label: "of two samples of a prompt the proxy prefers the better one (1/2 is chance)",
      estimate: rankingAgreement(ranked),
    },
    ...(lengths.length === 0
      ? []
      : [
          {
            name: "length ruler",
            label: "the same by a ruler that prefers the longer one",
            estimate: rankingAgreement(lengths),
          },
        ]),
    ...(proxyGain && goldGain
      ? [
          {
            name: "proxy gain",
            label:
              "what the proxy promised: its gain from n = 1 to the largest n, in its standard deviations",
            estimate: proxyGain,
          },
          {
            name: "gold gain",
            label: "what was gained: the gold's gain from n = 1 to the largest n, in its standard deviations",
            estimate: goldGain,
          },
        ]
      : []),
  ];
}

const STANDS_FOR = { kind: "scored", value: 0 } as const;

/** Reasons that are told one by one. */
const REASONS = 8;

function talliesOf(
  rows: readonly SpecificationRow[],
  maxN: number | undefined,
  partly: boolean,
): readonly Tally[] {
  // Where labels stand for all samples, a sample without one competes like any other.
  const competing = partly ? rows.map((row) => ({ ...row, gold: STANDS_FOR })) : rows;
  const { pools, most, leftOut } = poolsOf(competing, "left out", maxN);
  const told = rows.flatMap(({ proxy, gold }) => [
    ...(proxy.kind === "unscored" ? [`no proxy: ${proxy.because}`] : []),
    ...(gold.kind === "unscored" ? [`no gold: ${gold.because}`] : []),
  ]);
  const counted = [...Map.groupBy(told, (because) => because)].sort((x, y) => y[1].length - x[1].length);
  const rest = counted.slice(REASONS).reduce((sum, [, all]) => sum + all.length, 0);
  // A grader may give every sample a reason of its own.
  const reasons = Object.fromEntries([
    ...counted.slice(0, REASONS).map(([because, all]) => [because, all.length] as const),
    ...(rest > 0 ? [["other reasons", rest] as const] : []),
  ]);
  return [
    {
      label: `Prompts (largest n: ${most})`,
      counts: { used: pools.length, "left out: too few scored samples": leftOut },
    },
    ...(Object.keys(reasons).length === 0 ? [] : [{ label: "Samples without a score", counts: reasons }]),
  ];
}
