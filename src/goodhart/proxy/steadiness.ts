// Whether a grader gives the same sample the same score again: what changes by itself can't be asked to agree with anything.

import { clusteredDifference } from "../../stats/clustered-difference.ts";
import { clusteredRate } from "../../stats/clustered-rate.ts";
import { noEstimate, type Difference, type Rate } from "../../stats/estimate.ts";
import type { Rng } from "../../stats/rng.ts";
import type { Score } from "../specification-row.ts";
import type { GradeOptions, Grader, GraderSample } from "./grader.ts";

export type Steadiness = {
  /** Samples that were scored twice and had a score at least once. */
  readonly samples: number;
  readonly changed: number;
  /** Of `changed`: scored one time and unscored the other. */
  readonly cameOrWent: number;
  /** The share that changed, clustered by prompt. */
  readonly share: Rate;
  /** Mean distance between the two scores in standard deviations of the first ones, over samples scored both times. */
  readonly by: Difference;
  /** The largest distance, in the grader's own unit. */
  readonly largest:
    | { readonly kind: "distance"; readonly value: number }
    | { readonly kind: "none"; readonly because: string };
  /** One sentence to be said beside the grader's numbers. */
  readonly says: string;
};

export type SteadinessOptions = Pick<GradeOptions, "signal"> & {
  /** How many samples are scored twice, at most; 20 unless given. */
  readonly handful?: number;
};

/**
 * A seeded handful is scored twice, the second time in another order: a score that hangs on what was scored before it is not
 * steady either. Exact: any difference counts.
 * @throws what the grader throws.
 */
export async function steadiness(
  grader: Grader,
  samples: readonly GraderSample[],
  rng: Rng,
  { handful = 20, ...options }: SteadinessOptions = {},
): Promise<Steadiness> {
  const chosen = rng.split("handful").shuffled(samples).slice(0, handful);
  const order = rng.split("again").shuffled([...chosen.keys()]);
  const first = await grader.score(chosen, options);
  const shuffled = await grader.score(
    order.map((i) => chosen[i]!),
    options,
  );
  const again = new Map(order.map((i, at) => [i, shuffled[at]!]));
  const pairs = chosen.flatMap(({ prompt }, i): Pair[] => {
    const [a, b] = [valueOf(first[i]!), valueOf(again.get(i)!)];
    return a === undefined && b === undefined ? [] : [{ cluster: prompt, a, b }];
  });
  const changed = pairs.filter(({ a, b }) => a !== b).length;
  const both = pairs.flatMap(({ cluster, a, b }) =>
    a === undefined || b === undefined ? [] : [{ cluster, a, distance: Math.abs(a - b) }],
  );
  const largest = both.reduce((most, { distance }) => Math.max(most, distance), 0);
  return {
    samples: pairs.length,
    changed,
    cameOrWent: pairs.length - both.length,
    share:
      pairs.length === 0
        ? noEstimate("no sample was scored", 0)
        : clusteredRate(pairs.map(({ cluster, a, b }) => ({ cluster, value: a === b ? 0 : 1 }))),
    by: distanceOf(both),
    largest:
      both.length === 0
        ? { kind: "none", because: "no sample was scored both times" }
        : { kind: "distance", value: largest },
    says: saidOf(pairs.length, changed, pairs.length - both.length, largest),
  };
}

/** Two scores of one sample; undefined is unscored. */
type Pair = { readonly cluster: string; readonly a: number | undefined; readonly b: number | undefined };
type Distance = { readonly cluster: string; readonly a: number; readonly distance: number };

function valueOf(score: Score): number | undefined {
  return score.kind === "scored" ? score.value : undefined;
}

function distanceOf(both: readonly Distance[]): Difference {
  if (both.length < 2) return noEstimate("fewer than two samples were scored both times", both.length);
  // Divided before they are added: scores near the largest double must not overflow.
  const mean = both.reduce((sum, { a }) => sum + a / both.length, 0);
  const sd = Math.hypot(...both.map(({ a }) => a - mean)) / Math.sqrt(both.length);
  const scaled = both.map(({ cluster, distance }) => ({ cluster, value: distance / sd }));
  // Equal scores have a tiny sd by rounding alone.
  if (both.every(({ a }) => a === both[0]!.a) || scaled.some(({ value }) => !Number.isFinite(value)))
    return noEstimate("the first scores have no standard deviation to measure it in", both.length);
  const most = scaled.reduce((max, { value }) => Math.max(max, value), 0);
  // The bound of a distance is not known: the largest one seen, and no less than one standard deviation.
  return clusteredDifference(scaled, { range: [0, Math.max(1, most)] });
}

function saidOf(samples: number, changed: number, cameOrWent: number, largest: number): string {
  if (samples === 0) return "whether the grader changes its mind is not known: it scored none of the samples";
  if (changed === 0) return `the grader gave each of ${samples} samples the same score twice`;
  const far = largest > 0 ? `, by up to ${Number(largest.toPrecision(2))}` : "";
  const lost = cameOrWent > 0 ? `; ${cameOrWent} of them had a score one time only` : "";
  return `the grader changes its mind: ${changed} of ${samples} samples got another score the second time${far}${lost}`;
}
