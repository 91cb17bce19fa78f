// The served model before a server that answers badly, wrongly, endlessly or not at all: data with a reason, never an exception.

import assert from "node:assert/strict";
import type { ServerResponse } from "node:http";
import { test } from "node:test";
import { json, reply, type Conduct } from "../../../test/fakes/openai-server.ts";
import { SetupError } from "../../core/errors.ts";
import { ask, served } from "./served.test.support.ts";

const message = (parts: Record<string, unknown>, rest: Record<string, unknown> = {}) => ({
  choices: [{ index: 0, finish_reason: "stop", message: { role: "assistant", ...parts } }],
  ...rest,
});
const always =
  (body: unknown, status = 200): Conduct =>
  (_, response) =>
    json(response, status, body);

const unreadable: readonly (readonly [what: string, body: unknown, because: RegExp])[] = [
  ["an HTML page", "<!doctype html><html><body>It works!</body></html>", /it is no JSON/u],
  ["half a JSON", '{"choices":[{"message":{"role":"assis', /it is no JSON/u],
  ["nothing", "", /it is no JSON/u],
  ["a list", ["hello"], /another form/u],
  ["no choices at all", { id: "x" }, /another form/u],
  ["choices that are null", { choices: null }, /another form/u],
  ["an empty list of choices", { choices: [] }, /it holds no reply/u],
  ["content that is a number", message({ content: 7 }), /another form/u],
  [
    "a tool call",
    message({
      content: null,
      tool_calls: [{ id: "1", type: "function", function: { name: "run", arguments: "{}" } }],
    }),
    /calls a tool/u,
  ],
];

for (const [what, body, because] of unreadable) {
  test(`${what} is a failed answer with its reason, asked for once, and costs what it may have cost`, async (t) => {
    const { model, server } = await served(t, always(body));
    const [found] = await model.write([ask]);
    assert.equal(found!.answer.kind, "failed");
    assert.match(found!.answer.kind === "failed" ? found!.answer.because : "", because);
    assert.ok(found!.usage.prefilled > 0);
    assert.equal(server.asked.length, 1);
  });
}

test("a body longer than allowed is given up before it is read whole", async (t) => {
  let sent = 0;
  const { outcome } = await served(
    t,
    async (_, response) => {
      response.writeHead(200, { "content-type": "application/json" });
      response.write('{"choices":[{"message":{"role":"assistant","content":"');
      const piece = "x".repeat(65_536);
      while (!response.destroyed && sent < 2 ** 30) {
        sent += piece.length;
        // Waits for the reader: a loop that only yields would fill memory with what nobody takes.
        if (!response.write(piece)) await drained(response);
      }
    },
    { mostBytes: 100_000 },
  );
  assert.equal(await outcome(), "the server's answer can't be read: longer than 100000 bytes");
  assert.ok(sent < 2 ** 28, `${sent} bytes were taken`);
});

test("a server that hangs is given up after the time allowed, and asked again", async (t) => {
  const causes: string[] = [];
  const onRetry = ({ cause }: { readonly cause: string }) => void causes.push(cause);
  const { outcome } = await served(t, () => undefined, { timeoutMs: 25 }, { tries: 3, onRetry });
  assert.equal(await outcome(), "given up after 3 tries: the request took too long");
  assert.deepEqual(causes, ["timeout", "timeout"]);
});

test("a server that hangs in the middle of its answer is given up too", async (t) => {
  const { outcome } = await served(
    t,
    (_, response) => {
      response.writeHead(200, { "content-type": "application/json" });
      response.write('{"choices":');
    },
    { timeoutMs: 100 },
  );
  assert.equal(await outcome(), "given up after 2 tries: the request took too long");
});

test("an answer that breaks off is asked for again", async (t) => {
  const { outcome, server } = await served(t, (_, response, count) => {
    if (count > 1) return reply(response, "Paris.");
    response.writeHead(200, { "content-type": "application/json", "content-length": "5000" });
    response.write('{"choices":', () => response.destroy());
  });
  assert.equal(await outcome(), "wrote");
  assert.equal(server.asked.length, 2);
});

test("a connection that is cut is asked for again, even at first contact", async (t) => {
  const { outcome } = await served(t, (_, response, count) =>
    count > 1 ? reply(response, "Paris.") : void response.destroy(),
  );
  assert.equal(await outcome(), "wrote");
});

test("a server that goes away later costs its asks and no exception, until there are many", async (t) => {
  const { outcome, server } = await served(t, (_, response) => reply(response, "Paris."));
  assert.equal(await outcome(), "wrote");
  await server.close();
  for (let i = 0; i < 9; i++)
    assert.match(await outcome(), /^given up after 2 tries: no answer from the server: ECONNREFUSED$/u);
  await assert.rejects(outcome(), SetupError);
});

const counts: readonly (readonly [what: string, usage: unknown])[] = [
  ["none", undefined],
  ["null", null],
  ["negative ones", { prompt_tokens: -5, completion_tokens: -1 }],
  ["broken ones", { prompt_tokens: 3.5, completion_tokens: 0.1 }],
  ["impossible ones", { prompt_tokens: 1e300, completion_tokens: 1e300 }],
  ["zeros", { prompt_tokens: 0, completion_tokens: 0 }],
];

for (const [what, usage] of counts) {
  test(`where the server counts tokens and sends ${what}, they are estimated`, async (t) => {
    const { model } = await served(
      t,
      always(message({ content: "It is Paris." }, usage === undefined ? {} : { usage })),
    );
    const [found] = await model.write([ask]);
    // 30 characters and a turn; 12 characters.
    assert.deepEqual(found!.usage, { prefilled: 12, decoded: 3 });
    assert.equal(found!.answer.kind === "wrote" && found!.answer.tokens, 3);
  });
}

test("a refusal in a field of its own is what the model said, and an empty reply is empty", async (t) => {
  const bodies = [message({ content: null, refusal: "I can't help with that." }), message({ content: "" })];
  const { model } = await served(t, (_, response, count) => json(response, 200, bodies[count - 1]));
  const texts = [];
  for (const _ of bodies) texts.push(...(await model.write([ask])));
  assert.deepEqual(
    texts.map(({ answer }) => answer.kind === "wrote" && answer.text),
    ["I can't help with that.", ""],
  );
});

test("messages stand in the request as they were given, a seed only where chance has a part", async (t) => {
  const { model, server } = await served(t, (_, response) => reply(response, "ok"));
  const messages = [
    { role: "system", content: "Be brief." },
    { role: "user", content: "Hi" },
    { role: "assistant", content: "Hello." },
    { role: "system", content: "Be briefer." },
    { role: "user", content: "Who are you?" },
  ] as const;
  await model.write([{ ...ask, messages }]);
  await model.write([{ ...ask, temperature: 1, topP: 0.9, seed: 42 }]);
  assert.deepEqual(server.asked[0]!.body, { model: "fake", max_tokens: 7, temperature: 0, messages });
  const { messages: _, ...settings } = server.asked[1]!.body;
  assert.deepEqual(settings, { model: "fake", max_tokens: 7, temperature: 1, top_p: 0.9, seed: 42 });
});

const hopeless: readonly (readonly [what: string, conduct: Conduct, late: "throws" | "fails"])[] = [
  ["a key that is not accepted", always({ error: { message: "no" } }, 401), "throws"],
  ["an account without credit", always({ error: { message: "no" } }, 402), "throws"],
  [
    "a quota that is used up",
    always({ error: { message: "no", code: "insufficient_quota" } }, 429),
    "throws",
  ],
  ["a model that is not allowed", always({ error: { message: "no" } }, 403), "fails"],
  ["a model that is not there", always({ error: { message: "no" } }, 404), "fails"],
  [
    "an address that has moved",
    (_, response) => json(response, 308, "", { location: "/elsewhere" }),
    "fails",
  ],
];

for (const [what, conduct, late] of hopeless) {
  test(`${what} is for the user to mend at first contact, and ${late === "throws" ? "later too" : "a failed answer later"}`, async (t) => {
    const first = await served(t, conduct);
    await assert.rejects(
      first.outcome(),
      (error) => error instanceof SetupError && (error.hint ?? "") !== "",
    );
    assert.equal(first.server.asked.length, 1);
    const later = await served(t, (asked, response, count) =>
      count === 1 ? reply(response, "ok") : conduct(asked, response, count),
    );
    assert.equal(await later.outcome(), "wrote");
    if (late === "throws") await assert.rejects(later.outcome(), SetupError);
    else assert.match(await later.outcome(), /^the server answered (?:403|404|308)/u);
  });
}

test("a redirection is not followed: prompts and key go nowhere else", async (t) => {
  const elsewhere = await served(t, (_, response) => reply(response, "stolen"));
  const { outcome } = await served(t, (_, response) =>
    json(response, 307, "", { location: `${elsewhere.server.baseUrl}/chat/completions` }),
  );
  await assert.rejects(outcome(), SetupError);
  assert.equal(elsewhere.server.asked.length, 0);
});

test("a setting that the server refuses fails its asks, and ends the run when nothing else ever comes", async (t) => {
  const { outcome } = await served(t, always({ error: { message: "max_tokens is not supported" } }, 400));
  for (let i = 0; i < 9; i++)
    assert.equal(await outcome(), "the server answered 400: max_tokens is not supported");
  await assert.rejects(outcome(), /max_tokens is not supported/u);
});

test("asks that a working server refuses one by one never end the run", async (t) => {
  const { outcome } = await served(t, (_, response, count) =>
    count === 1
      ? reply(response, "ok")
      : json(response, 400, { error: { message: "the prompt was filtered" } }),
  );
  assert.equal(await outcome(), "wrote");
  for (let i = 0; i < 15; i++)
    assert.equal(await outcome(), "the server answered 400: the prompt was filtered");
});

test("a stop closes the connections under way", async (t) => {
  const stop = new AbortController();
  let closed = 0;
  const { model } = await served(t, (_, response, count) => {
    response.on("close", () => closed++);
    if (count === 2) stop.abort();
  });
  await assert.rejects(model.write([ask, ask], { signal: stop.signal }), { name: "AbortError" });
  while (closed < 2) await new Promise((resolve) => setImmediate(resolve));
  assert.equal(closed, 2);
});

test("after a wave of objections fewer are asked at once, and only when the server wants to be asked again", async (t) => {
  let running = 0;
  const widths: number[] = [];
  const { model, clock } = await served(
    t,
    async (_, response, count) => {
      running++;
      widths.push(running);
      if (count <= 4) while (widths.length < 4) await new Promise((resolve) => setImmediate(resolve));
      running--;
      if (count <= 4) json(response, 429, { error: { message: "slow down" } }, { "retry-after-ms": "1500" });
      else reply(response, "ok");
    },
    {},
    { concurrency: 4 },
  );
  const found = await model.write(Array.from({ length: 8 }, () => ask));
  assert.ok(found.every(({ answer }) => answer.kind === "wrote"));
  assert.equal(Math.max(...widths.slice(0, 4)), 4);
  assert.ok(Math.max(...widths.slice(4, 6)) <= 2, `${widths.join(" ")}`);
  assert.ok(clock.slept.length > 0 && clock.slept.every((ms) => ms <= 1500));
});

/** Resolves when the reader has taken what was written, or has gone. */
function drained(response: ServerResponse): Promise<void> {
  return new Promise((resolve) => {
    const go = () => {
      response.off("drain", go);
      response.off("close", go);
      resolve();
    };
    response.on("drain", go);
    response.on("close", go);
  });
}
