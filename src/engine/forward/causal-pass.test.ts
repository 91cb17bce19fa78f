import assert from "node:assert/strict";
import { test } from "node:test";
import { causalPass } from "./causal-pass.ts";
import { MASKED, type Past } from "./forward.ts";

const pastOf = (length: number): Past => ({ rows: 1, length, k: [], v: [] });
/** A mask in pictures: "." may be looked at, "x" may not. */
const seen = (...rows: readonly string[]) =>
  Array.from(Float32Array.from(rows.join(""), (c) => (c === "." ? 0 : MASKED)));

test("each token looks at the past, its predecessors in its own row and itself; padding at itself alone", () => {
  const pass = causalPass([[5, 6], [7]], 2, 99, pastOf(1));
  assert.deepEqual([pass.rows, pass.width], [2, 2]);
  assert.deepEqual([...pass.tokens], [5, 6, 99, 7]);
  assert.deepEqual([...pass.positions], [1, 2, 0, 1]);
  assert.deepEqual([...pass.bias], seen("..x", "...", "x.x", ".x."));
  assert.deepEqual(pass.select, [1, 3]);
});

test("without a past the mask is the lower triangle, and all places can be asked for", () => {
  const pass = causalPass([[1, 2, 3]], 3, 0, pastOf(0), "all");
  assert.deepEqual([...pass.bias], seen(".xx", "..x", "..."));
  assert.deepEqual(pass.select, [0, 1, 2]);
  assert.deepEqual([...pass.positions], [0, 1, 2]);
});

test("a row wider than all texts is padded on the left", () => {
  const pass = causalPass([[4]], 3, 9, pastOf(0));
  assert.deepEqual([...pass.tokens], [9, 9, 4]);
  assert.deepEqual([...pass.positions], [0, 0, 0]);
  assert.deepEqual([...pass.bias], seen(".xx", "x.x", "xx."));
});

test("a text without tokens and a text that does not fit are refused", () => {
  assert.throws(() => causalPass([[1], []], 2, 0, pastOf(0)), /a text of 0 tokens/);
  assert.throws(() => causalPass([[1, 2, 3]], 2, 0, pastOf(0)), /a text of 3 tokens in a row of 2/);
});

test("the mask's number is one that float32 holds and whose exponential is exactly 0", () => {
  assert.ok(Number.isFinite(Math.fround(MASKED)));
  assert.equal(Math.fround(Math.exp(MASKED + 1e6)), 0);
});
