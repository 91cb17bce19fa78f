// A world of pairs for tests of a pairwise judge: what is better is known, who wrote it is said, and judges have planted faults.

import type { Estimate } from "../../stats/estimate.ts";
import { rngFrom } from "../../stats/rng.ts";
import type { SpecificationRow } from "../specification-row.ts";
import { fakeJudge, type Shown } from "./fake-judge.test.support.ts";
import { pairJudge } from "./pair-judge.ts";
import { pairsToJudge } from "./pairs-to-judge.ts";
import { comparePairs, type PairwiseAudit } from "./pairwise.ts";

export const OWN = "scripted:judge";

export type WorldOptions = {
  readonly seed?: number;
  readonly path?: "logprob" | "sampling";
  readonly prompts?: number;
  /** In what share of the prompts the judge's own text is the better one. */
  readonly ownBetter?: number;
};

/** Two texts a prompt that name their gold and who wrote them, as a scripted judge reads them. */
export function pairWorld({ seed = 1, prompts = 60, ownBetter = 0.5 }: WorldOptions = {}) {
  const rng = rngFrom(seed).split("world");
  const made = Array.from({ length: prompts }, (_, i) => {
    const better = rng.uniform() < ownBetter ? OWN : "other";
    return [OWN, "other"].map((origin, k) => {
      const gold = origin === better ? 1 : 0;
      const row: SpecificationRow = {
        place: `line ${2 * i + k + 1}`,
        prompt: `Prompt ${i}`,
        cluster: `Prompt ${i}`,
        response: `gold ${gold} by ${origin} nr ${2 * i + k}`,
        proxy: { kind: "unscored", because: "compared in pairs" },
        gold: { kind: "scored", value: gold },
      };
      return { row, origin };
    });
  }).flat();
  return { rows: made.map(({ row }) => row), origins: made.map(({ origin }) => origin) };
}

export function goldOf(text: string): number {
  return Number(text.split(" ")[1]);
}

export function isOwn(text: string): boolean {
  return text.includes(OWN);
}

/** Probability of A of a judge that is right with probability `right`, anew for each ask. */
export function honest(seed: number, right = 0.75) {
  return ({ task, a, b }: Shown): number =>
    rngFrom(`${seed}${task}${a}${b}`).uniform() < right === goldOf(a) > goldOf(b!) ? 0.9 : 0.1;
}

/** In a share of the asks it takes A where `wanted` says so, and else B; in the others it is honest. */
export function biased(seed: number, share: number, wanted: (shown: Shown) => boolean) {
  return (shown: Shown): number =>
    rngFrom(`bias ${seed}${shown.task}${shown.a}`).uniform() < share
      ? wanted(shown)
        ? 0.9
        : 0.1
      : honest(seed)(shown);
}

export async function auditOf(
  rule: (shown: Shown) => number,
  { seed = 1, path = "logprob", ...of }: WorldOptions = {},
): Promise<PairwiseAudit> {
  const { rows, origins } = pairWorld({ seed, ...of });
  const pairs = pairsToJudge(rows, { rng: rngFrom(seed), origins, own: [OWN] });
  const judge = pairJudge(fakeJudge(rule, { path, id: OWN }), { text: "The truer one." }, { seed });
  return comparePairs(judge, pairs);
}

/** On which side of 0 the whole interval lies. */
export function side(estimate: Estimate): "above" | "below" | "neither" | "none" {
  if (estimate.kind === "none") return "none";
  return estimate.interval.low > 0 ? "above" : estimate.interval.high < 0 ? "below" : "neither";
}
