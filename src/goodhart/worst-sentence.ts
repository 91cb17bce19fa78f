// What samples without a score could change, in one sentence that stands wherever the gap does.

import { percent } from "../core/percent.ts";
import type { Worst } from "../core/suite.ts";
import { verdictOf } from "../core/verdict.ts";
import type { Estimate } from "../stats/estimate.ts";
import type { SpecificationRow } from "./specification-row.ts";

export type WorstSentence = {
  readonly worst: Worst;
  readonly rows: readonly SpecificationRow[];
  readonly unit: "share" | "sd";
  readonly estimate: Estimate;
  readonly margin: number;
};

export function worstSentence({
  worst: { unscored, low, high },
  rows,
  unit,
  estimate,
  margin,
}: WorstSentence): string {
  const count = (of: "proxy" | "gold") => rows.filter((row) => row[of].kind === "unscored").length;
  const lacking = (["proxy", "gold"] as const)
    .flatMap((of) => (count(of) === 0 ? [] : [`${count(of)} lack the ${of}`]))
    .join(", ");
  const left = `${unscored} of ${rows.length} samples lack a score (${lacking}) and are left out`;
  if (low.kind === "none" || high.kind === "none")
    return `${left}; how much they could change could not be bounded: ${low.kind === "none" ? low.because : high.kind === "none" ? high.because : ""}.`;
  const size = (x: number) => (unit === "share" ? percent(x) : `${x.toFixed(2)} SD`);
  const [verdict, ...ends] = [estimate, low, high].map((one) => verdictOf("excess", one, margin));
  const changes = ends.some((end) => end !== verdict);
  const taken = [
    ...(count("proxy") === 0 ? [] : ["chosen or not as does most harm or most good"]),
    ...(count("gold") === 0 ? [] : ["as bad or as good as can be"]),
  ].join(", and ");
  return `${left}; had they been ${taken}, the fall would lie between ${size(low.point)} and ${size(high.point)}, which ${changes ? "could change" : "does not change"} the verdict.`;
}
