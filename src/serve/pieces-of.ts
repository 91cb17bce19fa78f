// From a decoder's events for one choice to pieces: each token's log-probabilities travel with the text that the token completes.

import type { DecodeEvent } from "../engine/decode/decoder.ts";
import type { Piece, Scored } from "./piece.ts";

type Waiting = { readonly scored: Scored; readonly start: number };

/**
 * A function that takes the events of one choice in order. Tokens without text wait: for the rest of a character, or until it is
 * clear whether they begin a stop text. Those that prove to be nothing but a stop text are not reported.
 */
export function piecesOf(
  choice: number,
  bytesOf: (token: number) => Uint8Array,
): (event: DecodeEvent) => Piece | undefined {
  let waiting: Waiting[] = [];
  /** Bytes of all tokens so far, and of the text that went out. */
  let generated = 0;
  let given = 0;
  return (event) => {
    given += Buffer.byteLength(event.text);
    if (event.kind === "token") {
      if (event.logprobs) {
        const { chosen, top } = event.logprobs;
        if (Number.isNaN(chosen)) throw new Error("a log-probability is not a number");
        waiting.push({ scored: { token: event.token, logprob: chosen, top }, start: generated });
        generated += bytesOf(event.token).length;
      }
      if (event.text === "") return undefined;
    } else if (event.finish === "stop") {
      waiting = waiting.filter(({ start }) => start < given);
    }
    const scored = waiting.map((one) => one.scored);
    waiting = [];
    return {
      choice,
      text: event.text,
      scored,
      ...(event.kind === "end"
        ? { end: { finish: event.finish, completionTokens: event.completionTokens } }
        : {}),
    };
  };
}
