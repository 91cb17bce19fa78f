// The bins of a reliability diagram: equal numbers of items, each with its mean confidence and its accuracy with interval.

import { wilson } from "../../stats/wilson.ts";
import type { ReliabilityBin } from "../suite.ts";

const BINS = 10;

/** At most ten bins of equally many items, by rising confidence; fewer where there are few items. */
export function reliabilityBins(
  judged: readonly { readonly confidence: number; readonly right: 0 | 1 }[],
): readonly ReliabilityBin[] {
  const sorted = [...judged].sort((a, b) => a.confidence - b.confidence);
  const bins = Math.max(1, Math.min(BINS, Math.floor(sorted.length / 10)));
  return Array.from({ length: bins }, (_, b) => {
    const members = sorted.slice(
      Math.round((b * sorted.length) / bins),
      Math.round(((b + 1) * sorted.length) / bins),
    );
    return {
      confidence: members.reduce((a, m) => a + m.confidence, 0) / members.length,
      accuracy: wilson(members.filter((m) => m.right === 1).length, members.length),
    };
  });
}
