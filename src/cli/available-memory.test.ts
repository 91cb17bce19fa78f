import assert from "node:assert/strict";
import { totalmem } from "node:os";
import { test } from "node:test";
import { availableMemory, type MemoryReadings } from "./available-memory.ts";

const machine: MemoryReadings = {
  platform: "linux",
  total: 16e9,
  free: 10e9,
  limit: 2 ** 64,
  leftOfLimit: 10e9,
  cached: 3e9,
};

test("without a container's limit it is what the machine has free", () => {
  for (const limit of [2 ** 64, 16e9, 0]) assert.equal(availableMemory({ ...machine, limit }), 10e9);
});

test("a limit leaves what is not taken of it, caches of files counted as free", () => {
  assert.equal(availableMemory({ ...machine, limit: 4e9, leftOfLimit: 0.5e9 }), 3.5e9);
  assert.equal(availableMemory({ ...machine, limit: 4e9, leftOfLimit: 0.5e9, cached: 0 }), 0.5e9);
});

test("it is never more than the limit, nor than the machine has free", () => {
  assert.equal(availableMemory({ ...machine, limit: 4e9, leftOfLimit: 3e9 }), 4e9);
  assert.equal(availableMemory({ ...machine, free: 1e9, limit: 4e9, leftOfLimit: 3e9 }), 1e9);
});

test("on macOS, where free memory leaves out caches, it is all that there is", () => {
  assert.equal(availableMemory({ ...machine, platform: "darwin", free: 0.1e9 }), 16e9);
});

test("this machine has some, and no more than all", () => {
  const found = availableMemory();
  assert.ok(found > 1e6 && found <= totalmem(), String(found));
});
