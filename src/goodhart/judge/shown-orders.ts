// Both orders of each pair, those of a pair side by side: what a judge is asked about them.

import type { JudgedPair } from "./judged-pair.ts";
import type { ShownPair } from "./pair-judge.ts";

export function shownOrders(pairs: readonly JudgedPair[]): readonly ShownPair[] {
  return pairs.flatMap(({ prompt, texts: [a, b] }): ShownPair[] => [
    { prompt, shown: [a.response, b.response] },
    { prompt, shown: [b.response, a.response] },
  ]);
}
