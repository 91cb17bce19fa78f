// A language model as a pairwise judge: it compares each pair in both orders, and what it falls for is measured.

import type { Model } from "../../model/model.ts";
import { rngFrom } from "../../stats/rng.ts";
import type { GradeOptions } from "../proxy/grader.ts";
import { askAll } from "./ask-all.ts";
import type { ComparedPair } from "./compared-pair.ts";
import type { JudgedPair } from "./judged-pair.ts";
import { pairMeasures, type PairMeasures } from "./pair-measures.ts";
import { preferenceAsk } from "./preference-ask.ts";
import { readPreference, type Preference } from "./read-preference.ts";
import type { Rubric } from "./rubric.ts";

export type ComparePairsOptions = GradeOptions & {
  /** Of the code word that fences the texts; nothing else is drawn. */
  readonly seed: number;
  /** The origins that are the judge itself; its id alone unless given. */
  readonly own?: readonly string[];
};

export type PairwiseAudit = PairMeasures & {
  /** Pairs that were asked. */
  readonly pairs: number;
  /** Of those, read in both orders: the measures are over these. */
  readonly read: number;
  /** Answers that were not read, by reason; a pair has two. */
  readonly unread: Readonly<Record<string, number>>;
  readonly path: "logprob" | "sampling";
};

/**
 * Two asks a pair, the second with the texts turned round. A scale plays no part. `onProgress` counts asks, not pairs.
 * @throws what the model throws; the signal's reason once it is aborted.
 */
export async function comparePairs(
  model: Model,
  rubric: Pick<Rubric, "text">,
  pairs: readonly JudgedPair[],
  { seed, own = [model.description.id], ...options }: ComparePairsOptions,
): Promise<PairwiseAudit> {
  const path = model.choose.kind === "present" ? "logprob" : "sampling";
  const asking = { rubric: rubric.text, path, rng: rngFrom(seed).split("pairwise judge") } as const;
  const asks = pairs.flatMap(({ prompt, texts: [a, b] }) => [
    preferenceAsk(prompt, [a.response, b.response], asking),
    preferenceAsk(prompt, [b.response, a.response], asking),
  ]);
  const preferences = (await askAll(model, asks, options)).map(readPreference);
  const compared = pairs.flatMap((pair, i): ComparedPair[] => {
    const [one, other] = preferences.slice(2 * i, 2 * i + 2);
    return one?.kind === "prefers" && other?.kind === "prefers"
      ? [{ pair, preferredFirst: [one.shown === "first", other.shown === "first"] }]
      : [];
  });
  return {
    ...pairMeasures(compared, own),
    pairs: pairs.length,
    read: compared.length,
    unread: reasonsOf(preferences),
    path,
  };
}

function reasonsOf(preferences: readonly Preference[]): PairwiseAudit["unread"] {
  const reasons = preferences.flatMap((one) => (one.kind === "unread" ? [one.because] : []));
  return Object.fromEntries(
    [...Map.groupBy(reasons, (because) => because)].map(([because, all]) => [because, all.length]),
  );
}
