// What a proxy that can be called is: samples in, one score each out, in the same order.

import type { Score } from "../specification-row.ts";

export type GraderSample = { readonly prompt: string; readonly response: string };

export type GradeOptions = {
  readonly signal?: AbortSignal;
  /** How many samples have an answer by now; never more than there are. */
  readonly onProgress?: (done: number) => void;
};

export type Grader = {
  readonly name: string;
  /**
   * One score a sample, in the order of the samples. What goes wrong with a sample is its own "unscored".
   * @throws SetupError where no sample can be scored at all; the signal's reason once it is aborted.
   */
  score(samples: readonly GraderSample[], options?: GradeOptions): Promise<readonly Score[]>;
  /** Ends whatever still runs. May be called twice. */
  close(): Promise<void>;
};
