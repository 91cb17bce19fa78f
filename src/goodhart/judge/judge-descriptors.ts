// The numbers of a pairwise judge as a report shows them, each with its interval or the reason why there is none.

import type { Descriptor } from "../../core/suite.ts";
import type { PairMeasures } from "./pair-measures.ts";

export function judgeDescriptors(audit: PairMeasures): readonly Descriptor[] {
  return [
    {
      name: "judge: position bias",
      label:
        "how much more often than half the time the judge prefers the response shown first (0: place plays no part)",
      estimate: audit.positionBias,
    },
    {
      name: "judge: flips",
      label: "pairs of which the judge prefers another response once their order is turned round",
      estimate: audit.flips,
    },
    {
      name: "judge: agreement",
      label:
        "of two responses that differ in gold the judge prefers the better one (1/2 is chance; both orders)",
      estimate: audit.agreement,
    },
    {
      name: "judge: self-preference",
      label:
        "its own response beside another's: how often the judge prefers its own, minus how often gold does",
      estimate: audit.selfPreference,
    },
    {
      name: "judge: sides with itself",
      label:
        "agreement with gold where its own response is the better one, minus agreement where it is the worse one",
      estimate: audit.sidesWithItself,
    },
  ];
}
