// The body of POST /v1/chat/completions, read.

import { z } from "zod";
import type { Message, Role } from "../core/message.ts";
import { badRequest } from "./api-fault.ts";
import { parseFields } from "./parse-fields.ts";
import { samplingFields, samplingOf, type Sampling } from "./sampling-fields.ts";

export type ChatRequest = {
  readonly model: string;
  readonly messages: readonly Message[];
  readonly sampling: Sampling;
  /** Absent: as far as the context goes. */
  readonly maxTokens?: number;
  /** How many of the most probable tokens to list at each place; absent: no log-probabilities at all. */
  readonly topLogprobs?: number;
};

const schema = z.looseObject({
  ...samplingFields,
  messages: z.array(z.looseObject({ role: z.string(), content: z.unknown().optional() })).min(1),
  max_tokens: z.int().min(1).nullish(),
  max_completion_tokens: z.int().min(1).nullish(),
  logprobs: z.boolean().nullish(),
  top_logprobs: z.int().min(0).max(20).nullish(),
});

/** `developer` is what newer models call `system`. */
const roles: Readonly<Record<string, Role>> = {
  system: "system",
  developer: "system",
  user: "user",
  assistant: "assistant",
};

/** @throws ApiFault 400 that names the parameter */
export function chatRequest(body: unknown): ChatRequest {
  const fields = parseFields(schema, body);
  const maxTokens = fields.max_completion_tokens ?? fields.max_tokens;
  if (typeof fields.top_logprobs === "number" && !fields.logprobs)
    throw badRequest(
      "'top_logprobs' is only for requests with logprobs: true",
      "top_logprobs",
      "invalid_value",
    );
  return {
    model: fields.model,
    messages: fields.messages.map(messageOf),
    sampling: samplingOf(fields),
    ...(typeof maxTokens === "number" ? { maxTokens } : {}),
    ...(fields.logprobs ? { topLogprobs: fields.top_logprobs ?? 0 } : {}),
  };
}

function messageOf(message: Readonly<Record<string, unknown>>, at: number): Message {
  const name = String(message["role"]);
  const param = `messages[${at}]`;
  const role = Object.hasOwn(roles, name) ? roles[name] : undefined;
  if (role === undefined)
    throw badRequest(
      `'${param}.role' must be one of ${Object.keys(roles).join(", ")}`,
      `${param}.role`,
      name === "tool" || name === "function" ? "unsupported_value" : "invalid_value",
    );
  for (const unsupported of ["tool_calls", "function_call", "audio"]) {
    const value = message[unsupported];
    if (value === undefined || value === null || (Array.isArray(value) && value.length === 0)) continue;
    throw badRequest(
      `'${param}.${unsupported}' is not supported by this server`,
      `${param}.${unsupported}`,
      "unsupported_parameter",
    );
  }
  return { role, content: contentOf(message["content"], `${param}.content`) };
}

/** Several text parts become the lines of one text, as other local servers have it. */
function contentOf(content: unknown, param: string): string {
  if (typeof content === "string") return content;
  if (!Array.isArray(content) || content.length === 0)
    throw badRequest(`'${param}' must be a text or a list of text parts`, param, "invalid_type");
  return content
    .map((part: unknown, i) => {
      const { type, text } = (typeof part === "object" && part !== null ? part : {}) as Record<
        string,
        unknown
      >;
      if (type === "text" && typeof text === "string") return text;
      const named = typeof type === "string" && type !== "text" && /^\w{1,40}$/u.test(type);
      throw badRequest(
        named
          ? `'${param}[${i}].type': parts of type ${type} are not supported by this server, only text`
          : `'${param}[${i}]' must be {"type": "text", "text": "…"}`,
        named ? `${param}[${i}].type` : `${param}[${i}]`,
        named ? "unsupported_value" : "invalid_type",
      );
    })
    .join("\n");
}
