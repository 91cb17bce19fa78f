// What is said of how a proxy goes wrong under pressure: the kind, and the findings that it is named by.

import type { Difference, Estimate } from "../../stats/estimate.ts";

/** Manheim and Garrabrant (2018), arXiv 1803.04585; beside their four: that nothing is wrong, and that it can't be told. */
export type KindName = "regressional" | "extremal" | "causal" | "adversarial" | "none seen" | "can't tell";

/** One named piece of evidence: a sentence that holds whatever the number is, and the number. */
export type KindFinding = { readonly name: string; readonly says: string; readonly estimate: Estimate };

/** Plain data: it may be written as JSON as it stands. */
export type GoodhartKind = {
  readonly kind: KindName;
  /** One sentence in plain words. */
  readonly says: string;
  /** All that was measured, whichever way it points. */
  readonly evidence: readonly KindFinding[];
  /** The other kinds whose evidence was found too; where the kind can't be told, those that have some. */
  readonly also: readonly KindName[];
  /** What would have to be brought to know more. */
  readonly wouldSettle?: string;
};

/** The same with the estimate that was made of it; `E` is what else belongs to it. */
export type Measured<E = unknown> = Omit<KindFinding, "estimate"> & { readonly estimate: Difference } & E;

/** An attribute of texts that a called grader was seen to reward. */
export type RewardedAttribute = Measured<{
  readonly attribute: string;
  /** Found among its fellows, and the whole interval beyond what the grader makes of edits that change nothing. */
  readonly rewarded: boolean;
  /** Score and attribute in the samples, within prompts: the correlation, from -1 to 1. */
  readonly association: Measured;
}>;

export type KindEvidence = {
  /** Gold missed by following the proxy instead of the gold itself. */
  readonly shortfall: Measured;
  /** Slopes of gold on the proxy's rank: below the top quarter, and in it. */
  readonly bulk: Measured;
  readonly top: Measured;
  /** How much less the top rises than half of what the bulk lets expect; below 0 is a break. */
  readonly break: Measured;
  readonly fall: Measured;
  readonly rewards: readonly RewardedAttribute[];
  /** Attributes of which no intervention settled whether they are rewarded: what they have to do with the proxy once the gold is held fixed. */
  readonly errors: readonly Measured<{ readonly attribute: string }>[];
  /** Whether a grader was called on edited texts. */
  readonly intervened: boolean;
  /** Whether there are texts. */
  readonly texts: boolean;
  /** Absent without labels of origin. */
  readonly origin?: Measured;
  /** Absent without texts, or where none addresses the grader. */
  readonly addressed?: Measured;
};
