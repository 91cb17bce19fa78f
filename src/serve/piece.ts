// Parts of replies as they come: text, and what is known of the tokens that it is made of.

import type { TokenLogprob } from "../engine/decode/decoder.ts";

export type Scored = {
  readonly token: number;
  /** Absent for the first token of a prompt: nothing stands before it. */
  readonly logprob?: number;
  readonly top: readonly TokenLogprob[];
};

export type Piece = {
  readonly choice: number;
  readonly text: string;
  /** Of the tokens that this text completes; none where no log-probabilities were asked for. */
  readonly scored: readonly Scored[];
  /** Present at the last piece of a choice. */
  readonly end?: { readonly finish: "stop" | "length"; readonly completionTokens: number };
};
