// The key is in no word that is stored or shown: planted, sent back by the server in every part of an answer, and looked for everywhere.

import assert from "node:assert/strict";
import { test } from "node:test";
import { inspect } from "node:util";
import { json, type Conduct } from "../../../test/fakes/openai-server.ts";
import { SetupError } from "../../core/errors.ts";
import { rngFrom } from "../../stats/rng.ts";
import type { RetryEvent } from "../limits/index.ts";
import { fakeClock } from "../limits/limits.test.support.ts";
import { keyGuard } from "./key-guard.ts";
import { openAiCompatible } from "./openai-compatible.ts";
import { KEY, ask, served } from "./served.test.support.ts";

/** Any twelve characters of the key in a row are a leak. */
function leaks(text: string): boolean {
  return Array.from({ length: KEY.length - 11 }, (_, i) => KEY.slice(i, i + 12)).some((piece) =>
    text.includes(piece),
  );
}

const echo = `you sent Authorization: Bearer ${KEY}`;
const half = `bad key ${KEY.slice(0, 20)}…`;
const choice = (parts: Record<string, unknown>, finish = "stop") => ({
  id: echo,
  model: echo,
  choices: [{ finish_reason: finish, message: { role: "assistant", ...parts } }],
});
const statuses = [301, 400, 401, 402, 403, 404, 409, 418, 422, 429, 500, 503];
const conducts: readonly Conduct[] = [
  ...statuses.flatMap((status): readonly Conduct[] => [
    (_, response) =>
      json(
        response,
        status,
        { error: { message: echo, type: echo, code: echo, param: echo } },
        { "x-echo": echo },
      ),
    (_, response) => json(response, status, { error: { message: half } }),
    (_, response) => json(response, status, `<html>${echo}</html>`),
    (_, response) => {
      response.writeHead(status, echo, { location: `http://127.0.0.1/${KEY}` });
      response.end();
    },
  ]),
  (_, response) => json(response, 200, choice({ content: echo })),
  (_, response) => json(response, 200, choice({ content: `${"x".repeat(150)} ${KEY}${KEY}` })),
  (_, response) => json(response, 200, choice({ content: half })),
  (_, response) => json(response, 200, choice({ content: null, refusal: echo })),
  (_, response) => json(response, 200, choice({ content: "ok" }, KEY)),
  (_, response) =>
    json(
      response,
      200,
      choice({ content: null, tool_calls: [{ id: KEY, function: { name: KEY, arguments: KEY } }] }),
    ),
  (_, response) => json(response, 200, choice({ content: { [KEY]: echo } })),
  (_, response) => json(response, 200, { [KEY]: echo, choices: [] }),
  (_, response) => json(response, 200, echo),
  (_, response) => {
    response.writeHead(200, { "content-type": "application/json", "x-echo": echo, "content-length": "9000" });
    response.write(`{"a":"${echo}"`, () => response.destroy());
  },
];

test("whatever part of an answer holds the key, no answer, event, error or warning does", async (t) => {
  const shown: string[] = [];
  const warned = (warning: Error) => void shown.push(inspect(warning));
  process.on("warning", warned);
  const events: RetryEvent[] = [];
  let answers = 0;
  for (const conduct of conducts) {
    const { model, server } = await served(t, conduct, {}, { onRetry: (event) => void events.push(event) });
    shown.push(JSON.stringify(model.description), inspect(model, { depth: 9 }));
    for (let i = 0; i < 2; i++) {
      try {
        const found = await model.write([ask]);
        answers += found.length;
        shown.push(JSON.stringify(found));
      } catch (error) {
        assert.ok(error instanceof SetupError);
        assert.equal(error.cause, undefined);
        shown.push(
          inspect(error, { depth: 9, showHidden: true }),
          String(error.stack),
          JSON.stringify(error),
        );
      }
    }
    assert.equal(server.asked[0]?.authorization, `Bearer ${KEY}`);
    await server.close();
  }
  await new Promise((resolve) => setImmediate(resolve));
  process.off("warning", warned);
  shown.push(JSON.stringify(events));
  assert.ok(answers >= 40, `${answers} answers were seen`);
  assert.ok(events.length > 0);
  assert.ok(shown.some((text) => text.includes("[key]")));
  assert.deepEqual(shown.filter(leaks), []);
  assert.ok(leaks(echo) && leaks(half), "the search finds what it looks for");
});

test("the key shows in no error of an address or a name that holds it", () => {
  const make = (change: { name?: string; baseUrl?: string; apiKey?: string }) => () =>
    openAiCompatible({
      name: "x",
      baseUrl: "http://127.0.0.1:9/v1",
      apiKey: KEY,
      timeoutMs: 1,
      limits: { concurrency: 1, rng: rngFrom(1), clock: fakeClock() },
      ...change,
    });
  const bad = [
    { baseUrl: `http://${KEY}@127.0.0.1/v1` },
    { baseUrl: `http://user:${KEY}@127.0.0.1/v1` },
    { baseUrl: `http://127.0.0.1/v1?key=${KEY}` },
    { baseUrl: `http://127.0.0.1/v1#${KEY}` },
    { baseUrl: `http://127.0.0.1/${KEY}/v1` },
    { baseUrl: `http://127.0.0.1/${encodeURIComponent(KEY).replaceAll("-", "%2d")}/v1` },
    { baseUrl: `http ://${KEY}` },
    { baseUrl: `ftp://127.0.0.1/${KEY}` },
    { name: `gpt-${KEY}` },
    { apiKey: `${KEY}\nsecond line` },
    { apiKey: `${KEY}é` },
  ];
  for (const change of bad) {
    assert.throws(
      make(change),
      (error) => error instanceof SetupError && !leaks(inspect(error, { depth: 9 })),
      JSON.stringify(change),
    );
  }
  assert.doesNotThrow(make({ apiKey: ` ${KEY}\n` }));
  assert.doesNotThrow(make({ apiKey: "  " }));
});

test("pieces of a key are replaced, its neighbours stay, and a stand-in key changes nothing that the model says", () => {
  const { said, quoted } = keyGuard(KEY);
  assert.equal(said(`a${KEY}b${KEY}${KEY}c ${KEY.slice(3, 17)}`), "a[key]b[key]c [key]");
  assert.equal(said("a sk-planted key"), `a ${leaks("sk-planted key") ? "[key]" : "sk-planted"} key`);
  assert.equal(said(KEY.slice(0, 11)), KEY.slice(0, 11));
  assert.equal(quoted(`one\u001b[2J\n two ${"x".repeat(300)}`).length, 201);
  assert.equal(keyGuard("EMPTY").said("The glass is EMPTY."), "The glass is EMPTY.");
  assert.equal(keyGuard("EMPTY").quoted("key EMPTY"), "key [key]");
  assert.equal(keyGuard(undefined).said("text"), "text");
});
