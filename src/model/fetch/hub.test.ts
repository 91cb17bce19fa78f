// The hub as a source, against a hub on loopback that behaves and misbehaves.

import { readFile } from "node:fs/promises";
import { test, type TestContext } from "node:test";
import assert from "node:assert/strict";
import {
  bench,
  content,
  fakeHub,
  modelBytes,
  sends,
  stallsHalfway,
  tiny,
  type HubConduct,
} from "./fakes.test.support.ts";
import { fetchFile } from "./fetch-file.ts";

const hubOnly = { ...tiny, sources: tiny.sources.filter(({ kind }) => kind === "hub") };

/** Fetches from a hub of that conduct and returns why it failed; nothing may be left behind. */
async function failureOf(
  t: TestContext,
  conduct: HubConduct,
  size?: number,
  inactivityMs = 10_000,
): Promise<string> {
  const on = await bench(t, { inactivityMs });
  on.options.env["HF_ENDPOINT"] = (await fakeHub(t, conduct, size)).url;
  await assert.rejects(fetchFile(hubOnly, on.options), { code: "MODEL_UNREACHABLE" });
  assert.deepEqual(await on.names(), []);
  const failed = on.events.find((event) => event.kind === "failed");
  return failed?.because ?? "";
}

test("a file from the hub is stored whole, under the pinned revision, with progress up to its size", async (t) => {
  const on = await bench(t);
  const hub = await fakeHub(t, sends(content));
  // A slash at the end is how people write such an address.
  on.options.env["HF_ENDPOINT"] = `${hub.url}/`;
  const { path, from } = await fetchFile(hubOnly, on.options);
  assert.equal(from, "hub");
  assert.ok((await readFile(path)).equals(content));
  assert.deepEqual(new Set(hub.paths), new Set([`/someone/tiny/resolve/${"f".repeat(40)}/files/tiny.gguf`]));
  const received = on.events.flatMap((event) => (event.kind === "progress" ? [event.received] : []));
  assert.deepEqual(
    received,
    received.toSorted((a, b) => a - b),
  );
  assert.equal(received.at(-1), content.length);
  assert.ok(
    on.events.every(
      (event) => event.kind !== "progress" || (event.step === "download" && event.total === content.length),
    ),
  );
  assert.deepEqual((await on.names()).toSorted(), ["tiny.gguf", "tiny.gguf.sha256.json"]);
});

test("a hub that answers nothing at all is given up", async (t) => {
  assert.match(await failureOf(t, () => {}, -1, 300), /sent nothing for 0\.3 s/u);
});

test("a hub that falls silent before the first byte of the file is given up", async (t) => {
  assert.match(await failureOf(t, () => {}, content.length, 300), /sent nothing for 0\.3 s/u);
});

test("a hub that falls silent half-way is given up", async (t) => {
  assert.match(await failureOf(t, stallsHalfway, content.length, 300), /sent nothing for 0\.3 s/u);
});

test("a hub that sends slowly but never falls silent is not given up", async (t) => {
  // Twelve pieces 100 ms apart take longer than the 600 ms of silence that are allowed.
  const on = await bench(t, { inactivityMs: 600 });
  const piece = Math.ceil(content.length / 12);
  const hub = await fakeHub(t, (_, response) => {
    response.writeHead(200, { "content-length": content.length });
    let at = 0;
    const timer = setInterval(() => {
      if (!response.destroyed) response.write(content.subarray(at, (at += piece)));
      if (at < content.length && !response.destroyed) return;
      clearInterval(timer);
      response.end();
    }, 100);
  });
  on.options.env["HF_ENDPOINT"] = hub.url;
  assert.equal((await fetchFile(hubOnly, on.options)).from, "hub");
});

test("a connection that breaks half-way leaves nothing", async (t) => {
  const broken: HubConduct = (_, response) => {
    response.writeHead(200, { "content-length": content.length });
    response.write(content.subarray(0, 50_000), () => response.destroy());
  };
  assert.notEqual(await failureOf(t, broken), "");
});

test("an answer that ends early without saying so is not the file", async (t) => {
  const short: HubConduct = (_, response) => response.end(content.subarray(0, 150_000));
  assert.equal(await failureOf(t, short), "ended after 150000 of 200000 bytes");
});

test("an answer that never ends is cut off at the pinned size", async (t) => {
  const endless: HubConduct = (_, response) => {
    const more = () => {
      while (!response.destroyed && response.write(content));
      if (!response.destroyed) response.once("drain", more);
    };
    more();
  };
  assert.equal(await failureOf(t, endless), "sends more than the expected 200000 bytes");
});

test("another file of the same size is refused by its hash", async (t) => {
  assert.match(
    await failureOf(t, sends(modelBytes(2))),
    /^sent a file with sha256 [0-9a-f]{64} where [0-9a-f]{64} is expected$/u,
  );
});

test("another size is refused before anything is fetched", async (t) => {
  assert.equal(await failureOf(t, sends(content), 12_345), "offers 12345 bytes where 200000 are expected");
});

test("a file that is not there is said to be missing", async (t) => {
  const missing: HubConduct = (_, response) =>
    response.writeHead(404, { "x-error-code": "EntryNotFound" }).end();
  assert.match(await failureOf(t, missing, -1), /^has no file files\/tiny\.gguf at revision f+$/u);
});

test("an error page is told by its status", async (t) => {
  assert.match(await failureOf(t, (_, response) => response.writeHead(503).end("busy"), -1), /503/u);
  assert.match(await failureOf(t, (_, response) => response.writeHead(403).end("no")), /403/u);
});

test("a web page in the place of an answer is refused", async (t) => {
  const page: HubConduct = (_, response) =>
    response.writeHead(200, { "content-type": "text/html" }).end("<h1>Log in</h1>");
  assert.notEqual(await failureOf(t, page, -1), "");
});

test("a hub that refuses the connection is told with the reason underneath", async (t) => {
  const on = await bench(t);
  await assert.rejects(fetchFile(hubOnly, on.options), /ECONNREFUSED/u);
});

test("an abort half-way ends with its own reason and leaves nothing", async (t) => {
  const stop = new AbortController();
  const on = await bench(t, {
    signal: stop.signal,
    inactivityMs: 60_000,
    onEvent: (event) => {
      if (event.kind === "progress") stop.abort(new Error("the user stopped it"));
    },
  });
  on.options.env["HF_ENDPOINT"] = (await fakeHub(t, stallsHalfway)).url;
  await assert.rejects(fetchFile(tiny, on.options), { message: "the user stopped it" });
  assert.deepEqual(await on.names(), []);
});
