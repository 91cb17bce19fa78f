// The difference of two gaps that are not paired, from their two intervals, or why there is none.

import type { GapRecord } from "../../core/run-record.ts";
import { noEstimate } from "../../stats/estimate.ts";
import { independentDifference } from "../../stats/independent-difference.ts";
import type { Sides } from "./run-diff.ts";
import type { Sharing } from "./sharing.ts";

/** `how` says whether there is a number; `why`, what it rests on. */
export function unpaired({ a, b }: Sides<GapRecord>, because: string, sharing: Sharing) {
  const none = (why: string) => ({
    difference: noEstimate(why, Math.min(a.gap.n, b.gap.n)),
    how: "not measured" as const,
    why: [why],
  });
  const [from, to] = [a.gap, b.gap];
  if (from.kind === "none" || to.kind === "none") {
    const lacks = [from.kind === "none" ? "A" : "", to.kind === "none" ? "B" : ""].filter(Boolean);
    return { ...none(`there is no estimate in ${lacks.join(" and in ")}`), why: [] };
  }
  if (a.kind !== b.kind) return none(`its kind is ${a.kind} in A and ${b.kind} in B`);
  if (a.unit !== b.unit) return none(`its unit is ${a.unit ?? "share"} in A and ${b.unit ?? "share"} in B`);
  for (const [letter, { low, point, high, level }] of [["A", from] as const, ["B", to] as const])
    if (!(low <= point && point <= high && level > 0 && level < 1))
      return none(`the interval of ${letter} does not hold its own estimate`);
  const difference = independentDifference(from, to, { shared: sharing.kind });
  if (difference.kind === "none") return none(difference.because);
  const scale =
    a.unit === "sd" ? ["each in the standard deviations of its own gold, taken as the same size"] : [];
  return {
    difference,
    how: "unpaired" as const,
    why: [`not paired, because ${because}`, sharing.says, ...scale],
  };
}
