// The contract of a model: what a run may ask of it, and what it can't do and why.

import type { Answer, Usage } from "../core/observation.ts";
import type { Ask, ChooseAsk, WriteAsk } from "../core/sample.ts";

/** A property that holds the function, or the reason why it is absent. */
export type Capability<F> =
  | { readonly kind: "present"; readonly use: F }
  | { readonly kind: "absent"; readonly because: string };

export type ModelDescription = {
  /** What the user named: "smollm2-135m-instruct", "openai-compatible:gpt-x", a path. */
  readonly id: string;
  /** How page and card name it: "SmolLM2-135M-Instruct, Q4_1, dequantised to fp32". */
  readonly title: string;
  readonly kind: "local" | "api" | "scripted" | "stored";
  /** What pins the weights, or why nothing does. */
  readonly revision:
    | { readonly kind: "sha256"; readonly value: string }
    | { readonly kind: "unpinned"; readonly because: string };
  /** Further facts for the record, in the order in which they are shown. Never a key or a URL with credentials. */
  readonly details: Readonly<Record<string, string | number>>;
};

export type Answered = { readonly answer: Answer; readonly usage: Usage };

/** One unit of work that is asked, stored and resumed together. */
export type PlannedBatch = {
  /** Indices into the asks that were planned, in the order in which the rows stand. */
  readonly members: readonly number[];
  /** Frozen geometry, so that a resumed run computes the very same numbers. Plain JSON. */
  readonly layout: Readonly<Record<string, number | string | readonly number[]>>;
};

/** `frozen`: batches are planned once and kept, for equal numbers on resume. `each`: one ask at a time, so many at once. */
export type Batching =
  | { readonly kind: "frozen"; readonly plan: (asks: readonly Ask[]) => readonly PlannedBatch[] }
  | { readonly kind: "each"; readonly concurrency: number };

export type AskOptions = {
  readonly signal?: AbortSignal;
  /** The layout that was planned for exactly these asks; absent where batching is `each`. */
  readonly layout?: PlannedBatch["layout"];
};

/** Answers come in the order of the asks. A failed ask is an answer of kind `failed`; only a broken setup throws. */
export interface Model {
  readonly description: ModelDescription;
  readonly batching: Batching;
  readonly choose: Capability<
    (asks: readonly ChooseAsk[], options?: AskOptions) => Promise<readonly Answered[]>
  >;
  readonly write: (asks: readonly WriteAsk[], options?: AskOptions) => Promise<readonly Answered[]>;
  readonly close: () => Promise<void>;
}
