// Whether the model asked for is the one that is served, and whether a prompt fits it, each before any work is done.

import { visible } from "../core/visible.ts";
import { ApiFault, badRequest } from "./api-fault.ts";
import type { ServedModel } from "./served-model.ts";

const SHOWN = 100;

/** @throws ApiFault 404 */
export function checkModel(asked: string, { id }: ServedModel, param: "model" | undefined = "model"): void {
  if (asked === id) return;
  throw new ApiFault(
    404,
    "invalid_request_error",
    `the model '${visible(asked.slice(0, SHOWN))}' does not exist here: this server serves '${id}'`,
    { code: "model_not_found", ...(param === undefined ? {} : { param }) },
  );
}

/**
 * Text that can't fit is refused before it is cut into tokens, which takes time.
 * @param room tokens that must be left for the reply @throws ApiFault 400, code context_length_exceeded, with both lengths
 */
export function checkLength(
  tokens: number,
  context: number,
  room: number,
  param: string,
  atLeast = false,
): void {
  if (tokens + room <= context) return;
  throw badRequest(
    `the prompt has ${atLeast ? "at least " : ""}${tokens} tokens, the model's context holds ${context}` +
      (tokens <= context ? ": there is no room for a reply" : ""),
    param,
    "context_length_exceeded",
  );
}

/** The fewest tokens that a text can come to: none stands for more bytes than the longest. */
export function leastTokens(text: string, longestToken: number): number {
  return Math.ceil(Buffer.byteLength(text) / longestToken);
}
