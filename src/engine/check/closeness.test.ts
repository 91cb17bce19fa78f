import assert from "node:assert/strict";
import { test } from "node:test";
import { relativeError } from "./closeness.ts";

test("the relative error is the norm of the difference over the norm of the reference", () => {
  assert.equal(relativeError([3, 4], [3, 4]), 0);
  assert.equal(relativeError([3, 5], [3, 4]), 0.2);
  assert.equal(relativeError([0, 0], [3, 4]), 1);
});

test("what cannot be compared is infinitely far: other lengths, nothing, NaN, infinity, a reference of zeros", () => {
  assert.equal(relativeError([1], [1, 2]), Infinity);
  assert.equal(relativeError([], []), Infinity);
  assert.equal(relativeError([Number.NaN, 4], [3, 4]), Infinity);
  assert.equal(relativeError([3, 4], [Infinity, 4]), Infinity);
  assert.equal(relativeError([0], [0]), Infinity);
});
