// What can't be met is refused in the API's own words, with the parameter named; nothing reaches the decoder.

import assert from "node:assert/strict";
import { test } from "node:test";
import { SetupError, TruelineError } from "../core/errors.ts";
import { serving, type Json } from "./serving.test.support.ts";

const chatUrl = "/v1/chat/completions";
const messages = [{ role: "user", content: "Hi" }];
const part = (content: unknown) => ({ messages: [{ role: "user", content }] });

/** Fields, the parameter that must be named, the code. */
const chats: readonly (readonly [object, string, string])[] = [
  [{ tools: [{ type: "function", function: { name: "f" } }] }, "tools", "unsupported_parameter"],
  [{ functions: [{ name: "f" }] }, "functions", "unsupported_parameter"],
  [{ tool_choice: "required" }, "tool_choice", "unsupported_parameter"],
  [{ response_format: { type: "json_schema", json_schema: {} } }, "response_format", "unsupported_parameter"],
  [{ response_format: { type: "json_object" } }, "response_format", "unsupported_parameter"],
  [{ logit_bias: { "50256": -100 } }, "logit_bias", "unsupported_parameter"],
  [{ frequency_penalty: 0.5 }, "frequency_penalty", "unsupported_parameter"],
  [{ presence_penalty: -1 }, "presence_penalty", "unsupported_parameter"],
  [{ modalities: ["text", "audio"] }, "modalities", "unsupported_parameter"],
  [{ audio: { voice: "x" } }, "audio", "unsupported_parameter"],
  [{ top_k: 5 }, "top_k", "unsupported_parameter"],
  [{ guided_choice: ["a"] }, "guided_choice", "unsupported_parameter"],
  [{ n: 129 }, "n", "invalid_value"],
  [{ n: 0 }, "n", "invalid_value"],
  [{ n: 1.5 }, "n", "invalid_type"],
  [{ temperature: 2.1 }, "temperature", "invalid_value"],
  [{ temperature: "hot" }, "temperature", "invalid_type"],
  [{ top_p: -0.1 }, "top_p", "invalid_value"],
  [{ max_tokens: 0 }, "max_tokens", "invalid_value"],
  [{ max_completion_tokens: "9" }, "max_completion_tokens", "invalid_type"],
  [{ stop: ["a", "b", "c", "d", "e"] }, "stop", "invalid_value"],
  [{ stop: "" }, "stop", "invalid_value"],
  [{ stop: [1] }, "stop", "invalid_value"],
  [{ seed: 0.5 }, "seed", "invalid_type"],
  [{ stream: "yes" }, "stream", "invalid_type"],
  [{ stream_options: { include_usage: true } }, "stream_options", "invalid_value"],
  [{ top_logprobs: 3 }, "top_logprobs", "invalid_value"],
  [{ logprobs: true, top_logprobs: 21 }, "top_logprobs", "invalid_value"],
  [{ logprobs: 3 }, "logprobs", "invalid_type"],
  [{ messages: undefined }, "messages", "missing_required_parameter"],
  [{ messages: [] }, "messages", "invalid_value"],
  [{ messages: "Hi" }, "messages", "invalid_type"],
  [
    { messages: [{ role: "tool", content: "x", tool_call_id: "1" }] },
    "messages[0].role",
    "unsupported_value",
  ],
  [{ messages: [{ role: "constructor", content: "x" }] }, "messages[0].role", "invalid_value"],
  [
    { messages: [...messages, { role: "assistant", tool_calls: [{}] }] },
    "messages[1].tool_calls",
    "unsupported_parameter",
  ],
  [
    part([{ type: "image_url", image_url: { url: "http://x" } }]),
    "messages[0].content[0].type",
    "unsupported_value",
  ],
  [
    part([{ type: "text", text: "x" }, { type: "input_audio" }]),
    "messages[0].content[1].type",
    "unsupported_value",
  ],
  [part([{ type: "text" }]), "messages[0].content[0]", "invalid_type"],
  [part(null), "messages[0].content", "invalid_type"],
  [part([]), "messages[0].content", "invalid_type"],
  [{ model: undefined }, "model", "missing_required_parameter"],
  [{ model: 5 }, "model", "invalid_type"],
];

test("a chat that can't be met is refused with 400 and the parameter's name", async (t) => {
  const { post, asked } = await serving(t);
  for (const [fields, param, code] of chats) {
    const { status, text } = await post(chatUrl, { model: "fake-1", messages, ...fields });
    const { error } = JSON.parse(text) as Json;
    assert.deepEqual(
      { status, ...error, message: error.message.includes(param) },
      { status: 400, message: true, type: "invalid_request_error", param, code },
      text,
    );
  }
  assert.equal(asked.length, 0);
});

test("neutral values of the same parameters pass", async (t) => {
  const { post } = await serving(t);
  const neutral = {
    tools: [],
    tool_choice: "none",
    functions: null,
    logit_bias: {},
    frequency_penalty: 0,
    modalities: ["text"],
    audio: null,
  };
  const { status } = await post(chatUrl, { model: "fake-1", messages, ...neutral });
  assert.equal(status, 200);
});

const completions: readonly (readonly [object, string])[] = [
  [{ prompt: undefined }, "prompt"],
  [{ prompt: [] }, "prompt"],
  [{ prompt: ["a", 1] }, "prompt"],
  [{ prompt: [1.5] }, "prompt"],
  [{ prompt: [-1] }, "prompt"],
  [{ prompt: [["a"]] }, "prompt"],
  [{ prompt: "" }, "prompt"],
  [{ prompt: Array.from({ length: 129 }, () => "a") }, "prompt"],
  [{ prompt: ["a", "b"], n: 65 }, "prompt"],
  [{ suffix: "end" }, "suffix"],
  [{ best_of: 3 }, "best_of"],
  [{ logprobs: 6 }, "logprobs"],
  [{ logprobs: true }, "logprobs"],
  [{ echo: 1 }, "echo"],
  [{ max_tokens: -1 }, "max_tokens"],
];

test("a completion that can't be met is refused with 400 and the parameter's name", async (t) => {
  const { post, asked } = await serving(t);
  for (const [fields, param] of completions) {
    const { status, text } = await post("/v1/completions", { model: "fake-1", prompt: "Hi", ...fields });
    assert.deepEqual([status, (JSON.parse(text) as Json).error.param], [400, param], text);
  }
  assert.equal(asked.length, 0);
});

test("another model's name is 404, and the message says which is served", async (t) => {
  const { post, base } = await serving(t);
  for (const [path, body] of [
    [chatUrl, { messages }],
    ["/v1/completions", { prompt: "Hi" }],
  ] as const) {
    const { status, text } = await post(path, { model: "gpt-4\u202e", ...body });
    const { error } = JSON.parse(text) as Json;
    assert.deepEqual([status, error.code, error.param], [404, "model_not_found", "model"]);
    assert.match(error.message, /'gpt-4⟨U\+202E⟩' .*'fake-1'/u);
  }
  assert.equal((await fetch(`${base}/v1/models/other`)).status, 404);
});

test("a prompt longer than the context is refused with both lengths", async (t) => {
  const { chat, complete, asked } = await serving(t, { context: 20 });
  const { error } = await chat({ messages: [{ role: "user", content: "y".repeat(17) }] });
  assert.equal(error.code, "context_length_exceeded");
  assert.equal(error.param, "messages");
  assert.match(error.message, /20 tokens.*context holds 20: there is no room/u);
  assert.match(
    (await chat({ messages: [{ role: "user", content: "y".repeat(50) }] })).error.message,
    /53 tokens.* 20/u,
  );
  const second = await complete({ prompt: ["ok", "y".repeat(21)] });
  assert.equal(second.error.param, "prompt[1]");
  assert.match(second.error.message, /21 tokens.* 20/u);
  assert.equal(asked.length, 0);
  assert.equal(
    (await complete({ prompt: "y".repeat(20), max_tokens: 0 })).choices[0].finish_reason,
    "length",
  );
});

test("text that can't fit is not even cut into tokens", async (t) => {
  const { complete, model } = await serving(t, { context: 20 });
  (model.tokens as { encodeText: unknown }).encodeText = () => assert.fail("it was");
  const { error } = await complete({ prompt: "y".repeat(1_000_000) });
  assert.match(error.message, /at least 142858 tokens.* 20/u);
});

test("more tokens than there is room for are cut to the room", async (t) => {
  const { chat, complete, asked } = await serving(t, { context: 20 });
  await chat({ max_tokens: 4096 });
  await complete({ max_tokens: 4096 });
  assert.deepEqual(
    asked.map(({ maxTokens }) => maxTokens),
    [15, 18],
  );
});

test("what the decoder and the template refuse is told, without the path of the model's file", async (t) => {
  const tooLong = new TruelineError("TOO_LONG", "the prompt has 30 tokens, the model's context holds 20");
  const one = await serving(t, { fail: { error: tooLong, after: 0 } });
  assert.equal((await one.chat({})).error.code, "context_length_exceeded");
  const two = await serving(t);
  (two.model.tokens as { encodeChat: unknown }).encodeChat = () => {
    throw new SetupError("CHAT_TEMPLATE", "/home/ann/model.gguf: refuses", {
      cause: new Error("roles must\u0007 alternate"),
    });
  };
  const { error } = await two.chat({});
  assert.equal(error.param, "messages");
  assert.equal(error.message, "the model's chat template refuses this conversation: roles must␇ alternate");
});

test("an unexpected error is 500 without a word of it; the log has it whole", async (t) => {
  const failing = { fail: { error: new Error("ENOENT /home/ann/secret"), after: 0 } } as const;
  const { post, log } = await serving(t, failing);
  const { status, text } = await post(chatUrl, { model: "fake-1", messages });
  assert.equal(status, 500);
  assert.doesNotMatch(text, /ann|ENOENT|\.ts/u);
  assert.match(log[0]!.fault!, /ENOENT \/home\/ann\/secret[^]*at /u);
});

test("an error in the midst of a stream ends it with an error event and no [DONE]", async (t) => {
  const { events } = await serving(t, { fail: { error: new Error("ENOENT /home/ann"), after: 2 } });
  const found = await events(chatUrl, { messages });
  assert.equal(found.at(-2).choices[0].delta.content, " is");
  assert.equal(found.at(-1).error.type, "server_error");
  assert.doesNotMatch(JSON.stringify(found), /ann|\[DONE\]/u);
});

test("an error before the first token of a stream has a status of its own", async (t) => {
  const { post } = await serving(t, { fail: { error: new TruelineError("TOO_LONG", "30, 20"), after: 0 } });
  assert.equal((await post(chatUrl, { model: "fake-1", messages, stream: true })).status, 400);
});

test("a model without a chat template answers completions only, and says so", async (t) => {
  const { chat, complete, model } = await serving(t);
  (model.tokens as { speaks: boolean }).speaks = false;
  const { error } = await chat({});
  assert.match(error.message, /no chat template: ask \/v1\/completions/u);
  assert.equal((await complete({})).object, "text_completion");
});
