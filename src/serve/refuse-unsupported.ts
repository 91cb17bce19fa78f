// Parameters that would change the reply and that this server does not follow: refused by name, but for their neutral values.

import { badRequest } from "./api-fault.ts";

type Fields = Readonly<Record<string, unknown>>;
type Neutral = (value: unknown, body: Fields) => boolean;

const is =
  (...values: readonly unknown[]): Neutral =>
  (value) =>
    values.includes(value);
const empty: Neutral = (value) =>
  typeof value === "object" && value !== null && Object.keys(value).length === 0;
const never: Neutral = () => false;

/** Each with what it may be without changing anything; absent and null are always fine. Below the line: what other local servers know. */
const neutral: Readonly<Record<string, Neutral>> = {
  tools: empty,
  functions: empty,
  tool_choice: is("none", "auto"),
  function_call: is("none", "auto"),
  response_format: (value) =>
    typeof value === "object" && value !== null && (value as Fields)["type"] === "text",
  logit_bias: empty,
  frequency_penalty: is(0),
  presence_penalty: is(0),
  modalities: (value) => Array.isArray(value) && value.length === 1 && value[0] === "text",
  audio: never,
  web_search_options: never,
  moderation: never,
  suffix: is(""),
  best_of: (value, body) => value === 1 || value === (body["n"] ?? 1),
  // ---
  top_k: is(0, -1),
  min_p: is(0),
  typical_p: is(1),
  repetition_penalty: is(1),
  repeat_penalty: is(1),
  length_penalty: is(1),
  min_tokens: is(0),
  ignore_eos: is(false),
  use_beam_search: is(false),
  stop_token_ids: empty,
  bad_words: empty,
  allowed_token_ids: never,
  prompt_logprobs: never,
  guided_json: never,
  guided_regex: never,
  guided_choice: never,
  guided_grammar: never,
  structured_outputs: never,
  grammar: is(""),
  json_schema: never,
  chat_template: never,
  chat_template_kwargs: empty,
  continue_final_message: is(false),
  add_generation_prompt: is(true),
  documents: empty,
};

/** @throws ApiFault 400 that names the parameter */
export function refuseUnsupported(body: Fields): void {
  for (const [name, isNeutral] of Object.entries(neutral)) {
    const value = Object.hasOwn(body, name) ? body[name] : undefined;
    if (value === undefined || value === null || isNeutral(value, body)) continue;
    throw badRequest(`'${name}' is not supported by this server`, name, "unsupported_parameter");
  }
}
