// Opens a served model: the key from the environment, the limits from the options.

import { SetupError } from "../core/errors.ts";
import { sleep } from "../model/limits/index.ts";
import { providers } from "../model/providers/index.ts";
import { rngFrom } from "../stats/rng.ts";
import { now } from "./clock.ts";
import type { OpenedModel, OpenOptions } from "./open-model.ts";

const LOOPBACK = /^(?:localhost|127(?:\.\d+){3}|\[::1\])$/u;

/** @throws SetupError when the address or the key is missing. */
export async function openServedModel(name: string, options: OpenOptions): Promise<OpenedModel> {
  if (options.baseUrl === undefined) {
    throw new SetupError("BASE_URL", "a served model needs --base-url", {
      hint: "For example --base-url http://127.0.0.1:8000/v1.",
    });
  }
  const apiKey = process.env[options.apiKeyEnv];
  const host = URL.canParse(options.baseUrl) ? new URL(options.baseUrl).hostname : "";
  if ((apiKey === undefined || apiKey === "") && host !== "" && !LOOPBACK.test(host)) {
    throw new SetupError(
      "API_KEY",
      `the environment variable ${options.apiKeyEnv} holds no key for ${host}`,
      {
        hint: `Set it, or name another with --api-key-env. Only a server on this machine is asked without a key.`,
      },
    );
  }
  const model = await providers["openai-compatible"]({
    name,
    baseUrl: options.baseUrl,
    ...(apiKey === undefined || apiKey === "" ? {} : { apiKey }),
    timeoutMs: 60_000,
    limits: {
      concurrency: options.concurrency,
      clock: { now, sleep },
      rng: rngFrom(options.seed).split("backoff"),
      ...(options.maxCalls === undefined ? {} : { maxCalls: options.maxCalls }),
      ...(options.maxTotalTokens === undefined ? {} : { maxTokens: options.maxTotalTokens }),
    },
  });
  return {
    model,
    selfCheck: "no self-check: a served model shows its words only",
    engine: "AI SDK, OpenAI-compatible chat",
  };
}
