import assert from "node:assert/strict";
import { test } from "node:test";
import { measureMatmul } from "./measure-matmul.ts";

test("the rate is operations over the time that the clock says, the best of all", async () => {
  let calls = 0;
  // Every product seems to take 10 ms, so the largest one has the best rate.
  const rate = await measureMatmul(1, () => 10 * calls++);
  assert.ok(Math.abs(rate - (2 * 1536 ** 3) / 1e7) < 1e-9);
});
