// Any server that speaks OpenAI's chat protocol (vLLM, SGLang, Ollama, llama.cpp, hosted ones), through the AI SDK.

import { createOpenAICompatible } from "@ai-sdk/openai-compatible";
import { generateText, type ModelMessage } from "ai";
import { SetupError } from "../../core/errors.ts";
import type { WriteAsk } from "../../core/sample.ts";
import { withLimits, type Attempt } from "../limits/index.ts";
import type { Model } from "../model.ts";
import { boundedFetch } from "./bounded-fetch.ts";
import { attemptOf } from "./fault.ts";
import { keyGuard } from "./key-guard.ts";
import { estimatedUsage, readReply, type Reply } from "./read-reply.ts";
import { servedAddress } from "./served-address.ts";
import type { ServedOptions } from "./served-options.ts";

const MOST_BYTES = 4 * 1024 * 1024;
/** Characters of a prompt that make a token, at the fewest: what a cap on tokens reserves before the server has counted. */
const CHARACTERS_A_TOKEN = 2;
const TOKENS_A_TURN = 8;

/**
 * Every failed request is an answer of kind `failed`, with its reason.
 * @throws SetupError when address, name or key can't be used; while asking, when a fault is one that every ask would meet.
 */
export function openAiCompatible(options: ServedOptions): Model {
  const { name, limits, mostBytes = MOST_BYTES } = options;
  const guard = keyGuard(options.apiKey);
  const url = servedAddress(options.baseUrl, guard.key);
  if (guard.said(name) !== name) {
    throw new SetupError("MODEL", "the model's name holds the key", {
      hint: "The name follows openai-compatible:, the key stands in the environment variable that --api-key-env names.",
    });
  }
  let reached = false;
  let answered = false;
  const served = createOpenAICompatible({
    name: "openai-compatible",
    baseURL: url.href.replace(/\/+$/u, ""),
    ...(guard.key === undefined ? {} : { apiKey: guard.key }),
    fetch: boundedFetch(mostBytes, () => {
      reached = true;
    }),
  }).chatModel(name);

  /** One request. @throws whatever the SDK throws */
  const request = async (ask: WriteAsk, signal: AbortSignal): Promise<Reply> =>
    generateText({
      model: served,
      messages: ask.messages.map(({ role, content }): ModelMessage => ({ role, content })),
      // They are the audit's own, and stand where it put them.
      allowSystemInMessages: true,
      maxOutputTokens: ask.maxTokens,
      temperature: ask.temperature,
      ...(ask.topP < 1 ? { topP: ask.topP } : {}),
      ...(ask.temperature > 0 ? { seed: ask.seed } : {}),
      maxRetries: 0,
      abortSignal: signal,
    });

  const tryOnce = async (ask: WriteAsk, { signal }: { readonly signal: AbortSignal }): Promise<Attempt> => {
    try {
      const reply = await request(ask, AbortSignal.any([signal, AbortSignal.timeout(options.timeoutMs)]));
      answered = true;
      return { kind: "answered", answered: readReply(ask, reply, guard.said) };
    } catch (error) {
      signal.throwIfAborted();
      const worst = { prefilled: estimatedUsage(ask, "").prefilled, decoded: ask.maxTokens };
      return attemptOf(error, {
        host: url.host,
        model: name,
        guard,
        reached,
        answered,
        now: limits.clock.now(),
        worst,
      });
    }
  };
  const limited = withLimits(tryOnce, mostTokens, limits);

  return {
    description: {
      id: `openai-compatible:${name}`,
      title: `${name}, served by ${url.host}`,
      kind: "api",
      revision: { kind: "unpinned", because: "a served model can change at any time" },
      details: { server: url.origin + url.pathname, protocol: "OpenAI-compatible chat" },
    },
    batching: { kind: "each", concurrency: limits.concurrency },
    choose: {
      kind: "absent",
      because: "the chat protocol gives no log-probabilities of answers that the model did not write",
    },
    write: (asks, ask) => limited.ask(asks, ask?.signal ? { signal: ask.signal } : {}),
    close: () => Promise.resolve(),
  };
}

function mostTokens(ask: WriteAsk): number {
  const prompt = ask.messages.reduce(
    (sum, { content }) => sum + TOKENS_A_TURN + Math.ceil(content.length / CHARACTERS_A_TOKEN),
    0,
  );
  return prompt + ask.maxTokens;
}
