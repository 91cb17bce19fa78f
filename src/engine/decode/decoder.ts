// What a running decoder offers: requests come and go at any time, each is answered token by token.

export type DecodeRequest = {
  /** Token ids, at least one. */
  readonly prompt: readonly number[];
  /** At least 1. */
  readonly maxTokens: number;
  /** 0: always the most probable token, of equal ones the first. */
  readonly temperature: number;
  readonly topP: number;
  readonly seed: number;
  /** Texts at which the reply ends; they are not part of it. */
  readonly stops?: readonly string[];
  /** Report the log-probability of each token, and of the k most probable ones at its place. */
  readonly topLogprobs?: number;
  readonly signal?: AbortSignal;
};

export type TokenLogprob = { readonly token: number; readonly logprob: number };

export type DecodeEvent =
  | {
      readonly kind: "token";
      readonly token: number;
      /** What this token adds to the text; "" while a character or a possible stop text is incomplete. */
      readonly text: string;
      /** Present where `topLogprobs` was asked for: natural logarithms, at temperature 1, before topP. */
      readonly logprobs?: { readonly chosen: number; readonly top: readonly TokenLogprob[] };
    }
  | {
      readonly kind: "end";
      /** What was held back and belongs to the text after all. */
      readonly text: string;
      /** `stop`: an end-of-text token or a stop text; `length`: maxTokens, or the context is full. */
      readonly finish: "stop" | "length";
      readonly promptTokens: number;
      readonly completionTokens: number;
    };

export interface Decoder {
  /**
   * Answers one request; many run side by side, and a row that ends makes room for the next one at once.
   * The iterable throws TruelineError (code TOO_LONG names both lengths) where the request can't be met, and the signal's reason on abort.
   */
  decode(request: DecodeRequest): AsyncIterable<DecodeEvent>;
  close(): Promise<void>;
}
