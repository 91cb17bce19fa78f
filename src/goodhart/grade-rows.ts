// Calls graders on samples: their proxy and gold scores, what the proxy rewards by counterfactual pairs, and whether it changes its mind.

import type { Rng } from "../stats/rng.ts";
import type { Graded } from "./audit-specification.ts";
import { counterfactuals, type Counterfactual } from "./counterfactuals.ts";
import type { GradeOptions, Grader, GraderSample } from "./proxy/grader.ts";
import { steadiness } from "./proxy/steadiness.ts";
import { rewardedBy } from "./rewarded-by.ts";
import type { Score, SpecificationRow } from "./specification-row.ts";

/** `graded`: only where the proxy is called. */
export type GradedRows = {
  readonly rows: readonly SpecificationRow[];
  readonly graded?: Graded;
  /** What the proxy's `besides` came to: tested among the rest, but of no attribute, and so no evidence of what goes wrong. */
  readonly besides?: Graded["rewards"];
};

/** What is called; a score that is stored needs none. */
export type Called = {
  readonly proxy?: {
    readonly grader: Grader;
    /** The same grader for samples that are scored twice on purpose, where the first one may remember what it said. */
    readonly again?: Grader;
    /** Edits of its texts beyond `counterfactuals`, such as endings that speak to a judge. */
    readonly besides?: readonly Counterfactual[];
  };
  readonly gold?: Grader;
};

/** Prompts from which one response each is edited: every edit is asked of all of them. */
const EDITED = 80;

/**
 * A row without a response is asked of nobody: what is called leaves it unscored. Beyond its samples the proxy is asked for two
 * texts for each edit of each of 80 prompts, and for a handful of samples twice. Which texts these are hangs on rows and rng alone, never on a score.
 * @throws what the graders throw.
 */
export async function gradeRows(
  rows: readonly SpecificationRow[],
  { proxy, gold }: Called,
  rng: Rng,
  options: Pick<GradeOptions, "signal"> = {},
): Promise<GradedRows> {
  const texts = rows.flatMap(({ prompt, response }): GraderSample[] =>
    response === undefined ? [] : [{ prompt, response }],
  );
  const proxies = proxy === undefined ? undefined : await proxy.grader.score(texts, options);
  const golds = gold === undefined ? undefined : await gold.score(texts, options);
  const scored = withScores(rows, { proxy: proxies, gold: golds });
  if (proxy === undefined) return { rows: scored };
  const { grader, again = grader, besides = [] } = proxy;
  const one = [...Map.groupBy(texts, ({ prompt }) => prompt).values()].map((pool) =>
    rng.split("edited").split(pool[0]!.prompt).pick(pool),
  );
  const chosen = rng.split("prompts").shuffled(one).slice(0, EDITED);
  const { rewards } = await rewardedBy(grader, chosen, {
    rng: rng.split("rewards"),
    ...options,
    edits: [...counterfactuals, ...besides],
  });
  const steady = await steadiness(again, texts, rng.split("steadiness"), options);
  const told = rewards.map(({ name, says, kind, difference, test }) => ({
    name,
    says,
    kind,
    difference,
    discovered: test.kind === "tested" && test.discovered,
  }));
  return {
    rows: scored,
    graded: { rewards: told.slice(0, counterfactuals.length), notes: [steady.says] },
    ...(besides.length === 0 ? {} : { besides: told.slice(counterfactuals.length) }),
  };
}

const NO_TEXT: Score = { kind: "unscored", because: "the row holds no response" };

/** Scores come one for each row that has a response. */
function withScores(
  rows: readonly SpecificationRow[],
  given: { readonly proxy: readonly Score[] | undefined; readonly gold: readonly Score[] | undefined },
): readonly SpecificationRow[] {
  let at = 0;
  return rows.map((row) => {
    const i = row.response === undefined ? undefined : at++;
    const of = (scores: readonly Score[] | undefined, before: Score) =>
      scores === undefined ? before : i === undefined ? NO_TEXT : scores[i]!;
    return { ...row, proxy: of(given.proxy, row.proxy), gold: of(given.gold, row.gold) };
  });
}
