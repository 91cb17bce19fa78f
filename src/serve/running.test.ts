// Requests that run, wait, are left, and a server that ends while they do.

import assert from "node:assert/strict";
import { connect } from "node:net";
import { test } from "node:test";
import { serving, soon, until, type Json } from "./serving.test.support.ts";

const chatUrl = "/v1/chat/completions";
const messages = [{ role: "user", content: "Hi" }];
const body = { model: "fake-1", messages, temperature: 0 };

function gate() {
  let open: () => void = () => undefined;
  const opened = new Promise<void>((resolve) => (open = resolve));
  return { open, hold: () => opened };
}

test("models, one model and health are told", async (t) => {
  const { base } = await serving(t);
  const read = async (path: string) => (await fetch(base + path)).json() as Promise<Json>;
  const model = { id: "fake-1", object: "model", created: 1_700_000_000, owned_by: "trueline" };
  assert.deepEqual(await read("/v1/models"), { object: "list", data: [model] });
  assert.deepEqual(await read("/v1/models/fake-1"), model);
  assert.deepEqual(await read("/v1/models/fake%2D1?x=1"), model);
  assert.deepEqual(await read("/health"), { status: "ok" });
  assert.equal((await fetch(`${base}${chatUrl}`)).headers.get("allow"), "POST");
  assert.equal((await fetch(`${base}/v1/models`, { method: "DELETE" })).status, 405);
});

test("no more choices are written at once than there are places, and all are written", async (t) => {
  const { open, hold } = gate();
  const { chat, writing, asked } = await serving(t, { hold }, { limits: { atOnce: 3 } });
  const replies = [chat({ n: 5 }), chat({})];
  await until(() => writing() === 3);
  await new Promise((resolve) => setTimeout(resolve, 30));
  assert.equal(asked.length, 3);
  open();
  for (const { choices } of await Promise.all(replies))
    assert.equal(choices.at(-1).message.content, " Paris is über");
  assert.equal(asked.length, 6);
});

test("past the queue a request is refused with 429 and when to come again", async (t) => {
  const { open, hold } = gate();
  const { chat, post, server, writing, base } = await serving(
    t,
    { hold },
    { limits: { atOnce: 1, requests: 2 } },
  );
  const running = [chat({}), chat({})];
  await until(() => server.busy() === 2 && writing() === 1);
  const { status, headers, text } = await soon(post(chatUrl, body));
  assert.deepEqual([status, headers.get("retry-after")], [429, "1"]);
  assert.equal((JSON.parse(text) as Json).error.code, "rate_limit_exceeded");
  assert.equal((await fetch(`${base}/v1/models`)).status, 200, "what needs no place is answered");
  open();
  await Promise.all(running);
  assert.equal((await post(chatUrl, body)).status, 200);
});

for (const stream of [true, false]) {
  test(`a client that leaves a ${stream ? "stream" : "reply"} ends the writing, of all choices, and frees the places`, async (t) => {
    const { open, hold } = gate();
    const { base, writing, aborted, asked, log, chat, server } = await serving(
      t,
      { hold },
      { limits: { atOnce: 2 } },
    );
    const leave = new AbortController();
    const reply = fetch(base + chatUrl, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ ...body, n: 4, stream }),
      signal: leave.signal,
    });
    reply.catch(() => undefined);
    await until(() => writing() === 2);
    leave.abort();
    await until(() => asked.every(({ signal }) => signal!.aborted));
    open();
    await until(() => writing() === 0 && server.busy() === 0 && log.length === 1);
    assert.equal(aborted(), 2);
    assert.equal(asked.length, 2, "those that waited were never begun");
    assert.deepEqual([log[0]!.left, log[0]!.status], [true, stream ? 200 : 499]);
    assert.equal((await chat({ n: 2 })).choices.length, 2);
  });
}

test("one choice that fails ends the writing of the others", async (t) => {
  const { hold } = gate();
  const fail = {
    error: new Error("broken"),
    after: 0,
    when: ({ seed }: { seed: number }) => seed === 5,
  } as const;
  const { chat, writing, aborted } = await serving(t, { hold, fail });
  assert.equal((await soon(chat({ n: 3, seed: 5 }) as Promise<Json>)).error.type, "server_error");
  assert.deepEqual([writing(), aborted()], [0, 3]);
});

test("a reader that takes nothing is given up", async (t) => {
  const long = "y".repeat(12_000);
  const { server, log, writing } = await serving(
    t,
    { write: () => long, context: 1_000_000 },
    { limits: { stallMs: 100 } },
  );
  // Far more than the buffers of two sockets hold.
  const text = JSON.stringify({ ...body, stream: true, logprobs: true, top_logprobs: 7 });
  const socket = connect(server.port, "127.0.0.1", () =>
    socket.write(
      `POST ${chatUrl} HTTP/1.1\r\nHost: 127.0.0.1:${server.port}\r\nContent-Type: application/json\r\nContent-Length: ${text.length}\r\n\r\n${text}`,
    ),
  );
  socket.pause();
  socket.on("error", () => undefined);
  t.after(() => socket.destroy());
  await until(() => log.length === 1);
  assert.equal(log[0]!.left, true);
  assert.equal(writing(), 0);
});

test("a server that ends lets running requests finish and takes no new ones", async (t) => {
  const { open, hold } = gate();
  const { chat, server, base } = await serving(t, { hold });
  const running = chat({});
  await until(() => server.busy() === 1);
  const closed = server.close(5_000);
  await assert.rejects(fetch(`${base}/health`));
  open();
  assert.equal((await running).choices[0].message.content, " Paris is über");
  // A connection that is kept for the next request must not hold it up.
  await soon(closed);
});

test("what has not finished in time is told so: 503, or an error in the stream", async (t) => {
  const slow = () => new Promise<void>((resolve) => setTimeout(resolve, 80));
  const { post, server, events } = await serving(t, { hold: slow, write: () => "y".repeat(50) });
  const whole = post(chatUrl, body);
  const stream = events(chatUrl, { messages });
  await until(() => server.busy() === 2);
  await new Promise((resolve) => setTimeout(resolve, 50));
  await server.close(50);
  const { status, text } = await soon(whole);
  assert.equal(status, 503);
  assert.match(text, /stopping/u);
  assert.match((await stream).at(-1).error.message, /stopping/u);
});

test("a request on a connection that was kept is refused while the server ends", async (t) => {
  const { open, hold } = gate();
  const { chat, server } = await serving(t, { hold });
  const running = chat({});
  const head = `POST ${chatUrl} HTTP/1.1\r\nHost: 127.0.0.1:${server.port}\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n`;
  let got = "";
  const socket = connect(server.port, "127.0.0.1", () => socket.write(head));
  socket.on("data", (part) => (got += part.toString()));
  socket.on("error", () => undefined);
  await until(() => server.busy() === 1);
  await new Promise((resolve) => setTimeout(resolve, 30));
  const closed = server.close(5_000);
  socket.write("{}");
  await until(() => got.includes("503"));
  open();
  await running;
  await closed;
});

test("each request is told with tokens and seconds", async (t) => {
  const { chat, log } = await serving(t);
  await chat({});
  await until(() => log.length === 1);
  assert.deepEqual(log, [
    {
      method: "POST",
      path: chatUrl,
      status: 200,
      used: { promptTokens: 5, completionTokens: 3 },
      seconds: 0.25,
    },
  ]);
});
