import assert from "node:assert/strict";
import { test } from "node:test";
import { numbers } from "./hooks.test.support.ts";
import { orthonormal } from "./orthonormal.ts";

const dot = (a: ArrayLike<number>, b: ArrayLike<number>) =>
  Array.from(a).reduce((s, x, i) => s + x * b[i]!, 0);

test("a basis is orthonormal and spans the directions, nearly dependent ones too", () => {
  const a = Array.from(numbers(20, 1));
  const near = a.map((x, i) => x + (i === 3 ? 1e-4 : 0));
  const basis = orthonormal([a, near, numbers(20, 2)], 20) as readonly Float64Array[];
  assert.equal(basis.length, 3);
  basis.forEach((b, i) =>
    basis.forEach((c, j) => assert.ok(Math.abs(dot(b, c) - (i === j ? 1 : 0)) < 1e-12)),
  );
  const left = a.map((x, i) => x - basis.reduce((s, b) => s + dot(a, b) * b[i]!, 0));
  assert.ok(Math.sqrt(dot(left, left)) < 1e-12);
});

test("a multiple of a direction, rounded to float32, adds nothing", () => {
  const a = numbers(20, 1);
  const multiple = a.map((x) => 0.3 * x);
  assert.equal((orthonormal([a, multiple, a], 20) as readonly Float64Array[]).length, 1);
});
