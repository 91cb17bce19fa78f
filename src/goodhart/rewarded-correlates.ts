// The correlates of a stored score as a measurement: attribute by attribute, beside the same with the scores shuffled.

import type { AttributeCorrelate } from "../core/suite.ts";
import type { Rng } from "../stats/rng.ts";
import { correlates, type Judged } from "./correlates.ts";
import type { SpecificationRow } from "./specification-row.ts";

/** Undefined where the rows hold no texts to look at. */
export function rewardedCorrelates(
  rows: readonly SpecificationRow[],
  rng: Rng,
): readonly AttributeCorrelate[] | undefined {
  const texts = rows.flatMap(({ prompt, cluster, response, proxy }) =>
    response === undefined || proxy.kind === "unscored"
      ? []
      : [{ prompt, cluster, response, score: proxy.value }],
  );
  if (texts.length === 0) return undefined;
  const found = correlates(texts, { rng });
  return found.correlates.map(({ name, says, plain, lengthFixed }, i) => ({
    name,
    says,
    plain: estimateOf(plain),
    lengthFixed: estimateOf(lengthFixed),
    shuffled: estimateOf(found.shuffled[i]!.plain),
    discovered: plain.kind === "association" && plain.discovered,
  }));
}

function estimateOf(judged: Judged): AttributeCorrelate["plain"] {
  return judged.kind === "none" ? judged : judged.slope;
}
