// The numbers of a pairwise judge as a report shows them, each with its interval or the reason why there is none.

import type { Descriptor } from "../../core/suite.ts";
import type { PairMeasures } from "./pair-measures.ts";

export function judgeDescriptors(audit: PairMeasures): readonly Descriptor[] {
  return [
    {
      name: "judge: position bias",
      label:
        "the judge comparing two: how often it prefers the response shown first, minus 1/2 (0: place plays no part)",
      estimate: audit.positionBias,
    },
    {
      name: "judge: flips",
      label:
        "the judge comparing two: share of pairs whose winner changes with the order in which they are shown",
      estimate: audit.flips,
    },
    {
      name: "judge: agreement",
      label:
        "the judge comparing two that differ in gold: how often it prefers the better one (1/2 is chance; both orders)",
      estimate: audit.agreement,
    },
    {
      name: "judge: self-preference",
      label:
        "the judge comparing its own response with another's: how often it prefers its own, minus how often gold does",
      estimate: audit.selfPreference,
    },
    {
      name: "judge: sides with itself",
      label:
        "the same: agreement with gold where its own response is the better one, minus agreement where it is the worse one",
      estimate: audit.sidesWithItself,
    },
  ];
}
