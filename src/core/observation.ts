// An observation: what a model did with one sample. A failure is data with a reason, never an exception.

import type { SampleId } from "./sample.ts";

/** Why a reply ended: by itself, at the token limit, by the provider's filter, or for a reason only the provider knows. */
export type Finish = { readonly unified: "stop" | "length" | "filter" | "other"; readonly raw: string };

export type Answer =
  | {
      readonly kind: "chosen";
      /** Total log-probability (nats) of each option, in the order of the ask. */
      readonly logprobs: readonly number[];
      /** Tokens of each option. */
      readonly tokens: readonly number[];
      /**
       * The first words of the greedy reply after the opening (" Paris."): as far as they follow one of the options, and one token
       * more, which may be part of a word. Where it was asked for and the model can tell.
       */
      readonly begins?: string;
    }
  | { readonly kind: "wrote"; readonly text: string; readonly finish: Finish; readonly tokens: number }
  | { readonly kind: "failed"; readonly because: string };

/** Tokens that this answer cost: new ones prefilled (a shared prefix counts once, with the first that needed it) and decoded. */
export type Usage = { readonly prefilled: number; readonly decoded: number };

export type Observation = {
  readonly sample: SampleId;
  /** By which path the model answered: its own log-probabilities, or written text. */
  readonly path: "logprob" | "sampling";
  readonly answer: Answer;
  readonly usage: Usage;
};
