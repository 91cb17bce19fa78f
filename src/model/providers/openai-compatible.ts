// Any server that speaks OpenAI's chat protocol (vLLM, SGLang, Ollama, llama.cpp, hosted ones), through the AI SDK.

import { createOpenAICompatible } from "@ai-sdk/openai-compatible";
import { generateText, type ModelMessage } from "ai";
import { SetupError } from "../../core/errors.ts";
import type { Finish } from "../../core/observation.ts";
import type { WriteAsk } from "../../core/sample.ts";
import { retryAfterMs, withLimits, type Attempt } from "../limits/index.ts";
import type { Answered, Model } from "../model.ts";
import { faultOf, withoutKey, type Fault } from "./fault.ts";
import type { ServedOptions } from "./served-options.ts";

/** Characters of a prompt that make a token, at the fewest: what a cap on tokens reserves before the server has counted. */
const CHARACTERS_A_TOKEN = 2;

/** @throws SetupError when the address can't be used; while asking, when the first contact shows that nothing can work. */
export function openAiCompatible(options: ServedOptions): Model {
  const { name, apiKey } = options;
  const url = addressOf(options.baseUrl);
  const served = createOpenAICompatible({
    name: "openai-compatible",
    baseURL: url.href.replace(/\/+$/u, ""),
    ...(apiKey === undefined ? {} : { apiKey }),
  });
  let answeredOnce = false;

  /** One request. @throws whatever the SDK throws */
  const request = async (ask: WriteAsk, signal: AbortSignal): Promise<Answered> => {
    const system = ask.messages.filter((m) => m.role === "system").map((m) => m.content);
    const turns = ask.messages
      .filter((m) => m.role !== "system")
      .map((m): ModelMessage => ({ role: m.role as "user" | "assistant", content: m.content }));
    const result = await generateText({
      model: served.chatModel(name),
      messages: turns,
      ...(system.length > 0 ? { instructions: system.join("\n") } : {}),
      maxOutputTokens: ask.maxTokens,
      temperature: ask.temperature,
      ...(ask.topP < 1 ? { topP: ask.topP } : {}),
      ...(ask.temperature > 0 ? { seed: ask.seed } : {}),
      maxRetries: 0,
      abortSignal: signal,
    });
    const usage = { prefilled: result.usage.inputTokens ?? 0, decoded: result.usage.outputTokens ?? 0 };
    const finish = finishOf(result.finishReason, result.rawFinishReason);
    return {
      answer: { kind: "wrote", text: withoutKey(result.text, apiKey), finish, tokens: usage.decoded },
      usage,
    };
  };

  const tryOnce = async (ask: WriteAsk, { signal }: { readonly signal: AbortSignal }): Promise<Attempt> => {
    try {
      const answered = await request(ask, AbortSignal.any([signal, AbortSignal.timeout(options.timeoutMs)]));
      answeredOnce = true;
      return { kind: "answered", answered };
    } catch (error) {
      signal.throwIfAborted();
      const fault = faultOf(error, apiKey);
      if (!answeredOnce) refuseHopeless(fault, url, name);
      if (fault.retry === undefined) {
        return {
          kind: "answered",
          answered: {
            answer: { kind: "failed", because: fault.because },
            usage: { prefilled: 0, decoded: 0 },
          },
          suspect: true,
        };
      }
      const afterMs = retryAfterMs(fault.headers, options.limits.clock.now());
      return {
        kind: "again",
        cause: fault.retry,
        because: fault.because,
        ...(afterMs === undefined ? {} : { afterMs }),
      };
    }
  };
  const worst = (ask: WriteAsk) =>
    ask.maxTokens +
    ask.messages.reduce((n, m) => n + 8 + Math.ceil(m.content.length / CHARACTERS_A_TOKEN), 0);
  const limited = withLimits(tryOnce, worst, options.limits);

  return {
    description: {
      id: `openai-compatible:${name}`,
      title: `${name}, served by ${url.host}`,
      kind: "api",
      revision: { kind: "unpinned", because: "a served model can change at any time" },
      details: { server: url.origin + url.pathname, protocol: "OpenAI-compatible chat" },
    },
    batching: { kind: "each", concurrency: options.limits.concurrency },
    choose: {
      kind: "absent",
      because: "the chat protocol gives no log-probabilities of answers that the model did not write",
    },
    write: (asks, ask) => limited.ask(asks, ask?.signal ? { signal: ask.signal } : {}),
    close: () => Promise.resolve(),
  };
}

/** @throws SetupError when it is no address, or holds a password. */
function addressOf(baseUrl: string): URL {
  let url: URL;
  try {
    url = new URL(baseUrl);
  } catch {
    throw new SetupError("BASE_URL", "--base-url is no address", {
      hint: "For example --base-url http://127.0.0.1:8000/v1.",
    });
  }
  if (url.protocol !== "http:" && url.protocol !== "https:") {
    throw new SetupError("BASE_URL", `--base-url speaks ${url.protocol} where http or https is needed`, {
      hint: "For example --base-url http://127.0.0.1:8000/v1.",
    });
  }
  if (url.username !== "" || url.password !== "" || url.search !== "") {
    throw new SetupError("BASE_URL", "--base-url holds a user name, a password or a query", {
      hint: "Give the bare address, and the key by the environment variable that --api-key-env names: addresses are stored in the record, keys are not.",
    });
  }
  return url;
}

/** Before anything was ever answered, these will not go away by themselves. */
function refuseHopeless(fault: Fault, url: URL, name: string): void {
  const hints: Readonly<Record<number, string>> = {
    401: "Put a valid key into the environment variable that --api-key-env names.",
    403: "The key may not use this model: check its rights.",
    404: `Check --base-url (it usually ends in /v1) and the model's name, ${JSON.stringify(name)}.`,
  };
  const hint =
    fault.retry === "network" ? "Is the server running, and is --base-url right?" : hints[fault.status ?? 0];
  if (hint !== undefined) throw new SetupError("SERVER", `${url.host}: ${fault.because}`, { hint });
}

function finishOf(unified: string, raw: string | undefined): Finish {
  const known: Readonly<Record<string, Finish["unified"]>> = {
    stop: "stop",
    length: "length",
    "content-filter": "filter",
  };
  return { unified: known[unified] ?? "other", raw: raw ?? unified };
}
