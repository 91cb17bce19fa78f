// The served model against a loopback server that speaks the protocol, well and badly.

import assert from "node:assert/strict";
import { test, type TestContext } from "node:test";
import { json, openAiServer, reply, type Conduct } from "../../../test/fakes/openai-server.ts";
import { SetupError } from "../../core/errors.ts";
import type { WriteAsk } from "../../core/sample.ts";
import { rngFrom } from "../../stats/rng.ts";
import { openAiCompatible } from "./openai-compatible.ts";
import type { ServedOptions } from "./served-options.ts";

const KEY = "sk-very-secret-0123456789";
const ask: WriteAsk = {
  kind: "write",
  messages: [
    { role: "system", content: "Be brief." },
    { role: "user", content: "What is the capital of France?" },
  ],
  maxTokens: 7,
  temperature: 0,
  topP: 1,
  seed: 1,
};

async function served(t: TestContext, conduct: Conduct, limits: Partial<ServedOptions["limits"]> = {}) {
  const server = await openAiServer(conduct);
  t.after(server.close);
  const slept: number[] = [];
  const clock = { now: Date.parse("2026-01-01T00:00:00Z") };
  const model = openAiCompatible({
    name: "fake",
    baseUrl: server.baseUrl,
    apiKey: KEY,
    timeoutMs: 5_000,
    limits: {
      concurrency: 4,
      tries: 3,
      rng: rngFrom(1),
      clock: {
        now: () => clock.now,
        sleep: (ms) => {
          slept.push(ms);
          clock.now += ms;
          return Promise.resolve();
        },
      },
      ...limits,
    },
  });
  return { model, server, slept };
}

test("a reply comes back with its text, finish and tokens; the request holds what was asked", async (t) => {
  const { model, server } = await served(t, (_, response) => reply(response, "Paris."));
  const [found] = await model.write([ask]);
  assert.deepEqual(found, {
    answer: { kind: "wrote", text: "Paris.", finish: { unified: "stop", raw: "stop" }, tokens: 3 },
    usage: { prefilled: 10, decoded: 3 },
  });
  const { body, authorization } = server.asked[0]!;
  assert.equal(authorization, `Bearer ${KEY}`);
  assert.equal(body.model, "fake");
  assert.equal(body.max_tokens, 7);
  assert.equal(body.temperature, 0);
  assert.deepEqual(
    body.messages.map((m) => m.role),
    ["system", "user"],
  );
});

test("cut, filtered and foreign endings are told apart", async (t) => {
  const endings = ["length", "content_filter", "something_new"];
  const { model } = await served(t, (_, response, count) => reply(response, "x", endings[count - 1]), {
    concurrency: 1,
  });
  const found = [];
  for (const _ of endings) found.push(...(await model.write([ask])));
  assert.deepEqual(
    found.map(({ answer }) => (answer.kind === "wrote" ? answer.finish.unified : answer.kind)),
    ["length", "filter", "other"],
  );
});

test("too many requests are tried again after the time that the server names", async (t) => {
  const { model, slept } = await served(t, (_, response, count) => {
    if (count === 1) json(response, 429, { error: { message: "slow down" } }, { "retry-after": "7" });
    else if (count === 2) json(response, 503, { error: { message: "busy" } }, { "retry-after": "1" });
    else reply(response, "Paris.");
  });
  const [found] = await model.write([ask]);
  assert.equal(found!.answer.kind, "wrote");
  assert.equal(slept.length, 2);
  assert.ok(slept[0]! >= 7_000 && slept[0]! <= 7_700, String(slept[0]));
});

test("what stays broken fails with its reason after a finite number of tries", async (t) => {
  const { model, server } = await served(t, (_, response) =>
    json(response, 500, { error: { message: "boom" } }),
  );
  const [found] = await model.write([ask]);
  assert.equal(server.asked.length, 3);
  assert.deepEqual(found!.answer, {
    kind: "failed",
    because: "given up after 3 tries: the server answered 500: boom",
  });
});

const malformed: readonly (readonly [what: string, conduct: Conduct])[] = [
  ["no JSON", (_, response) => json(response, 200, "<html>nginx</html>")],
  ["half a JSON", (_, response) => json(response, 200, '{"choices":[{"message":')],
  ["no choices", (_, response) => json(response, 200, { id: "x", choices: [] })],
  ["JSON of another kind", (_, response) => json(response, 200, ["hello"])],
  ["a connection that breaks", (_, response) => void response.destroy()],
];

for (const [what, conduct] of malformed) {
  test(`after a good answer, ${what} is a failed answer and no exception`, async (t) => {
    const { model } = await served(t, (asked, response, count) =>
      count === 1 ? reply(response, "ok") : conduct(asked, response, count),
    );
    await model.write([ask]);
    const [found] = await model.write([ask]);
    assert.equal(found!.answer.kind, "failed");
  });
}

test("a reply without content is empty text, which the scorers know", async (t) => {
  const { model } = await served(t, (_, response) => reply(response, null));
  const [found] = await model.write([ask]);
  assert.equal(found!.answer.kind === "wrote" && found!.answer.text, "");
});

for (const status of [401, 403, 404]) {
  test(`${status} at first contact is for the user to mend`, async (t) => {
    const { model } = await served(t, (_, response) => json(response, status, { error: { message: "no" } }));
    await assert.rejects(
      model.write([ask]),
      (error) => error instanceof SetupError && error.hint !== undefined,
    );
  });
}

test("a server that is not there is for the user to mend", async (t) => {
  const { model, server } = await served(t, (_, response) => reply(response, "ok"));
  await server.close();
  await assert.rejects(
    model.write([ask]),
    (error) => error instanceof SetupError && /no answer/u.test(error.message),
  );
});

test("the key shows nowhere, even where the server sends it back", async (t) => {
  const conducts: Conduct[] = [
    (_, response) => reply(response, `your key is ${KEY}`),
    (asked, response) => json(response, 400, { error: { message: `bad header ${asked.authorization}` } }),
  ];
  const { model } = await served(t, (asked, response, count) => conducts[count - 1]!(asked, response, count));
  const shown = JSON.stringify([model.description, await model.write([ask]), await model.write([ask])]);
  assert.ok(!shown.includes(KEY), shown);
  assert.ok(shown.includes("[key]"));
  const first = await served(t, (asked, response) =>
    json(response, 401, { error: { message: `bad header ${asked.authorization}` } }),
  );
  await assert.rejects(first.model.write([ask]), (error: Error) => {
    const chain: string[] = [];
    for (let at: unknown = error; at instanceof Error; at = at.cause) chain.push(at.message, at.stack ?? "");
    return !chain.join(" ").includes(KEY);
  });
});

test("an address that holds a password or is none is refused without being shown", () => {
  for (const baseUrl of [
    "http://me:hunter2@127.0.0.1/v1",
    "http://127.0.0.1/v1?key=hunter2",
    "http://127.0.0.1/v1#hunter2",
    "not an address",
    "file:///etc/passwd",
  ]) {
    const make = () =>
      openAiCompatible({
        name: "x",
        baseUrl,
        timeoutMs: 1,
        limits: { concurrency: 1, rng: rngFrom(1), clock: { now: () => 0, sleep: () => Promise.resolve() } },
      });
    assert.throws(make, (error) => error instanceof SetupError && !error.message.includes("hunter2"));
  }
});

test("at the cap on calls the remaining asks fail with that reason, and are not dropped", async (t) => {
  const { model, server } = await served(t, (_, response) => reply(response, "ok"), {
    maxCalls: 2,
    concurrency: 1,
  });
  const found = [];
  for (let i = 0; i < 4; i++) found.push(...(await model.write([ask])));
  assert.equal(server.asked.length, 2);
  assert.deepEqual(
    found.map(({ answer }) => answer.kind),
    ["wrote", "wrote", "failed", "failed"],
  );
  assert.deepEqual(found[3]!.answer, { kind: "failed", because: "cap on calls reached (2)" });
});

test("at the cap on tokens no further request is sent", async (t) => {
  const { model, server } = await served(t, (_, response) => reply(response, "ok"), {
    maxTokens: 60,
    concurrency: 1,
  });
  for (let i = 0; i < 4; i++) await model.write([ask]);
  // 13 tokens are counted for each answer; a third might have passed the cap.
  assert.equal(server.asked.length, 2);
});

test("a called-off ask throws, so that nothing is recorded for it", async (t) => {
  const stop = new AbortController();
  const { model } = await served(t, () => stop.abort());
  await assert.rejects(model.write([ask], { signal: stop.signal }), { name: "AbortError" });
});

test("never more requests at once than the limit, which is halved when the server says too many", async (t) => {
  let running = 0;
  let most = 0;
  const { model } = await served(
    t,
    async (_, response, count) => {
      most = Math.max(most, ++running);
      await new Promise((resolve) => setTimeout(resolve, 5));
      running--;
      if (count === 1) json(response, 429, { error: { message: "slow" } });
      else reply(response, "ok");
    },
    { concurrency: 3 },
  );
  const found = await model.write(Array.from({ length: 12 }, () => ask));
  assert.ok(most <= 3, `${most} at once`);
  assert.ok(found.every(({ answer }) => answer.kind === "wrote"));
});
