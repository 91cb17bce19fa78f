// Rows of float32 in 8 bits: how near they stay, and what is said of it.

import assert from "node:assert/strict";
import { test } from "node:test";
import { TruelineError } from "../../core/errors.ts";
import { rngFrom } from "../../stats/rng.ts";
import { quantiseRows } from "./quantise-rows.ts";
import { valuesOf } from "./quantised-weight.ts";

const uniform = (count: number) => {
  const rng = rngFrom(5);
  return Float32Array.from({ length: count }, () => (rng.int(20001) - 10000) / 10000);
};

test("no value moves by more than half a step of its block, and the error that is returned is the one that was made", () => {
  const values = uniform(6 * 64);
  const { weight, relativeError } = quantiseRows(values, [6, 64]);
  const found = valuesOf(weight);
  let [wrong, all] = [0, 0];
  values.forEach((x, i) => {
    assert.ok(Math.abs(found[i]! - x) <= weight.scales[i >> 5]! * 0.50001, `value ${i}`);
    wrong += (found[i]! - x) ** 2;
    all += x ** 2;
  });
  assert.ok(Math.abs(relativeError - Math.sqrt(wrong / all)) < 1e-6);
  assert.ok(relativeError > 0.002 && relativeError < 0.006, `${relativeError}`);
  assert.equal(weight.offsets, undefined);
});

test("zeros stay zeros, tiny values stay finite, and whole multiples of a scale come back", () => {
  const whole = Float32Array.from({ length: 32 }, (_, i) => (i === 31 ? -127 : i * 4) / 4);
  const { weight, relativeError } = quantiseRows(
    Float32Array.from([...new Float32Array(32), ...whole]),
    [2, 32],
  );
  assert.deepEqual(valuesOf(weight), Float32Array.from([...new Float32Array(32), ...whole]));
  assert.equal(relativeError, 0);
  assert.equal(quantiseRows(new Float32Array(32), [1, 32]).relativeError, 0);
  const tiny = quantiseRows(new Float32Array(32).fill(2 ** -149), [1, 32]);
  assert.ok(valuesOf(tiny.weight).every((x) => Math.abs(x) <= 2 ** -149));
});

test("a shape that the values don't fill, and values that are not finite, are refused", () => {
  const code = (run: () => unknown) => {
    try {
      run();
    } catch (error) {
      assert.ok(error instanceof TruelineError);
      return error.code;
    }
    return "taken";
  };
  assert.equal(
    code(() => quantiseRows(new Float32Array(33), [1, 33])),
    "TENSOR_SIZE",
  );
  assert.equal(
    code(() => quantiseRows(new Float32Array(64), [1, 32])),
    "TENSOR_SIZE",
  );
  for (const bad of [Number.NaN, Number.POSITIVE_INFINITY])
    assert.equal(
      code(() => quantiseRows(new Float32Array(32).fill(bad, 7, 8), [1, 32])),
      "TENSOR_VALUE",
    );
});
