// Calls a grader on stored samples: their scores, what it rewards by counterfactual pairs, and whether it changes its mind.

import type { Rng } from "../stats/rng.ts";
import type { Graded } from "./audit-specification.ts";
import type { GradeOptions, Grader, GraderSample } from "./proxy/grader.ts";
import { steadiness } from "./proxy/steadiness.ts";
import { rewardedBy } from "./rewarded-by.ts";
import type { SpecificationRow } from "./specification-row.ts";

export type GradedRows = { readonly rows: readonly SpecificationRow[]; readonly graded: Graded };

/** Prompts from which one response each is edited: every edit is asked of all of them. */
const EDITED = 80;

/**
 * Every row must hold its response. Beyond its samples the grader is asked for some 25 edited texts of each of 80 prompts, and for a
 * handful of samples twice.
 * @throws what the grader throws.
 */
export async function gradeRows(
  rows: readonly SpecificationRow[],
  grader: Grader,
  rng: Rng,
  options: GradeOptions = {},
): Promise<GradedRows> {
  const samples = rows.map(({ prompt, response = "" }): GraderSample => ({ prompt, response }));
  const scores = await grader.score(samples, options);
  const quiet = options.signal === undefined ? {} : { signal: options.signal };
  const one = [...Map.groupBy(samples, ({ prompt }) => prompt).values()].map((pool) =>
    rng.split("edited").split(pool[0]!.prompt).pick(pool),
  );
  const chosen = rng.split("prompts").shuffled(one).slice(0, EDITED);
  const { rewards } = await rewardedBy(grader, chosen, { rng: rng.split("rewards"), ...quiet });
  const steady = await steadiness(grader, samples, rng.split("steadiness"), quiet);
  return {
    rows: rows.map((row, i) => ({ ...row, proxy: scores[i]! })),
    graded: {
      rewards: rewards.map(({ name, says, kind, difference, test }) => ({
        name,
        says,
        kind,
        difference,
        discovered: test.kind === "tested" && test.discovered,
      })),
      notes: [steady.says],
    },
  };
}
