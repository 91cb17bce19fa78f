import assert from "node:assert/strict";
import { test } from "node:test";
import { tinyConfig } from "../../../test/engine/tiny-llama.ts";
import type { TruelineError } from "../../core/errors.ts";
import { checkRequest } from "./check-request.ts";
import type { DecodeRequest } from "./decoder.ts";

const ask = (prompt: readonly number[], change: Partial<DecodeRequest> = {}): DecodeRequest => ({
  prompt,
  maxTokens: 10,
  temperature: 0,
  topP: 1,
  seed: 1,
  ...change,
});

const wrong: readonly (readonly [DecodeRequest, RegExp])[] = [
  [ask([]), /no tokens/],
  [ask([1, 64]), /token 64 is not among the model's 64/],
  [ask([-1]), /token -1/],
  [ask([0.5]), /token 0.5/],
  [ask([1], { maxTokens: 0 }), /maxTokens is 0/],
  [ask([1], { maxTokens: NaN }), /maxTokens is NaN/],
  [ask([1], { temperature: -1 }), /temperature is -1/],
  [ask([1], { temperature: NaN }), /temperature is NaN/],
  [ask([1], { temperature: Infinity }), /temperature is Infinity/],
  [ask([1], { topP: 1.5 }), /topP is 1.5/],
  [ask([1], { stops: ["a", ""] }), /empty stop text/],
  [ask([1], { topLogprobs: 65 }), /topLogprobs is 65/],
  [ask([1], { topLogprobs: 1.5 }), /topLogprobs is 1.5/],
];

test("requests that can't be met are refused, each in words", () => {
  for (const [request, message] of wrong) {
    assert.throws(
      () => checkRequest(request, tinyConfig),
      (error: TruelineError) => {
        assert.equal(error.code, "DECODE_REQUEST");
        assert.match(error.message, message);
        return true;
      },
    );
  }
});

test("a prompt that leaves no room for one token is too long, and the message names both lengths", () => {
  const { nCtx } = tinyConfig;
  const prompt = Array.from({ length: nCtx }, () => 1);
  assert.throws(() => checkRequest(ask(prompt), tinyConfig), {
    code: "TOO_LONG",
    message: new RegExp(`${nCtx} tokens.*context holds ${nCtx}`),
  });
  checkRequest(
    ask(prompt.slice(1), { topLogprobs: 64, topP: 0, temperature: 2, maxTokens: Infinity }),
    tinyConfig,
  );
});
