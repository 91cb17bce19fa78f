// A pairwise judge audited: it compares each pair in both orders, and what it falls for is measured.

import type { GradeOptions } from "../proxy/grader.ts";
import type { ComparedPair } from "./compared-pair.ts";
import type { JudgedPair } from "./judged-pair.ts";
import type { PairJudge } from "./pair-judge.ts";
import { pairMeasures, type PairMeasures } from "./pair-measures.ts";
import type { Preference } from "./read-preference.ts";
import { shownOrders } from "./shown-orders.ts";

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
 * Two questions a pair, the second with the texts turned round. `onProgress` counts questions, not pairs.
 * @throws what the judge throws.
 */
export async function comparePairs(
  judge: PairJudge,
  pairs: readonly JudgedPair[],
  options: GradeOptions = {},
): Promise<PairwiseAudit> {
  const preferences = await judge.prefer(shownOrders(pairs), options);
  const compared = pairs.flatMap((pair, i): ComparedPair[] => {
    const [one, other] = preferences.slice(2 * i, 2 * i + 2);
    return one?.kind === "prefers" && other?.kind === "prefers"
      ? [{ pair, preferredFirst: [one.shown === "first", other.shown === "first"] }]
      : [];
  });
  return {
    ...pairMeasures(compared, judge.own),
    pairs: pairs.length,
    read: compared.length,
    unread: reasonsOf(preferences),
    path: judge.path,
  };
}

function reasonsOf(preferences: readonly Preference[]): PairwiseAudit["unread"] {
  const reasons = preferences.flatMap((one) => (one.kind === "unread" ? [one.because] : []));
  return Object.fromEntries(
    [...Map.groupBy(reasons, (because) => because)].map(([because, all]) => [because, all.length]),
  );
}
