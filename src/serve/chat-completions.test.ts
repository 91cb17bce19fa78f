// Chat completions over a real loopback socket: every field that clients read.

import assert from "node:assert/strict";
import { test } from "node:test";
import { serving, type Json } from "./serving.test.support.ts";

const url = "/v1/chat/completions";
const messages = [{ role: "user", content: "Hi" }];

test("a reply has every field of the API", async (t) => {
  const { chat } = await serving(t);
  assert.deepEqual(await chat({}), {
    id: "chatcmpl-id1",
    object: "chat.completion",
    created: 1_700_000_000,
    model: "fake-1",
    system_fingerprint: "fp_fake",
    choices: [
      {
        index: 0,
        message: { role: "assistant", content: " Paris is über", refusal: null },
        logprobs: null,
        finish_reason: "stop",
      },
    ],
    usage: { prompt_tokens: 5, completion_tokens: 3, total_tokens: 8 },
  });
});

test("the defaults are OpenAI's, and what is asked for reaches the decoder", async (t) => {
  const { json, asked } = await serving(t);
  await json(url, { model: "fake-1", messages });
  const { prompt, signal: _, ...rest } = asked[0]!;
  assert.deepEqual(
    { ...rest, seed: typeof rest.seed },
    { maxTokens: 200 - prompt.length, temperature: 1, topP: 1, seed: "number", stops: [] },
  );
  await json(url, {
    model: "fake-1",
    messages,
    temperature: 0.5,
    top_p: 0.9,
    seed: -7,
    stop: "x",
    max_tokens: 9,
    top_logprobs: 4,
    logprobs: true,
  });
  const { prompt: __, signal: ___, ...second } = asked[1]!;
  assert.deepEqual(second, {
    maxTokens: 9,
    temperature: 0.5,
    topP: 0.9,
    seed: -7,
    stops: ["x"],
    topLogprobs: 4,
  });
  await json(url, {
    model: "fake-1",
    messages,
    max_tokens: 9,
    max_completion_tokens: 3,
    stop: null,
    seed: null,
    n: null,
  });
  assert.equal(asked[2]!.maxTokens, 3);
});

test("requests without a seed draw differently, the same after a restart", async (t) => {
  const texts: string[][] = [];
  for (const _ of [1, 2]) {
    const { json } = await serving(t);
    const replies: Json[] = [
      await json(url, { model: "fake-1", messages }),
      await json(url, { model: "fake-1", messages }),
    ];
    texts.push(replies.map((r) => r.choices[0].message.content as string));
  }
  assert.notEqual(texts[0]![0], texts[0]![1]);
  assert.deepEqual(texts[0], texts[1]);
});

test("several choices have seeds of their own that depend on the request's alone; the prompt counts once", async (t) => {
  const { chat } = await serving(t);
  const contents = (body: Json) => body.choices.map((c: Json) => c.message.content as string) as string[];
  const first = await chat({ n: 20, temperature: 1, seed: 5 });
  assert.equal(new Set(contents(first)).size, 20);
  assert.equal(contents(first)[0], "drawn 5");
  assert.deepEqual(contents(await chat({ n: 20, temperature: 1, seed: 5 })), contents(first));
  assert.deepEqual(
    first.choices.map((c: Json) => c.index),
    Array.from({ length: 20 }, (_, i) => i),
  );
  assert.equal(first.usage.prompt_tokens, 5);
  assert.equal(first.usage.total_tokens, 5 + first.usage.completion_tokens);
});

test("a reply that is cut says so, and ends inside no character", async (t) => {
  const { chat } = await serving(t, { write: () => "aü" });
  const { choices, usage } = await chat({ max_tokens: 2 });
  assert.equal(choices[0].finish_reason, "length");
  assert.equal(choices[0].message.content, "a\uFFFD");
  assert.equal(usage.completion_tokens, 2);
});

test("a stop text is no part of the reply, nor of its log-probabilities", async (t) => {
  const { chat } = await serving(t, { write: () => "one###two" });
  const { choices } = await chat({ stop: ["zzz", "##"], logprobs: true });
  assert.equal(choices[0].message.content, "one");
  assert.equal(choices[0].finish_reason, "stop");
  assert.deepEqual(
    choices[0].logprobs.content.map((c: Json) => c.token),
    ["o", "n", "e"],
  );
});

test("what looked like a stop text and was none belongs to the reply, its log-probabilities too", async (t) => {
  const { chat } = await serving(t, { write: () => "one##" });
  const { choices } = await chat({ stop: "###", logprobs: true });
  assert.equal(choices[0].message.content, "one##");
  assert.equal(choices[0].logprobs.content.length, 5);
});

test("log-probabilities name token, bytes and the most probable others; a part of a character is shown by its bytes", async (t) => {
  const { chat } = await serving(t, { write: () => " Parisü" });
  const { choices } = await chat({ logprobs: true, top_logprobs: 2 });
  const entry = (token: string, bytes: number[], logprob: number) => ({ token, logprob, bytes });
  const a = entry("A", [65], -0.25);
  const paris = entry(" Paris", [...Buffer.from(" Paris")], -0.125);
  const [lead, tail] = [entry("\\xc3", [0xc3], -0.125), entry("\\xbc", [0xbc], -0.125)];
  assert.deepEqual(choices[0].logprobs, {
    content: [
      { ...paris, top_logprobs: [paris, a] },
      { ...lead, top_logprobs: [lead, a] },
      { ...tail, top_logprobs: [tail, a] },
    ],
    refusal: null,
  });
});

test("logprobs without top_logprobs list none", async (t) => {
  const { chat } = await serving(t);
  assert.deepEqual((await chat({ logprobs: true })).choices[0].logprobs.content[0].top_logprobs, []);
});

test("a stream: role first, then text, then the finish, then usage, then [DONE]", async (t) => {
  const { events } = await serving(t);
  const found = await events(url, { messages, stream_options: { include_usage: true } });
  const head = {
    id: "chatcmpl-id1",
    object: "chat.completion.chunk",
    created: 1_700_000_000,
    model: "fake-1",
    system_fingerprint: "fp_fake",
  };
  const chunk = (delta: object, finish_reason: string | null = null) => ({
    ...head,
    choices: [{ index: 0, delta, logprobs: null, finish_reason }],
    usage: null,
  });
  assert.deepEqual(found, [
    chunk({ role: "assistant", content: "", refusal: null }),
    chunk({ content: " Paris" }),
    chunk({ content: " is" }),
    chunk({ content: " über" }),
    chunk({}, "stop"),
    { ...head, choices: [], usage: { prompt_tokens: 5, completion_tokens: 3, total_tokens: 8 } },
    "[DONE]",
  ]);
});

test("a stream without include_usage has no usage anywhere", async (t) => {
  const { events } = await serving(t);
  const found = await events(url, { messages });
  assert.ok(found.length > 3 && found.every((e: Json) => e === "[DONE]" || !("usage" in e)));
});

test("a stream of several choices gives each its role, its text and its finish, and adds up to the same as no stream", async (t) => {
  const { events, chat } = await serving(t);
  const whole = await chat({ n: 3, temperature: 1, seed: 9, logprobs: true, top_logprobs: 1 });
  const found = await events(url, {
    messages,
    n: 3,
    temperature: 1,
    seed: 9,
    logprobs: true,
    top_logprobs: 1,
  });
  for (const choice of whole.choices) {
    const own = found.flatMap((e: Json) =>
      e === "[DONE]" ? [] : e.choices.filter((c: Json) => c.index === choice.index),
    );
    assert.equal(own[0].delta.role, "assistant");
    assert.equal(own.map((c: Json) => c.delta.content ?? "").join(""), choice.message.content);
    assert.deepEqual(
      own.flatMap((c: Json) => c.logprobs?.content ?? []),
      choice.logprobs.content,
    );
    assert.deepEqual(
      own.map((c: Json) => c.finish_reason).filter((f: unknown) => f !== null),
      [choice.finish_reason],
    );
    assert.equal(own.at(-1).finish_reason, choice.finish_reason);
  }
  const places = found.map((e: Json) => e.choices?.[0]?.index as number);
  assert.ok(places.indexOf(2) < places.lastIndexOf(0), "the choices come side by side");
});

test("developer speaks as system; text parts become lines; harmless parameters are ignored", async (t) => {
  const { chat, asked } = await serving(t);
  const { choices } = await chat({
    messages: [
      { role: "developer", content: "Be brief." },
      {
        role: "user",
        name: "Ann",
        content: [
          { type: "text", text: "a" },
          { type: "text", text: "b" },
        ],
      },
      { role: "assistant", content: "c", refusal: null },
    ],
    user: "u",
    store: true,
    metadata: { a: "b" },
    service_tier: "auto",
    parallel_tool_calls: true,
    reasoning_effort: "low",
    tools: [],
    logit_bias: {},
    frequency_penalty: 0,
    presence_penalty: 0,
    response_format: { type: "text" },
    top_k: -1,
    never_heard_of: 1,
  });
  assert.equal(choices[0].finish_reason, "stop");
  assert.equal(Buffer.from(asked[0]!.prompt).toString(), "s:Be brief.\nu:a\nb\na:c\n");
});
