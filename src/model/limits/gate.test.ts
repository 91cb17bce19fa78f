// Tests of the gate: never more inside than it is wide, in order, narrower after an objection, slowly wider again.

import assert from "node:assert/strict";
import { test } from "node:test";
import { adaptiveGate, type Pass } from "./gate.ts";

const free = new AbortController().signal;

async function inside(gate: ReturnType<typeof adaptiveGate>, count: number): Promise<Pass[]> {
  return Promise.all(Array.from({ length: count }, () => gate.enter(free)));
}

test("the next in line enters when one leaves, first come, first served", async () => {
  const gate = adaptiveGate(2);
  const [first, second] = await inside(gate, 2);
  const order: string[] = [];
  const third = gate.enter(free).then((pass) => (order.push("third"), pass));
  const fourth = gate.enter(free).then((pass) => (order.push("fourth"), pass));
  await Promise.resolve();
  assert.deepEqual(order, []);
  first!.leave("passed");
  await third;
  assert.deepEqual(order, ["third"]);
  second!.leave("passed");
  await fourth;
  assert.deepEqual(order, ["third", "fourth"]);
});

test("a wave of objections to requests under way together halves the width once", async () => {
  const gate = adaptiveGate(8);
  for (const pass of await inside(gate, 8)) pass.leave("throttled");
  assert.equal(gate.width(), 4);
  for (const pass of await inside(gate, 4)) pass.leave("throttled");
  assert.equal(gate.width(), 2);
});

test("the width never falls below one", async () => {
  const gate = adaptiveGate(3);
  for (let i = 0; i < 6; i++) (await gate.enter(free)).leave("throttled");
  assert.equal(gate.width(), 1);
});

test("the width grows by one after as many answers as it is wide, and not past its most", async () => {
  const gate = adaptiveGate(4);
  (await gate.enter(free)).leave("throttled");
  const widths: number[] = [];
  for (let i = 0; i < 12; i++) {
    (await gate.enter(free)).leave("passed");
    widths.push(gate.width());
  }
  assert.deepEqual(widths, [2, 3, 3, 3, 4, 4, 4, 4, 4, 4, 4, 4]);
});

test("what is neither answer nor objection leaves the width as it is", async () => {
  const gate = adaptiveGate(4);
  (await gate.enter(free)).leave("throttled");
  for (let i = 0; i < 9; i++) (await gate.enter(free)).leave("neither");
  assert.equal(gate.width(), 2);
});

test("one that is called off while it waits takes no place", async () => {
  const gate = adaptiveGate(1);
  const held = await gate.enter(free);
  const stop = new AbortController();
  const waiting = gate.enter(stop.signal);
  const next = gate.enter(free);
  stop.abort(new Error("called off"));
  await assert.rejects(waiting, /called off/u);
  held.leave("passed");
  (await next).leave("passed");
  await assert.rejects(gate.enter(stop.signal), /called off/u);
});
