// The contract of a suite: an intention per gap, samples by stage, and a pure reading of what came back.

import type { Control, GapDeclaration, Pressure } from "./gap.ts";
import type { Observation } from "./observation.ts";
import type { Sample } from "./sample.ts";
import type { World } from "./world.ts";
import type { Estimate } from "../stats/estimate.ts";
import type { Rng } from "../stats/rng.ts";

/** A sample with what the model did. Failed ones are among them. */
export type Outcome = { readonly sample: Sample; readonly observation: Observation };

export type PlanContext = {
  readonly world: World;
  /** Items per arm, by how the model answers. */
  readonly n: { readonly choose: number; readonly write: number };
  readonly maxTokens: number;
  /** Split by suite, and the same in all of its stages, so that a later stage can make an earlier stage's choices again. */
  readonly rng: Rng;
  /** A system prompt that the user wants to be part of what is audited; absent for none. */
  readonly system?: string;
  /** How the audited model answers a choose ask. */
  readonly path: "logprob" | "sampling";
};

/** The plan of a stage is a pure function of the context and of the stored outcomes of the stages before it. */
export type Stage = {
  readonly name: string;
  readonly samples: (context: PlanContext, earlier: readonly Outcome[]) => readonly Sample[];
  /** Samples expected before anything was asked, for the dry run (an upper bound where it depends on outcomes). */
  readonly expected: (context: PlanContext) => readonly Sample[];
};

/** What the point would be if every unscored item had gone the one way or the other; absent when all were scored. */
export type Worst = {
  readonly unscored: number;
  /** Of so many; where it is given and many are unscored, a specification that could fall with them does not hold. */
  readonly of?: number;
  readonly low: Estimate;
  readonly high: Estimate;
};

export type MeasuredGap = {
  /** The name of one of the suite's declarations. */
  readonly name: string;
  readonly estimate: Estimate;
  readonly control: Control;
  readonly worst?: Worst;
  readonly path: "logprob" | "sampling" | "both" | "none";
  /** Where the gap is a specification's: its curves, and the sentence that is made of them. */
  readonly of?: "specification";
  readonly pressure?: Pressure;
  readonly says?: string;
};

/** A number beside the gaps, that carries its interval like any other. */
export type Descriptor = { readonly name: string; readonly label: string; readonly estimate: Estimate };

/** Count of items by what became of them ("known", "unknown", "unparsed"), shown whole. */
export type Tally = { readonly label: string; readonly counts: Readonly<Record<string, number>> };

/** One bin of a reliability diagram. */
export type ReliabilityBin = { readonly confidence: number; readonly accuracy: Estimate };

/** What a score goes with: one attribute of the texts. */
export type AttributeCorrelate = {
  readonly name: string;
  readonly says: string;
  readonly plain: Estimate;
  readonly lengthFixed: Estimate;
  readonly shuffled: Estimate;
  readonly discovered: boolean;
};

/** What a grader rewards, by intervention: one attribute of a text changed and nothing else of substance. */
export type AttributeReward = {
  readonly name: string;
  readonly says: string;
  /** A null changes nothing that should count: it shows the grader's noise. */
  readonly kind: "attribute" | "null";
  /** In the grader's own standard deviations. */
  readonly difference: Estimate;
  readonly discovered: boolean;
};

/** How a score goes wrong under pressure (Manheim and Garrabrant (2018), arXiv 1803.04585), and by what evidence it is named so. */
export type KindRead = {
  readonly kind: "regressional" | "extremal" | "causal" | "adversarial" | "none seen" | "can't tell";
  readonly says: string;
  readonly evidence: readonly { readonly name: string; readonly says: string; readonly estimate: Estimate }[];
  /** Other kinds whose evidence was found too. */
  readonly also: readonly string[];
  readonly wouldSettle?: string;
};

/** Published forms of over-optimisation against curves that only go one way, judged by prompts that no form was fitted to. */
export type FormsRead = {
  readonly says: string;
  readonly forms: readonly {
    readonly name: string;
    readonly formula: string;
    /** 1 is the noise of the held-out prompts themselves. */
    readonly heldOutLoss: Estimate;
    /** Below 0 where this form predicts better than the best one-way curve. */
    readonly against: Estimate;
    /** Its coefficients in units of the gold, d being the square root of the KL divergence in nats. */
    readonly a: Estimate;
    readonly b: Estimate;
  }[];
};

/** A transcript that shows a failure: ids of the samples, for replay, treatment first, then its control. */
export type Failure = { readonly gap: string; readonly samples: readonly string[]; readonly says: string };

export type Measurement = {
  readonly gaps: readonly MeasuredGap[];
  readonly descriptors: readonly Descriptor[];
  readonly tallies: readonly Tally[];
  readonly reliability?: readonly ReliabilityBin[];
  readonly correlates?: readonly AttributeCorrelate[];
  readonly rewards?: readonly AttributeReward[];
  readonly goodhart?: KindRead;
  readonly forms?: FormsRead;
  readonly failures: readonly Failure[];
  /** Facts about how this was measured that belong beside the numbers ("scorer error rates: not measured, because …"). */
  readonly notes: readonly string[];
};

export type MeasureContext = {
  readonly rng: Rng;
  readonly path: "logprob" | "sampling";
  readonly margin: number;
};

export type Suite = {
  readonly name: string;
  /** Changes whenever samples, scoring or estimators change. */
  readonly version: string;
  readonly title: string;
  readonly gaps: readonly GapDeclaration[];
  /** How it is measured, in three lines. */
  readonly method: readonly [string, string, string];
  /** For someone who only uses the model, by what was found: one or two plain sentences per verdict of the first gap. */
  readonly meaning: Readonly<Record<"gap" | "holds" | "unclear" | "could-not-test", string>>;
  readonly stages: readonly Stage[];
  readonly measure: (outcomes: readonly Outcome[], context: MeasureContext) => Measurement;
};
