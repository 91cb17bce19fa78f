import assert from "node:assert/strict";
import { test } from "node:test";
import { SetupError } from "../../../core/errors.ts";
import type { ByteSource } from "./byte-source.ts";
import { elementTypes } from "./element-types.ts";
import type { Place } from "./place-tensors.ts";
import { readTensor } from "./read-tensor.ts";

const element = elementTypes.get("BF16") as NonNullable<ReturnType<(typeof elementTypes)["get"]>>;
const placed = (shape: readonly number[]): Place => ({
  shape,
  type: "BF16",
  element,
  offset: 100,
  count: shape.reduce((a, d) => a * d, 1),
});

/** A file of ones that notes what is read of it. */
function ones(): { readonly source: ByteSource; readonly reads: [position: number, length: number][] } {
  const reads: [number, number][] = [];
  const fill: ByteSource["fill"] = (into, position) => {
    reads.push([position, into.length]);
    for (let i = 0; i < into.length; i += 2) into.set([0x80, 0x3f], i);
    return Promise.resolve();
  };
  return { source: { path: "w.safetensors", size: 2 ** 52, fill, close: () => Promise.resolve() }, reads };
}

test("a tensor is read in pieces of 4 MiB, one after the other, the last as short as it is", async () => {
  const { source, reads } = ones();
  const values = await readTensor(source, "t", placed([2, 2 ** 21 + 3]));
  assert.equal(values.length, 2 ** 22 + 6);
  assert.ok(values.every((value) => value === 1));
  assert.deepEqual(reads, [
    [100, 2 ** 22],
    [100 + 2 ** 22, 2 ** 22],
    [100 + 2 ** 23, 12],
  ]);
});

test("a tensor that no memory can hold is an error with the numbers, and nothing is read", async () => {
  const { source, reads } = ones();
  await assert.rejects(readTensor(source, "huge\n", placed([2 ** 49])), (error: unknown) => {
    assert.ok(error instanceof SetupError);
    assert.equal(error.code, "MODEL_MEMORY");
    assert.match(error.message, /^w\.safetensors: tensor "huge␊" takes 2251799813685248 bytes as float32/);
    return true;
  });
  assert.deepEqual(reads, []);
});
