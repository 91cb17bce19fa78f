// What the terminal shows: a curl line that does what it says whatever the model is called, and lines of requests.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { test } from "node:test";
import { requestLine, startText } from "./serve-text.ts";

const shown = {
  url: "http://127.0.0.1:1/v1",
  title: "T, Q4_1",
  context: 99,
  engine: "engine 1",
  selfCheck: "self-check passed",
};

/** The words that a shell makes of the last line, with `curl` replaced by something that prints them. */
function wordsOf(text: string): string[] {
  const line = text
    .split("\n")
    .at(-1)!
    .trim()
    .replace(/^curl/u, String.raw`printf '%s\n'`);
  return execFileSync("sh", ["-c", line], { encoding: "utf8", env: { MY_KEY: "sk 1" } })
    .trimEnd()
    .split("\n");
}

test("the curl line names the model as it is, quotes and all", () => {
  const words = wordsOf(startText({ ...shown, id: "it's $(a) `model`" }));
  assert.equal(words[0], "http://127.0.0.1:1/v1/chat/completions");
  assert.equal((JSON.parse(words.at(-1)!) as { model: string }).model, "it's $(a) `model`");
});

test("where a key is wanted the line takes it from its variable and does not show it", () => {
  const text = startText({ ...shown, id: "m", keyEnv: "MY_KEY" });
  assert.ok(wordsOf(text).includes("authorization: Bearer sk 1"));
  assert.match(text, /the key is the value of MY_KEY/u);
});

test("address, model, quantisation, context, engine and self-check are said", () => {
  const text = startText({ ...shown, id: "m\u001b" });
  assert.equal(
    text.split("\n").slice(0, 4).join("\n"),
    "m␛ is served at http://127.0.0.1:1/v1\n  T, Q4_1; context 99 tokens; engine 1\n  self-check passed\n" +
      "  no key is asked for; this machine only; Ctrl-C ends it",
  );
});

test("a request is one line, with tokens read and written", () => {
  const used = { promptTokens: 12, completionTokens: 34 };
  const request = { method: "POST", path: "/v1/completions", status: 200, seconds: 12.3 };
  assert.equal(requestLine({ ...request, used }), "POST /v1/completions 200, 12 + 34 tokens, 12 s");
  assert.equal(
    requestLine({ ...request, status: 499, seconds: 0.5, left: true }),
    "POST /v1/completions 499, 0.50 s, the client left before the end",
  );
});
