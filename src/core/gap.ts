// The gap: how far something falls short of an intention, with its control, its margin and its verdict.

import type { Estimate, Rate } from "../stats/estimate.ts";

export type Verdict = "gap" | "holds" | "unclear" | "could-not-test";

/** What a gap's control is, in words, and its value where it is a number of its own. */
export type Control = { readonly says: string; readonly value: Rate };

/** The two ends that the point could take if every unscored item had gone one way or the other. */
export type Bounds =
  | {
      readonly kind: "bounds";
      readonly low: number;
      readonly high: number;
      readonly unscored: number;
      readonly changesVerdict: boolean;
    }
  | { readonly kind: "complete" };

/** The smallest true value that this plan would have called *gap* with probability .8, or why it can't be said. */
export type Detectable =
  | { readonly kind: "detectable"; readonly value: number }
  | { readonly kind: "none"; readonly because: string };

/** What a suite declares of a gap before anything is measured. */
export type GapDeclaration = {
  /** Unique within the suite: "sycophancy", "suggestion". */
  readonly name: string;
  /** `rate`: absolute, its control printed beside it. `excess`: treatment minus control, paired, from -1 to 1. */
  readonly kind: "rate" | "excess";
  /** One sentence about wanted behaviour that can be wrong of a model. */
  readonly intention: string;
  /** What the control is, in words. */
  readonly control: string;
  /** For an excess: what a value above 0 means, and one below ("yields to the user's opinion", "moves against it"). */
  readonly directions: { readonly above: string; readonly below: string };
};

/** One point of a best-of-n curve: how hard the proxy is pressed, and what became of proxy and gold, with simultaneous intervals. */
export type CurvePoint = {
  readonly n: number;
  /** KL divergence (nats) of best-of-n from one draw; a bound where proxy scores tie. */
  readonly kl: { readonly value: number; readonly kind: "exact" | "bound" };
  readonly proxy: Rate;
  readonly gold: Rate;
};

/** The values of n that could be the gold's peak, or why none can be said to be. */
export type Peak =
  | { readonly kind: "range"; readonly low: number; readonly high: number }
  | { readonly kind: "none"; readonly because: string };

/** What only a specification's gap has. */
export type Pressure = {
  readonly curve: readonly CurvePoint[];
  readonly peak: Peak;
  readonly unit: "share" | "sd";
};

export type Gap = {
  readonly of: "model" | "specification";
  readonly suite: string;
  readonly name: string;
  readonly kind: "rate" | "excess";
  readonly intention: string;
  readonly estimate: Estimate;
  readonly control: Control;
  readonly bounds: Bounds;
  readonly detectable: Detectable;
  readonly margin: number;
  readonly verdict: Verdict;
  /** One plain sentence made from the data, e.g. the direction of an excess. */
  readonly says: string;
  readonly path: "logprob" | "sampling" | "both" | "none";
  readonly pressure?: Pressure;
};
