// The AI SDK as a client of the server: what users' code does with it works as with any other provider.

import assert from "node:assert/strict";
import { test, type TestContext } from "node:test";
import { createOpenAICompatible } from "@ai-sdk/openai-compatible";
import { APICallError, generateText, streamText } from "ai";
import { serving } from "../src/serve/serving.test.support.ts";
import type { Conduct } from "../src/serve/fake-served.test.support.ts";

async function client(t: TestContext, conduct: Conduct = {}, apiKey?: string) {
  const found = await serving(t, conduct, apiKey === undefined ? {} : { apiKey });
  const provider = createOpenAICompatible({
    name: "trueline",
    baseURL: `${found.base}/v1`,
    includeUsage: true,
    ...(apiKey === undefined ? {} : { apiKey }),
  });
  return { ...found, provider };
}

test("generateText reads text, finish and usage; its settings arrive", async (t) => {
  const { provider, asked } = await client(t, {}, "sk-test");
  const { text, finishReason, usage } = await generateText({
    model: provider("fake-1"),
    instructions: "Be brief.",
    prompt: "Hi",
    temperature: 0,
    maxOutputTokens: 2,
    stopSequences: ["###"],
    seed: 4,
  });
  assert.deepEqual([text, finishReason], [" Paris is", "length"]);
  assert.deepEqual([usage.inputTokens, usage.outputTokens, usage.totalTokens], [17, 2, 19]);
  const { temperature, maxTokens, stops, seed } = asked[0]!;
  assert.deepEqual(
    { temperature, maxTokens, stops, seed },
    { temperature: 0, maxTokens: 2, stops: ["###"], seed: 4 },
  );
  assert.equal(Buffer.from(asked[0]!.prompt).toString(), "s:Be brief.\nu:Hi\n");
});

test("streamText gets the text part by part, then finish and usage", async (t) => {
  const { provider } = await client(t);
  const result = streamText({ model: provider("fake-1"), prompt: "Hi", temperature: 0 });
  const parts: string[] = [];
  for await (const part of result.textStream) parts.push(part);
  assert.deepEqual(parts, [" Paris", " is", " über"]);
  assert.equal(await result.finishReason, "stop");
  assert.equal((await result.usage).outputTokens, 3);
});

test("a completion model of the SDK is answered too", async (t) => {
  const { provider } = await client(t);
  const { content, finishReason, usage } = await provider.completionModel("fake-1").doGenerate({
    prompt: [{ role: "user", content: [{ type: "text", text: "Hi" }] }],
    temperature: 0,
  });
  assert.deepEqual(content, [{ type: "text", text: " Paris is über" }]);
  assert.equal(finishReason.unified, "stop");
  assert.ok(usage.inputTokens.total! > 0);
});

test("log-probabilities are in the raw answer", async (t) => {
  const { provider } = await client(t);
  const { response } = await generateText({
    model: provider("fake-1"),
    prompt: "Hi",
    temperature: 0,
    providerOptions: { trueline: { logprobs: true, top_logprobs: 1 } },
    include: { responseBody: true },
  });
  const raw = JSON.stringify(response.body);
  assert.match(raw, /"logprobs":\{"content":\[\{"token":" Paris","logprob":-0.125/u);
});

test("the SDK reads our errors: message and status, and does not try again what can't be met", async (t) => {
  const { provider, log } = await client(t);
  await assert.rejects(generateText({ model: provider("gpt-5"), prompt: "Hi" }), (error) => {
    assert.ok(APICallError.isInstance(error));
    assert.equal(error.statusCode, 404);
    assert.match(error.message, /'gpt-5' does not exist here: this server serves 'fake-1'/u);
    return true;
  });
  assert.equal(log.length, 1);
});

test("an abort of the SDK's ends the writing", async (t) => {
  const { provider, writing } = await client(t, {
    hold: () => new Promise((resolve) => setTimeout(resolve, 5)),
    write: () => "y".repeat(150),
  });
  const stop = new AbortController();
  const result = streamText({ model: provider("fake-1"), prompt: "Hi", abortSignal: stop.signal });
  for await (const _ of result.textStream) {
    assert.equal(writing(), 1);
    stop.abort();
  }
  for (let i = 0; writing() > 0 && i < 100; i++) await new Promise((resolve) => setTimeout(resolve, 5));
  assert.equal(writing(), 0);
});
