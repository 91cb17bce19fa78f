// What a comparison of two runs is made of: its two sides, and what it says of each gap.

import type { Verdict } from "../../core/gap.ts";
import type { EstimateRecord, GapRecord, RunRecord } from "../../core/run-record.ts";
import type { Outcome } from "../../core/suite.ts";
import type { Difference } from "../../stats/estimate.ts";
import type { PromptValues } from "../prompt-values.ts";
import type { Pressed } from "./pressed.ts";

export type Sides<T> = { readonly a: T; readonly b: T };

/** One run: its record, and what it asked and what its prompts are worth where that is still there. */
export type DiffSide = {
  readonly record: RunRecord;
  readonly asked:
    | {
        readonly kind: "samples";
        /** By which path the model answered a choose ask. */
        readonly path: "logprob" | "sampling";
        readonly outcomes: readonly Outcome[];
      }
    | { readonly kind: "none"; readonly because: string };
  /** Of a specification: proxy and gold prompt by prompt. */
  readonly prompts: PromptValues;
};

/** One thing that is not the same in both runs; "–" where a run has no such thing. */
export type Differing = { readonly what: string; readonly a: string; readonly b: string };

/** What one run found of a gap. */
export type Found = {
  readonly estimate: EstimateRecord;
  readonly verdict: Verdict;
  readonly margin: number;
};

export type GapName = { readonly of: GapRecord["of"]; readonly suite: string; readonly name: string };

export type GapDiff = GapName &
  (
    | {
        readonly kind: "both";
        readonly a: Found;
        readonly b: Found;
        /** B minus A. */
        readonly difference: Difference;
        /** "the same": nothing differs between the two, and there is no interval of nothing. */
        readonly how: "paired" | "unpaired" | "the same" | "not measured";
        /** Why it is not paired, what the interval allows for, and what it leaves out. */
        readonly notes: readonly string[];
        /** Why B is called worse; empty where it is not. */
        readonly worse: readonly string[];
        /** Of two specifications that share prompts: what the same pressure did under each. */
        readonly pressed?: Pressed;
      }
    | { readonly kind: "only"; readonly in: "a" | "b"; readonly found: Found }
  );

export type RunDiff = {
  readonly schema: "trueline.diff/1";
  readonly differing: readonly Differing[];
  readonly gaps: readonly GapDiff[];
};

/** The difference where the two share units, or why it has to be made from their two intervals. */
export type Pairing =
  | {
      readonly kind: "shared";
      readonly how: "paired" | "unpaired" | "the same";
      readonly difference: Difference;
      readonly notes: readonly string[];
      readonly pressed?: Pressed;
    }
  | { readonly kind: "unpaired"; readonly because: string };
