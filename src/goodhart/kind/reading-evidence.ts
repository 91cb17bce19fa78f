// What the proxy reads in the texts beside the gold: attributes that a called grader rewards, and attributes that its error goes with.

import { noEstimate, type Difference, type Estimate } from "../../stats/estimate.ts";
import type { Rng } from "../../stats/rng.ts";
import type { AttributeReward } from "../../core/suite.ts";
import { association } from "../association.ts";
import { attributes } from "../attributes/index.ts";
import type { SpecificationRow } from "../specification-row.ts";
import type { KindEvidence } from "./kind.ts";
import { MATERIAL } from "./material.ts";
import type { StandardPool } from "./standardised.ts";

/** Texts of a prompt that are read: more of them add little once prompts are the independent unit. */
const READ = 16;

export type Reading = Pick<KindEvidence, "rewards" | "errors" | "texts">;

/**
 * An attribute counts as rewarded where it was found among its fellows and its whole interval lies farther from 0 than every null's mean does.
 * That the edits change nothing of substance is what `counterfactuals` promises and nothing measures here: where the gold itself asks for an
 * attribute (kept doubts, say), its reward is no fault, and who reads the result must say so.
 */
export function readingEvidence(
  pools: readonly StandardPool[],
  rows: readonly SpecificationRow[],
  { rewards, rng }: { readonly rewards: readonly AttributeReward[]; readonly rng: Rng },
): Reading {
  const read = readFrom(pools, rows, rng.split("read"));
  const floor = rewards
    .filter(({ kind }) => kind === "null")
    .reduce((most, { difference }) => Math.max(most, sizeOf(difference)), 0);
  const edited = rewards.filter(({ kind, difference }) => kind === "attribute" && difference.kind !== "none");
  const isRewarded = ({ discovered, difference }: AttributeReward) => discovered && beyond(difference, floor);
  const settled = new Set(
    edited.filter((one) => isRewarded(one) || within(one.difference, MATERIAL)).map(({ name }) => name),
  );
  return {
    texts: read.samples.length > 0,
    rewards: edited.map((one) => {
      const { name, says, difference } = one;
      return {
        name: `rewarded: ${name}`,
        says: `the score of a response given more ${name} and nothing else (${says}), less that of its control, in SD of the score`,
        estimate: asDifference(difference),
        attribute: name,
        rewarded: isRewarded(one),
        association: {
          name: `used: ${name}`,
          says: `within prompts, the correlation of ${name} with the score in the samples as they are`,
          estimate: goesWith(name, read, { rng, held: false }),
        },
      };
    }),
    errors:
      read.samples.length === 0
        ? []
        : Object.keys(attributes)
            .filter((name) => !settled.has(name))
            .map((name) => ({
              name: `error and ${name}`,
              says: `within prompts and at equal gold, the correlation of ${name} with the score`,
              estimate: goesWith(name, read, { rng, held: true }),
              attribute: name,
            })),
  };
}

type Read = {
  readonly samples: readonly {
    readonly prompt: string;
    readonly response: string;
    readonly proxy: number;
    readonly gold: number;
  }[];
  /** Where each prompt's samples begin and end. */
  readonly parts: readonly (readonly [number, number])[];
  readonly clusterOf: readonly number[];
  readonly clusters: number;
};

function readFrom(pools: readonly StandardPool[], rows: readonly SpecificationRow[], rng: Rng): Read {
  const numbers = new Map<string, number>();
  const parts: [number, number][] = [];
  const samples: Read["samples"][number][] = [];
  const clusterOf: number[] = [];
  for (const { prompt, cluster, samples: all } of pools) {
    const texts = all.flatMap(({ at, proxy, gold }) => {
      const { response } = rows[at]!;
      return response === undefined ? [] : [{ prompt, response, proxy, gold }];
    });
    if (texts.length < 2) continue;
    const number = numbers.get(cluster) ?? numbers.size;
    numbers.set(cluster, number);
    const some = texts.length <= READ ? texts : rng.split(prompt).shuffled(texts).slice(0, READ);
    parts.push([samples.length, samples.length + some.length]);
    samples.push(...some);
    clusterOf.push(...some.map(() => number));
  }
  return { samples, parts, clusterOf, clusters: numbers.size };
}

function goesWith(
  name: string,
  { samples, parts, clusterOf, clusters }: Read,
  { rng, held }: { readonly rng: Rng; readonly held: boolean },
): Difference {
  const attribute = Object.hasOwn(attributes, name) ? attributes[name as keyof typeof attributes] : undefined;
  if (attribute === undefined) return noEstimate("nothing reads this attribute off a text", samples.length);
  if (samples.length === 0) return noEstimate("the samples hold no texts", 0);
  const centred = (values: readonly number[]) =>
    parts.flatMap(([from, to]) => {
      const own = values.slice(from, to);
      const mean = own.reduce((sum, v) => sum + v, 0) / own.length;
      const largest = own.reduce((most, v) => Math.max(most, Math.abs(v)), 0);
      return own.map((v) => (Math.abs(v - mean) <= 1e-9 * largest ? 0 : v - mean));
    });
  const found = association(
    {
      attribute: centred(samples.map(({ response, prompt }) => attribute.measure(response, prompt))),
      score: centred(samples.map(({ proxy }) => proxy)),
      ...(held ? { held: { values: centred(samples.map(({ gold }) => gold)), name: "the gold" } } : {}),
      clusterOf,
      clusters,
    },
    { rng: rng.split(`${held ? "error" : "used"} ${name}`), level: 0.95 },
  );
  return found.kind === "none" ? found : found.slope;
}

function asDifference(estimate: Estimate): Difference {
  return estimate.kind === "rate" ? { ...estimate, kind: "difference" } : estimate;
}

function sizeOf(estimate: Estimate): number {
  return estimate.kind === "none" ? 0 : Math.abs(estimate.point);
}

function within(estimate: Estimate, size: number): boolean {
  return estimate.kind !== "none" && estimate.interval.low >= -size && estimate.interval.high <= size;
}

function beyond(estimate: Estimate, floor: number): boolean {
  return estimate.kind !== "none" && (estimate.interval.low > floor || estimate.interval.high < -floor);
}
