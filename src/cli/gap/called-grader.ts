// A grader that is called, with what tells it from every other: scores are stored under that.

import type { PairJudge } from "../../goodhart/judge/pair-judge.ts";
import type { MarkScale } from "../../goodhart/judge/mark-scale.ts";
import type { Grader } from "../../goodhart/proxy/grader.ts";
import type { Frozen } from "../../run/specification-plan.ts";

export type CalledGrader = {
  readonly grader: Grader;
  /** How titles name it: a path, a command, "judge NAME". */
  readonly says: string;
  /** What pins it, by what it is called after "the proxy" or "the gold": " (module)" -> its path. */
  readonly pins: Frozen;
  /** Samples that are asked and stored together: those of the first batch, and the most of any. */
  readonly batch: { readonly first: number; readonly most: number };
  /** Where it is a language model that marks by a rubric. */
  readonly judge?: CalledJudge;
};

export type CalledJudge = {
  /** The same model with the same rubric, asked which of two responses is better. */
  readonly pairs: PairJudge;
  readonly scale: MarkScale;
  /** Whether the model runs here, and not on a server. */
  readonly local: boolean;
  /** Takes the line that says what is coming, before anything is asked. */
  readonly tell: (line: string) => void;
};

/** A function is cheap to call: next to nothing is lost where it is stopped. */
export const smallBatches = { first: 8, most: 8 } as const;
/** A judge's model is asked for several at once. */
export const judgeBatches = { first: 32, most: 32 } as const;
/** Each batch starts the command anew: they grow, so that its starts stay few. */
export const commandBatches = { first: 32, most: 1024 } as const;
