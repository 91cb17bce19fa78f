// Two responses to one prompt that a judge compares, with what is known of them.

import type { Score } from "../specification-row.ts";

export type JudgedText = {
  readonly response: string;
  readonly gold: Score;
  /** Which model wrote it; absent where nothing says. */
  readonly origin?: string;
};

export type JudgedPair = {
  readonly prompt: string;
  /** The independent unit. */
  readonly cluster: string;
  readonly texts: readonly [JudgedText, JudgedText];
};
