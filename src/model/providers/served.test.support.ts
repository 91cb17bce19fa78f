// A served model before a loopback fake, with a clock in which no real time passes, for tests of the provider.

import type { TestContext } from "node:test";
import { openAiServer, type Conduct } from "../../../test/fakes/openai-server.ts";
import type { WriteAsk } from "../../core/sample.ts";
import { fakeClock, limitsOf } from "../limits/limits.test.support.ts";
import type { Limits } from "../limits/index.ts";
import { openAiCompatible } from "./openai-compatible.ts";
import type { ServedOptions } from "./served-options.ts";

/** Made up; of the usual form, so that a part of it is worth finding. */
export const KEY = "sk-planted-7Hq2ZxWv93LmTb0KdRyE5uNa";

export const ask: WriteAsk = {
  kind: "write",
  messages: [{ role: "user", content: "What is the capital of France?" }],
  maxTokens: 7,
  temperature: 0,
  topP: 1,
  seed: 1,
};

export async function served(
  t: TestContext,
  conduct: Conduct,
  change: Partial<Omit<ServedOptions, "limits">> = {},
  limits: Partial<Limits> = {},
) {
  const server = await openAiServer(conduct);
  t.after(server.close);
  const clock = fakeClock(Date.UTC(2026, 0, 1));
  const model = openAiCompatible({
    name: "fake",
    baseUrl: server.baseUrl,
    apiKey: KEY,
    timeoutMs: 20_000,
    limits: limitsOf({ tries: 2, clock, ...limits }),
    ...change,
  });
  /** One ask's reason, or what it is instead of a failure. */
  const outcome = async (one: WriteAsk = ask) => {
    const [answered] = await model.write([one]);
    const answer = answered!.answer;
    return answer.kind === "failed" ? answer.because : answer.kind;
  };
  return { model, server, clock, outcome };
}
