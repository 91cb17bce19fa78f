import assert from "node:assert/strict";
import { test } from "node:test";
import type { GraphSession } from "../graph/session.ts";
import { sessionCache } from "./session-cache.ts";

/** Sessions that note what becomes of them; `run` fails once they are closed. */
function fakes() {
  const log: string[] = [];
  const open = (name: string) => async (): Promise<GraphSession> => {
    log.push(`open ${name}`);
    await Promise.resolve();
    let closed = false;
    return {
      run: async () => {
        if (closed) throw new Error(`${name} is closed`);
        return {};
      },
      close: async () => {
        assert.ok(!closed, `${name} is closed twice`);
        closed = true;
        log.push(`close ${name}`);
      },
    };
  };
  return { log, open };
}

test("a session is opened once, and the one that was not used for longest is closed", async () => {
  const { log, open } = fakes();
  const cache = sessionCache(2);
  for (const name of ["a", "b", "a", "c", "a", "b"])
    await cache.use(name, open(name), (session) => session.run({}));
  assert.deepEqual(log, ["open a", "open b", "open c", "close b", "open b", "close c"]);
});

test("as many stay open as one caller takes in turn, and no more once another comes", async () => {
  const { log, open } = fakes();
  const cache = sessionCache(1);
  for (const name of ["a", "b", "c", "a", "b", "c"])
    await cache.use(name, open(name), (session) => session.run({}), 3);
  assert.deepEqual(log, ["open a", "open b", "open c"]);
  await cache.use("d", open("d"), (session) => session.run({}));
  assert.deepEqual(log.slice(3).toSorted(), ["close a", "close b", "close c", "open d"]);
});

test("a session that is at work is never closed, and overlapping calls share it", async () => {
  const { log, open } = fakes();
  const cache = sessionCache(1);
  let finish = () => {};
  const waiting = new Promise<void>((resolve) => (finish = resolve));
  const slow = cache.use("a", open("a"), async (session) => {
    await waiting;
    return session.run({});
  });
  const shared = cache.use("a", open("a"), (session) => session.run({}));
  await cache.use("b", open("b"), (session) => session.run({}));
  await shared;
  assert.ok(!log.includes("close a"));
  const closing = cache.close();
  await assert.rejects(
    cache.use("c", open("c"), (session) => session.run({})),
    { code: "MODEL_CLOSED" },
  );
  finish();
  await slow;
  await closing;
  assert.deepEqual(log.toSorted(), ["close a", "close b", "open a", "open b"]);
  await cache.close();
  assert.equal(log.length, 4);
});

test("one that can't be opened is tried again, and work that fails gives its session back", async () => {
  const { log, open } = fakes();
  const cache = sessionCache(1);
  const broken = async () => Promise.reject(new Error("no memory"));
  const both = await Promise.allSettled(
    [1, 2].map(() => cache.use("a", broken, (session) => session.run({}))),
  );
  assert.deepEqual(
    both.map(({ status }) => status),
    ["rejected", "rejected"],
  );
  await cache.use("a", open("a"), (session) => session.run({}));
  await assert.rejects(
    cache.use("a", open("a"), () => Promise.reject(new Error("mine"))),
    /mine/,
  );
  await cache.use("b", open("b"), (session) => session.run({}));
  await cache.close();
  assert.deepEqual(log, ["open a", "open b", "close a", "close b"]);
});
