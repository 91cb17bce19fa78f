// What a request to decode must be before any work is done for it.

import { TruelineError } from "../../core/errors.ts";
import type { Forward } from "../forward/forward.ts";
import type { DecodeRequest } from "./decoder.ts";

/** @throws TruelineError TOO_LONG where the prompt and one token more don't fit the context, DECODE_REQUEST for anything else that can't be met */
export function checkRequest(request: DecodeRequest, { nCtx, dVocab }: Forward["config"]): void {
  const { prompt, maxTokens, temperature, topP, stops = [], topLogprobs = 0 } = request;
  const refuse = (what: string) => {
    throw new TruelineError("DECODE_REQUEST", what);
  };
  if (prompt.length === 0) refuse("a prompt of no tokens: there is nothing to go on from");
  if (prompt.length + 1 > nCtx) {
    throw new TruelineError(
      "TOO_LONG",
      `the prompt has ${prompt.length} tokens, the model's context holds ${nCtx}: there is no room for a reply`,
      { hint: `Shorten the prompt to at most ${nCtx - 1} tokens.` },
    );
  }
  const stranger = prompt.find((token) => !(Number.isInteger(token) && token >= 0 && token < dVocab));
  if (stranger !== undefined) refuse(`token ${stranger} is not among the model's ${dVocab}`);
  if (!(maxTokens >= 1)) refuse(`maxTokens is ${maxTokens}, but a reply has at least one token`);
  if (!(temperature >= 0 && temperature < Infinity))
    refuse(`temperature is ${temperature}, but must be 0 or more`);
  if (!(topP >= 0 && topP <= 1)) refuse(`topP is ${topP}, but must be from 0 to 1`);
  if (stops.includes("")) refuse("an empty stop text would end every reply before it began");
  if (!(Number.isInteger(topLogprobs) && topLogprobs >= 0 && topLogprobs <= dVocab))
    refuse(`topLogprobs is ${topLogprobs}, but must be a whole number from 0 to ${dVocab}`);
}
