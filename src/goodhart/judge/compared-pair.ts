// A pair with what the judge preferred in each of the two orders.

import type { JudgedPair } from "./judged-pair.ts";

export type ComparedPair = {
  readonly pair: JudgedPair;
  /** Whether the text shown first was preferred: with `texts[0]` first, then with `texts[1]` first. */
  readonly preferredFirst: readonly [boolean, boolean];
};
