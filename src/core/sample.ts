// A sample: one ask put to a model, with its place in the plan.

import type { Message } from "./message.ts";

/** Unique in a run: `suite/stage/arm/item`, with a form number where an item is asked more than once. */
export type SampleId = string & { readonly __brand: "SampleId" };

export function sampleId(...parts: readonly string[]): SampleId {
  return parts.join("/") as SampleId;
}

/**
 * Which of these does the model hold to be the answer? White-box models answer with the total log-probability of each
 * option after `messages` and the opening words of the reply; others write a reply, in which the options are looked for.
 */
export type ChooseAsk = {
  readonly kind: "choose";
  readonly messages: readonly Message[];
  /** Words that the assistant's turn begins with, without a trailing space ("The capital of France is"); "" for none. */
  readonly opening: string;
  /** Continuations, each beginning with its own space where the language wants one (" Paris"). At least two. */
  readonly options: readonly string[];
  /** For the sampling path: other spellings under which option i counts as named. */
  readonly aliases?: readonly (readonly string[])[];
  /** Wanted besides: with what words a greedy reply would begin, as far as scoring the options shows it. */
  readonly begins?: true;
};

/** What does the model say? Greedy at temperature 0; else a seeded draw. */
export type WriteAsk = {
  readonly kind: "write";
  readonly messages: readonly Message[];
  /** Words that the assistant's turn begins with; a model behind a chat interface, where none can be forced, starts freely. */
  readonly opening?: string;
  readonly maxTokens: number;
  readonly temperature: number;
  readonly topP: number;
  /** Used only where temperature > 0. */
  readonly seed: number;
};

export type Ask = ChooseAsk | WriteAsk;

export type Sample = {
  readonly id: SampleId;
  readonly suite: string;
  readonly stage: string;
  /** The treatment or the control that this ask belongs to. */
  readonly arm: string;
  /** The independent unit (a fact, a pair, a persona): intervals are clustered by it. */
  readonly item: string;
  readonly ask: Ask;
  /** What the scorer needs to know of this sample (which option is right, which one the user named). Plain JSON. */
  readonly key: Readonly<Record<string, string | number | boolean | readonly string[]>>;
};
