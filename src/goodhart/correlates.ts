// What goes with a score within prompts: each attribute's correlate, as it is and with length held fixed, beside a null.
//
// Correlates, never causes: a grader that rewards candour also rewards what candid answers happen to look like.

import { benjaminiHochberg, type Rng } from "../stats/index.ts";
import { defaultLevel } from "../stats/critical-value.ts";
import { association, type Association } from "./association.ts";
import type { Attribute } from "./attributes/attribute.ts";
import { attributes as allAttributes } from "./attributes/index.ts";
import { length } from "./attributes/length.ts";
import { centred, withinPrompt, type ScoredResponse, type WithinPrompt } from "./within-prompt.ts";

/** An association that has been judged among its fellows: Benjamini and Hochberg over the attributes of one column. */
export type Judged =
  | (Extract<Association, { kind: "association" }> & {
      readonly adjusted: number;
      readonly discovered: boolean;
    })
  | Extract<Association, { kind: "none" }>;

export type Correlate = {
  readonly name: string;
  readonly says: string;
  readonly plain: Judged;
  /** The same after both were regressed on length within prompts. */
  readonly lengthFixed: Judged;
};

export type Correlates = {
  readonly correlates: readonly Correlate[];
  /** The same table with the scores shuffled within prompts: what this much data shows where there is nothing. */
  readonly shuffled: readonly Correlate[];
  readonly prompts: number;
  readonly clusters: number;
  readonly responses: number;
  readonly leftOut: WithinPrompt["leftOut"];
  /** The share of false discoveries that is accepted, in each column of each table. */
  readonly q: number;
};

export type CorrelatesOptions = {
  readonly rng: Rng;
  readonly level?: number;
  /** 0.05 unless given. */
  readonly q?: number;
  /** All of `attributes/` unless given. */
  readonly attributes?: readonly Attribute[];
};

/**
 * The shuffle takes the responses to one prompt as exchangeable; where copies of a response stand among them, its
 * noise floor lies a little low. Only differences among responses to the same prompt count, prompts weighing by how
 * much their responses vary.
 */
export function correlates(rows: readonly ScoredResponse[], options: CorrelatesOptions): Correlates {
  const { rng, level = defaultLevel, q = 0.05, attributes = Object.values(allAttributes) } = options;
  const within = withinPrompt(rows);
  const measured = attributes.map((attribute) => ({ attribute, values: series(attribute, within) }));
  const lengths = series(length, within);
  const scores = within.rows.map(({ score }) => score);
  const table = (score: readonly number[], name: string) => {
    const column = (held: boolean) =>
      judged(
        measured.map(({ attribute, values }) => {
          if (held && attribute.name === length.name)
            return { kind: "none" as const, because: "it is what is held fixed", n: within.clusters };
          return association(
            {
              attribute: values,
              score,
              ...(held ? { held: { values: lengths, name: length.name } } : {}),
              clusterOf: within.clusterOf,
              clusters: within.clusters,
            },
            { rng: rng.split(`${name}/${held ? "length-fixed" : "plain"}/${attribute.name}`), level },
          );
        }),
        q,
      );
    const [plain, lengthFixed] = [column(false), column(true)];
    return attributes.map(({ name: of, says }, i) => ({
      name: of,
      says,
      plain: plain[i] as Judged,
      lengthFixed: lengthFixed[i] as Judged,
    }));
  };
  const draw = rng.split("shuffle");
  const mixed = within.prompts.flatMap(([from, to]) => draw.shuffled(scores.slice(from, to)));
  return {
    correlates: table(centred(scores, within), "scores"),
    shuffled: table(centred(mixed, within), "shuffled"),
    prompts: within.prompts.length,
    clusters: within.clusters,
    responses: within.rows.length,
    leftOut: within.leftOut,
    q,
  };
}

function series({ measure }: Attribute, within: WithinPrompt): number[] {
  return centred(
    within.rows.map(({ response, prompt }) => measure(response, prompt)),
    within,
  );
}

/** Those that have no estimate are not tests, and do not count among them. */
function judged(associations: readonly Association[], q: number): readonly Judged[] {
  const tested = associations.filter((one) => one.kind === "association");
  const discoveries = benjaminiHochberg(
    tested.map(({ p }) => p),
    q,
  );
  const found = new Map(tested.map((one, i) => [one, discoveries[i]]));
  return associations.map((one) => {
    if (one.kind === "none") return one;
    const { adjusted, discovered } = found.get(one) as { adjusted: number; discovered: boolean };
    return { ...one, adjusted, discovered };
  });
}
