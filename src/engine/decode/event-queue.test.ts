import assert from "node:assert/strict";
import { test } from "node:test";
import { eventQueue } from "./event-queue.ts";

test("values come in order, whoever is first there waits, and after the end there is nothing", async () => {
  const queue = eventQueue<number>(() => assert.fail("nobody left"));
  queue.push(1);
  const first = queue.iterator.next();
  const second = queue.iterator.next();
  const third = queue.iterator.next();
  queue.push(2);
  queue.end();
  queue.push(3);
  assert.deepEqual(await Promise.all([first, second, third]), [
    { done: false, value: 1 },
    { done: false, value: 2 },
    { done: true, value: undefined },
  ]);
  assert.deepEqual(await queue.iterator.next(), { done: true, value: undefined });
});

test("a failure is told once, after the values before it", async () => {
  const queue = eventQueue<number>(() => {});
  queue.push(1);
  queue.fail(new Error("broken"));
  queue.fail(new Error("again"));
  assert.deepEqual(await queue.iterator.next(), { done: false, value: 1 });
  await assert.rejects(queue.iterator.next(), /broken/);
  assert.deepEqual(await queue.iterator.next(), { done: true, value: undefined });
});

test("a listener that leaves is noticed at once, even while it waits", async () => {
  let left = 0;
  const queue = eventQueue<number>(() => left++);
  const waiting = queue.iterator.next();
  const gone = queue.iterator.return!();
  assert.equal(left, 1);
  assert.deepEqual(await gone, { done: true, value: undefined });
  assert.deepEqual(await waiting, { done: true, value: undefined });
  await queue.iterator.return!();
  assert.equal(left, 1, "only once");
});
