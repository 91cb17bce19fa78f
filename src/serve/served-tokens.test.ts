// The adapter to the engine's tokenizer: what stands before a text, what does not stand after, and what a message may hold.

import assert from "node:assert/strict";
import { test } from "node:test";
import type { Tokenizer } from "../engine/tokenizer/tokenizer.ts";
import { servedTokens } from "./served-tokens.ts";

const asked: unknown[] = [];
const engine: Parameters<typeof servedTokens>[0] = {
  vocabulary: 3,
  stops: new Set([2]),
  chat: { kind: "present" },
  affixes: { before: [1], after: [2] },
  encode: (text, options) => {
    asked.push(options?.specialTokens);
    return text.split("").map(() => 0);
  },
  encodeConversation: (messages, options) => {
    asked.push(options?.specialTokensInText);
    return messages.map(() => 0);
  },
  tokenBytes: (id) => Buffer.from(["a", "<s>", "</s>"][id]!),
};

test("a text gets its beginning and no end; its special tokens are tokens, those of a message are text", () => {
  const tokens = servedTokens(engine);
  assert.deepEqual(tokens.encodeText("ab"), [1, 0, 0]);
  assert.deepEqual(tokens.encodeChat([{ role: "user", content: "Hi" }]), [0]);
  // Both are what the tokenizer does unless it is told otherwise.
  assert.deepEqual(asked, [undefined, undefined]);
});

test("the longest token bounds how few tokens a text can come to", () => {
  assert.equal(servedTokens(engine).longest, 4);
});

test("a model without a template says so", () => {
  const absent = { kind: "absent", because: new Error("none") } as unknown as Tokenizer["chat"];
  assert.equal(servedTokens({ ...engine, chat: absent }).speaks, false);
});
