// Completions over a real loopback socket: prompts of every form, log-probabilities, echo, and the score of a given text.

import assert from "node:assert/strict";
import { test } from "node:test";
import { EOS, tokensOf } from "./fake-served.test.support.ts";
import { serving, type Json } from "./serving.test.support.ts";

const url = "/v1/completions";

test("a completion has every field of the API; 16 tokens unless it is said", async (t) => {
  const { complete, asked } = await serving(t);
  assert.deepEqual(await complete({}), {
    id: "cmpl-id1",
    object: "text_completion",
    created: 1_700_000_000,
    model: "fake-1",
    system_fingerprint: "fp_fake",
    choices: [{ index: 0, text: " Paris is über", logprobs: null, finish_reason: "stop" }],
    usage: { prompt_tokens: 2, completion_tokens: 3, total_tokens: 5 },
  });
  assert.equal(asked[0]!.maxTokens, 16);
});

test("a prompt is a text, token ids, or a list of either; choices stand prompt by prompt", async (t) => {
  const { complete, asked } = await serving(t, {
    write: ({ prompt, seed }) => `${prompt.join(" ")} of ${seed}`,
  });
  const texts = async (prompt: unknown, n = 1) =>
    (await complete({ prompt, n, seed: 1, max_tokens: 99 })).choices.map((c: Json) => [
      c.index,
      c.text.split(" of ")[0],
    ]) as unknown;
  assert.deepEqual(await texts("Hi"), [[0, "72 105"]]);
  assert.deepEqual(await texts([72, 105]), [[0, "72 105"]]);
  assert.deepEqual(await texts(["Hi", "Ho"], 2), [
    [0, "72 105"],
    [1, "72 105"],
    [2, "72 111"],
    [3, "72 111"],
  ]);
  assert.deepEqual(await texts([[72, 105], [257]]), [
    [0, "72 105"],
    [1, "257"],
  ]);
  const seeds = asked.slice(2, 6).map(({ seed }) => seed);
  assert.deepEqual([seeds[0], seeds[2]], [1, 1]);
  assert.notEqual(seeds[1], 1);
});

test("log-probabilities: four lists, offsets in characters from the beginning of the prompt", async (t) => {
  const { complete } = await serving(t, { write: () => " überü!" });
  const { choices } = await complete({ prompt: "Hé😀", logprobs: 1 });
  assert.deepEqual(choices[0].logprobs, {
    tokens: [" über", "bytes:\\xc3", "bytes:\\xbc", "!"],
    token_logprobs: [-0.125, -0.125, -0.125, -0.125],
    top_logprobs: [
      { " über": -0.125 },
      { "bytes:\\xc3": -0.125 },
      { "bytes:\\xbc": -0.125 },
      { "!": -0.125 },
    ],
    text_offset: [3, 8, 8, 9],
  });
});

test("logprobs: 0 still names the token itself", async (t) => {
  const { complete } = await serving(t);
  assert.deepEqual((await complete({ logprobs: 0 })).choices[0].logprobs.top_logprobs[0], {
    " Paris": -0.125,
  });
});

test("echo returns the prompt first; without log-probabilities nothing is scored", async (t) => {
  const { complete } = await serving(t);
  const { choices } = await complete({ echo: true });
  assert.equal(choices[0].text, "Hi Paris is über");
  assert.equal(choices[0].logprobs, null);
  const ids = await complete({ prompt: tokensOf("über"), echo: true });
  assert.equal(ids.choices[0].text, "über Paris is über");
});

test("echo with log-probabilities covers prompt and reply; before the first token nothing stands", async (t) => {
  const { complete } = await serving(t);
  const { choices } = await complete({ echo: true, logprobs: 2, n: 2, max_tokens: 2 });
  for (const { text, logprobs } of choices) {
    assert.equal(text, "Hi Paris is");
    assert.deepEqual(logprobs.tokens, ["H", "i", " Paris", " is"]);
    assert.deepEqual(logprobs.token_logprobs, [null, -0.125, -0.125, -0.125]);
    assert.equal(logprobs.top_logprobs[0], null);
    assert.deepEqual(logprobs.top_logprobs[1], { i: -0.125, A: -0.25 });
    assert.deepEqual(logprobs.text_offset, [0, 1, 2, 8]);
  }
});

test("a text is scored without writing: echo and no tokens", async (t) => {
  const { complete, asked } = await serving(t);
  const { choices, usage } = await complete({ echo: true, logprobs: 1, max_tokens: 0 });
  assert.equal(choices[0].text, "Hi");
  assert.equal(choices[0].finish_reason, "length");
  assert.equal(choices[0].logprobs.tokens.length, 2);
  assert.deepEqual(usage, { prompt_tokens: 2, completion_tokens: 0, total_tokens: 2 });
  assert.equal(asked.length, 0);
});

test("as harnesses score a choice, one token more: there is always exactly one entry more, be it the end of the text", async (t) => {
  const { complete, asked } = await serving(t);
  const going = await complete({ prompt: "Hi", echo: true, logprobs: 1, max_tokens: 1 });
  assert.equal(going.choices[0].text, "HiA");
  assert.deepEqual(going.choices[0].logprobs.tokens, ["H", "i", "A"]);
  assert.equal(going.choices[0].finish_reason, "length");
  assert.equal(going.usage.completion_tokens, 1);
  const ended = await complete({ prompt: tokensOf("Hi Paris"), echo: true, logprobs: 1, max_tokens: 1 });
  assert.equal(ended.choices[0].text, "Hi Paris");
  assert.deepEqual(ended.choices[0].logprobs.tokens, ["H", "i", " Paris", "<|end|>"]);
  assert.equal(ended.choices[0].finish_reason, "stop");
  assert.equal(asked.length, 0, "the pass over the prompt knows all of it");
});

test("a stream of completions echoes first, then adds up to the same as no stream", async (t) => {
  const { events, complete } = await serving(t);
  const fields = { prompt: ["Hi", "Ho"], echo: true, logprobs: 1, n: 2, temperature: 1, seed: 3 };
  const whole = await complete(fields);
  const found = await events(url, { ...fields, stream_options: { include_usage: true } });
  assert.equal(found.pop(), "[DONE]");
  const last = found.pop();
  assert.deepEqual(last.choices, []);
  assert.deepEqual(last.usage, whole.usage);
  assert.ok(found.every((e: Json) => e.usage === null && e.object === "text_completion"));
  for (const choice of whole.choices) {
    const own = found.flatMap((e: Json) => e.choices.filter((c: Json) => c.index === choice.index) as Json[]);
    assert.equal(own.map((c: Json) => c.text).join(""), choice.text);
    for (const list of ["tokens", "token_logprobs", "top_logprobs", "text_offset"])
      assert.deepEqual(
        own.flatMap((c: Json) => c.logprobs?.[list] ?? []),
        choice.logprobs[list],
        list,
      );
    assert.deepEqual(own.map((c: Json) => c.finish_reason).filter(Boolean), [choice.finish_reason]);
  }
});

test("a token that the model does not have is refused by number", async (t) => {
  const { complete } = await serving(t);
  const { error } = await complete({ prompt: [1, 999] });
  assert.match(error.message, /token 999 .* 260/u);
  assert.equal((await complete({ prompt: [[1], [EOS, 260]] })).error.param, "prompt[1]");
});

test("a token that the model wants before a text is scored with, and moves no offset", async (t) => {
  const { complete, model } = await serving(t);
  (model.tokens as { encodeText: unknown }).encodeText = (text: string) => [EOS, ...tokensOf(text)];
  const { choices, usage } = await complete({ prompt: "éH", echo: true, logprobs: 0, max_tokens: 0 });
  assert.equal(choices[0].text, "éH");
  assert.deepEqual(choices[0].logprobs.tokens, ["<|end|>", "bytes:\\xc3", "bytes:\\xa9", "H"]);
  assert.deepEqual(choices[0].logprobs.text_offset, [0, 0, 0, 1]);
  assert.equal(usage.prompt_tokens, 4);
});
