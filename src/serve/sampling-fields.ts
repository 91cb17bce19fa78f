// The fields that both kinds of completion share, and what they come to.

import { z } from "zod";
import { badRequest } from "./api-fault.ts";

/** Choices of one request, prompts x n: OpenAI's own limit of n. */
export const MOST_CHOICES = 128;
const MOST_STOPS = 4;

const stop = z
  .custom<string | readonly string[]>(
    (value) =>
      (typeof value === "string" && value !== "") ||
      (Array.isArray(value) &&
        value.length <= MOST_STOPS &&
        value.every((text) => typeof text === "string" && text !== "")),
    `a text or up to ${MOST_STOPS} of them is wanted, none of them empty`,
  )
  .nullish();

export const samplingFields = {
  model: z.string(),
  n: z.int().min(1).max(MOST_CHOICES).nullish(),
  temperature: z.number().min(0).max(2).nullish(),
  top_p: z.number().min(0).max(1).nullish(),
  seed: z.int().nullish(),
  stop,
  stream: z.boolean().nullish(),
  stream_options: z.looseObject({ include_usage: z.boolean().nullish() }).nullish(),
};

const schema = z.looseObject(samplingFields);

export type Sampling = {
  readonly n: number;
  readonly temperature: number;
  readonly topP: number;
  /** Absent: each request draws otherwise. */
  readonly seed?: number;
  readonly stops: readonly string[];
  readonly stream: boolean;
  readonly includeUsage: boolean;
};

/** OpenAI's defaults: temperature 1, top_p 1, n 1. @throws ApiFault 400 */
export function samplingOf(fields: z.infer<typeof schema>): Sampling {
  const stream = fields.stream ?? false;
  if (fields.stream_options && !stream)
    throw badRequest(
      "'stream_options' is only for requests with stream: true",
      "stream_options",
      "invalid_value",
    );
  return {
    n: fields.n ?? 1,
    temperature: fields.temperature ?? 1,
    topP: fields.top_p ?? 1,
    ...(typeof fields.seed === "number" ? { seed: fields.seed } : {}),
    stops: typeof fields.stop === "string" ? [fields.stop] : (fields.stop ?? []),
    stream,
    includeUsage: fields.stream_options?.include_usage ?? false,
  };
}
