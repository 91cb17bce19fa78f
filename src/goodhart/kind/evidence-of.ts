// All evidence on how a proxy goes wrong, from its samples and whatever else is known: rewards of a called grader, origins of the samples.

import type { AttributeReward } from "../../core/suite.ts";
import { noEstimate, type Difference } from "../../stats/estimate.ts";
import type { Rng } from "../../stats/rng.ts";
import type { SpecificationRow } from "../specification-row.ts";
import { addressEvidence } from "./address-evidence.ts";
import type { KindEvidence } from "./kind.ts";
import { originEvidence, REFERENCE } from "./origin-evidence.ts";
import { readingEvidence } from "./reading-evidence.ts";
import { shortfall } from "./shortfall.ts";
import { standardised } from "./standardised.ts";
import { tailEvidence } from "./tail-evidence.ts";

export type EvidenceOptions = {
  readonly rows: readonly SpecificationRow[];
  /** What a grader that could be called was seen to reward, its nulls among it (`rewardedBy`, `gradeRows`); absent where none was called. */
  readonly rewards?: readonly AttributeReward[];
  /** Where each row comes from: "reference", or another name where something made it with the proxy in view. */
  readonly origins?: readonly (string | undefined)[];
  readonly rng: Rng;
  /** The largest n of best-of-n wanted. */
  readonly maxN?: number;
};

/** Pure and seeded. What the rows lack is a reason in its place. @throws RangeError when there is not one origin for each row. */
export function evidenceOf({ rows, rewards, origins, rng, maxN }: EvidenceOptions): KindEvidence {
  if (origins !== undefined && origins.length !== rows.length)
    throw new RangeError(`evidenceOf: one origin for each of ${rows.length} rows, got ${origins.length}`);
  const made = standardised(rows);
  const pools = made.kind === "none" ? [] : made.pools;
  const or = (estimate: () => Difference) =>
    made.kind === "none" ? noEstimate(made.because, made.n) : estimate();
  const tail =
    made.kind === "none"
      ? undefined
      : tailEvidence(pools, { rng: rng.split("tail"), ...(maxN === undefined ? {} : { maxN }) });
  const addressed = addressEvidence(pools, rows);
  const labelled = origins?.some((origin) => origin !== undefined && origin !== REFERENCE) ?? false;
  return {
    shortfall: {
      name: "shortfall",
      says: "gold missed by picking with the proxy instead of with the gold itself, mean over n = 2, 4, 8, ..., in SD of gold within prompts",
      estimate: or(() => shortfall(pools, maxN)),
    },
    bulk: {
      name: "rise below the top quarter",
      says: "SD of gold per normal score of the proxy's rank, over the lower three quarters of each prompt's samples",
      estimate: or(() => tail!.bulk),
    },
    top: {
      name: "rise in the top quarter",
      says: "the same over the quarter that the proxy likes best",
      estimate: or(() => tail!.top),
    },
    break: {
      name: "break at the top",
      says: "rise of gold above a cut less half of what the rise below it lets expect; the cut picked on other prompts; below 0 the relation is broken",
      estimate: or(() => tail!.break),
    },
    fall: {
      name: "turnover",
      says: "gold of best-of-n at its peak less at the largest n, in SD of gold within prompts",
      estimate: or(() => tail!.fall),
    },
    ...readingEvidence(pools, rows, { rewards: rewards ?? [], rng: rng.split("reading") }),
    intervened: rewards !== undefined,
    ...(labelled
      ? {
          origin: {
            name: "worse at equal proxy",
            says: `gold of samples that are not of origin "${REFERENCE}" less that of reference samples with the same proxy, in SD of gold within prompts`,
            estimate: or(() => originEvidence(pools, origins!)),
          },
        }
      : {}),
    ...(addressed === undefined
      ? {}
      : {
          addressed: {
            name: "speaks to the grader",
            says: "proxy of responses that speak to whoever grades them, beyond what others with their gold get, in SD of the proxy within prompts",
            estimate: addressed,
          },
        }),
  };
}
