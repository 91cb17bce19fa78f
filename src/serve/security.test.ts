// Each rule of who may ask, seen to bite over a real socket.

import assert from "node:assert/strict";
import { networkInterfaces } from "node:os";
import { test } from "node:test";
import { SetupError } from "../core/errors.ts";
import { fakeServed } from "./fake-served.test.support.ts";
import { requestLine } from "./serve-text.ts";
import { rawly, serving, soon } from "./serving.test.support.ts";
import { startServer } from "./start-server.ts";

const get = (lines: readonly string[]) =>
  ["GET /v1/models HTTP/1.1", "Connection: close", ...lines, "", ""].join("\r\n");
const statusOf = (answer: string) => Number(/^HTTP\/1\.1 (\d+)/u.exec(answer)?.[1]);

test("only this machine's own names are let in as Host, with the port", async (t) => {
  const { server } = await serving(t);
  const { port } = server;
  for (const host of [`127.0.0.1:${port}`, `localhost:${port}`, `LOCALHOST:${port}`, `[::1]:${port}`])
    assert.equal(statusOf(await rawly(port, get([`Host: ${host}`]))), 200, host);
  for (const host of [
    `evil.example:${port}`,
    "evil.example",
    "127.0.0.1",
    `127.0.0.1:${port + 1}`,
    `localhost.evil.example:${port}`,
    `0.0.0.0:${port}`,
    "",
  ])
    assert.equal(statusOf(await rawly(port, get([`Host: ${host}`]))), 403, host);
  assert.equal(statusOf(await rawly(port, get([]))), 400, "no Host");
  assert.equal(
    statusOf(await rawly(port, get([`Host: 127.0.0.1:${port}`, "Host: evil.example"]))),
    400,
    "two of them",
  );
  const absolute = get([`Host: 127.0.0.1:${port}`]).replace("/v1", "http://evil.example/v1");
  assert.equal(statusOf(await rawly(port, absolute)), 400, "an address instead of a path");
});

test("a page of another origin is refused whatever it sends, and no CORS header is ever there", async (t) => {
  const { server, asked } = await serving(t);
  const { port } = server;
  const host = `Host: 127.0.0.1:${port}`;
  for (const origin of [
    "https://evil.example",
    "null",
    `http://evil.example:${port}`,
    `https://127.0.0.1:${port}`,
    "http://localhost",
  ]) {
    const answer = await rawly(port, get([host, `Origin: ${origin}`]));
    assert.equal(statusOf(answer), 403, origin);
    assert.doesNotMatch(answer, /access-control/iu);
  }
  for (const site of ["cross-site", "same-site"])
    assert.equal(statusOf(await rawly(port, get([host, `Sec-Fetch-Site: ${site}`]))), 403, site);
  const own = await rawly(
    port,
    get([host, `Origin: http://localhost:${port}`, "Sec-Fetch-Site: same-origin"]),
  );
  assert.equal(statusOf(own), 200);
  assert.doesNotMatch(own, /access-control/iu);
  const preflight = get([host, "Origin: https://evil.example", "Access-Control-Request-Method: POST"]);
  assert.equal(statusOf(await rawly(port, preflight.replace("GET", "OPTIONS"))), 403);
  assert.equal(statusOf(await rawly(port, get([host]).replace("GET", "OPTIONS"))), 405);
  assert.equal(asked.length, 0);
});

test("a body that is not JSON by its type is not read: what a page can post without asking", async (t) => {
  const { post, asked } = await serving(t);
  const body = { model: "fake-1", messages: [{ role: "user", content: "Hi" }] };
  for (const type of [
    "text/plain",
    "application/x-www-form-urlencoded",
    "multipart/form-data; boundary=x",
    "",
    "application/jsonp",
  ])
    assert.equal(
      (await post("/v1/chat/completions", body, { headers: { "content-type": type } })).status,
      415,
      type,
    );
  assert.equal(
    (await post("/v1/chat/completions", body, { headers: { "content-encoding": "gzip" } })).status,
    415,
  );
  assert.equal(asked.length, 0);
  const spelled = { headers: { "content-type": "Application/JSON; charset=utf-8" } };
  assert.equal((await post("/v1/chat/completions", body, spelled)).status, 200);
});

test("bodies are bounded in size, said or unsaid, and in depth", async (t) => {
  const { post, server } = await serving(t, {}, { limits: { bodyBytes: 1000 } });
  const large = JSON.stringify({ model: "fake-1", prompt: "y".repeat(5000) });
  assert.equal((await post("/v1/completions", large)).status, 413);
  const head = [
    "POST /v1/completions HTTP/1.1",
    `Host: 127.0.0.1:${server.port}`,
    "Connection: close",
    "Content-Type: application/json",
  ];
  const chunked = [
    ...head,
    "Transfer-Encoding: chunked",
    "",
    large.length.toString(16),
    large,
    "0",
    "",
    "",
  ].join("\r\n");
  assert.equal(statusOf(await rawly(server.port, chunked)), 413);
  const nested = (depth: number) => `{"a":${"[".repeat(depth)}${"]".repeat(depth)}}`;
  assert.match((await post("/v1/completions", nested(64))).text, /nested more than 64/u);
  assert.match((await post("/v1/completions", nested(63))).text, /missing required parameter: 'model'/u);
  assert.match(
    (await post("/v1/completions", `{"a":"${"[".repeat(99)}\\"${"[".repeat(99)}"}`)).text,
    /'model'/u,
  );
  for (const broken of ["", "{", "[1,", "nul", '{"a":1}x'])
    assert.match((await post("/v1/completions", broken)).text, /not valid JSON/u, broken);
  for (const other of ["null", "[]", "3"])
    assert.match((await post("/v1/completions", other)).text, /must be a JSON object/u, other);
});

test("names that every object has are no fields and no paths", async (t) => {
  const { post, base } = await serving(t);
  const hostile = '{"__proto__":{"tools":[1],"model":"fake-1"},"constructor":1,"prompt":"Hi"}';
  assert.match((await post("/v1/completions", hostile)).text, /'model'/u);
  for (const path of ["/__proto__", "/constructor", "/v1", "/v1/models/", "/v1/embeddings", "//v1/models"])
    assert.equal((await fetch(base + path)).status, 404, path);
});

test("a key, where one is wanted, must be there and be right; health is open", async (t) => {
  const { base, json } = await serving(t, {}, { apiKey: "sk-right" });
  const ask = (headers: Record<string, string>) => fetch(`${base}/v1/models`, { headers });
  for (const authorization of [
    "Bearer sk-wrong",
    "Bearer sk-righ",
    "Bearer sk-right2",
    "sk-right",
    "Basic sk-right",
    "Bearer ",
  ]) {
    const response = await ask({ authorization });
    assert.equal(response.status, 401, authorization);
    assert.equal(response.headers.get("www-authenticate"), "Bearer");
    assert.equal(((await response.json()) as { error: { code: string } }).error.code, "invalid_api_key");
  }
  assert.equal((await ask({})).status, 401);
  assert.equal((await ask({ authorization: "Bearer sk-right" })).status, 200);
  assert.equal((await fetch(`${base}/health`)).status, 200);
  const body = { model: "fake-1", prompt: "Hi" };
  assert.equal((await json("/v1/completions", body)).error.code, "invalid_api_key");
  const open = await json("/v1/completions", body, { headers: { authorization: "bearer sk-right" } });
  assert.equal(open.object, "text_completion");
});

test("a client that is slow to ask is cut off, in its headers and in its body", async (t) => {
  const slowHeaders = await serving(t, {}, { limits: { headersMs: 150, requestMs: 60_000 } });
  const begun = rawly(slowHeaders.server.port, "GET /v1/models HTTP/1.1\r\nHost: ");
  assert.equal(statusOf(await soon(begun)), 408);
  const slowBody = await serving(t, {}, { limits: { headersMs: 150, requestMs: 300 } });
  const { port } = slowBody.server;
  const head = `POST /v1/completions HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nContent-Type: application/json\r\nContent-Length: 500\r\n\r\n{`;
  assert.equal(statusOf(await soon(rawly(port, head))), 408);
});

test("headers are bounded", async (t) => {
  const { server } = await serving(t);
  assert.equal(statusOf(await rawly(server.port, get([`X: ${"y".repeat(20_000)}`]))), 431);
});

test("no other address of this machine answers", async (t) => {
  const { server } = await serving(t);
  const others = Object.values(networkInterfaces()).flatMap((all) =>
    (all ?? []).filter((one) => !one.internal && one.family === "IPv4").map((one) => one.address),
  );
  for (const address of [...others, "127.0.0.2"])
    await assert.rejects(
      rawly(server.port, get([`Host: 127.0.0.1:${server.port}`]), address),
      /ECONNREFUSED/u,
      address,
    );
});

test("a port that is in use is for the user to mend", async (t) => {
  const { server } = await serving(t);
  const options = {
    port: server.port,
    seed: 1,
    clock: { now: () => 0, ticks: () => 0 },
    newId: () => "",
    onRequest: () => undefined,
  };
  await assert.rejects(
    startServer(fakeServed().model, options),
    (error) =>
      error instanceof SetupError && /in use/u.test(error.message) && /--port/u.test(error.hint ?? ""),
  );
});

test("a line of the log shows what can't be seen", async (t) => {
  const { base, log } = await serving(t);
  await fetch(`${base}/v1/%1b]0;x?token=secret`);
  assert.equal(log[0]!.path, "/v1/%1b]0;x");
  const line = requestLine({
    method: "GET",
    path: `/\u001b[2J${"y".repeat(500)}`,
    status: 500,
    seconds: 1,
    fault: "a\nb\u202e",
  });
  assert.match(line, /^GET \/␛\[2Jy{115}… 500, 1\.00 s, a␊b⟨U\+202E⟩$/u);
});

test("errors and answers say that nobody may keep, sniff or embed them", async (t) => {
  const { base } = await serving(t);
  for (const path of ["/v1/models", "/nothing"]) {
    const { headers } = await fetch(base + path);
    assert.equal(headers.get("cache-control"), "no-store");
    assert.equal(headers.get("x-content-type-options"), "nosniff");
    assert.equal(headers.get("cross-origin-resource-policy"), "same-origin");
  }
});
