// The body of POST /v1/completions, read.

import { z } from "zod";
import { badRequest } from "./api-fault.ts";
import { parseFields } from "./parse-fields.ts";
import { MOST_CHOICES, samplingFields, samplingOf, type Sampling } from "./sampling-fields.ts";

export type CompletionRequest = {
  readonly model: string;
  /** Texts, or token ids that are not checked yet. At least one. */
  readonly prompts: readonly (string | readonly number[])[];
  readonly sampling: Sampling;
  /** 16 unless it is said. 0: nothing is written, which is of use with echo alone. */
  readonly maxTokens: number;
  /** Return the prompt before what follows it. */
  readonly echo: boolean;
  /** How many of the most probable tokens to list at each place; absent: no log-probabilities at all. */
  readonly topLogprobs?: number;
};

type Prompt = string | readonly string[] | readonly number[] | readonly (readonly number[])[];

const tokenList = (value: unknown): value is readonly number[] =>
  Array.isArray(value) && value.length > 0 && value.every((id) => Number.isSafeInteger(id) && id >= 0);

const schema = z.looseObject({
  ...samplingFields,
  prompt: z.custom<Prompt>(
    (value) =>
      typeof value === "string" ||
      tokenList(value) ||
      (Array.isArray(value) &&
        value.length > 0 &&
        (value.every((one) => typeof one === "string") || value.every(tokenList))),
    "a text, a list of texts, a list of token ids, or a list of such lists is wanted",
  ),
  max_tokens: z.int().min(0).nullish(),
  echo: z.boolean().nullish(),
  logprobs: z.int().min(0).max(5).nullish(),
});

/** OpenAI's defaults: max_tokens 16, no echo. @throws ApiFault 400 that names the parameter */
export function completionRequest(body: unknown): CompletionRequest {
  const fields = parseFields(schema, body);
  const sampling = samplingOf(fields);
  const { prompt } = fields;
  const prompts: readonly (string | readonly number[])[] =
    typeof prompt === "string"
      ? [prompt]
      : tokenList(prompt)
        ? [prompt]
        : (prompt as readonly (string | readonly number[])[]);
  if (prompts.length * sampling.n > MOST_CHOICES)
    throw badRequest(
      `${prompts.length} prompts x n = ${sampling.n} are more than the ${MOST_CHOICES} choices that a request may have`,
      prompts.length > 1 ? "prompt" : "n",
      "invalid_value",
    );
  return {
    model: fields.model,
    prompts,
    sampling,
    maxTokens: fields.max_tokens ?? 16,
    echo: fields.echo ?? false,
    ...(typeof fields.logprobs === "number" ? { topLogprobs: fields.logprobs } : {}),
  };
}
