// The packed blocks against the dequantiser, bit for bit.

import assert from "node:assert/strict";
import { test } from "node:test";
import { TruelineError } from "../../core/errors.ts";
import { rngFrom } from "../../stats/rng.ts";
import { tensorTypes } from "../weights/dequantize.ts";
import { isPackable, packBlocks } from "./pack-blocks.ts";
import { valuesOf } from "./quantised-weight.ts";

const packable = Object.values(tensorTypes).filter(({ name }) => isPackable(name));

/** Random bytes; each block's halves get exponents from 2^-14 on, `spread` binades wide, and any sign. */
function randomBlocks(name: string, count: number, spread: number): Uint8Array {
  const type = packable.find((t) => t.name === name)!;
  const rng = rngFrom(11).split(`${name} ${spread}`);
  const raw = Uint8Array.from({ length: count * type.bytes }, () => rng.int(256));
  for (let at = 0; at < raw.length; at += type.bytes)
    for (const half of name === "Q4_1" ? [1, 3] : [1])
      raw[at + half] = (raw[at + half]! & 0x83) | ((1 + rng.int(spread)) << 2);
  return raw;
}

function dequantised(name: string, raw: Uint8Array): Float32Array {
  const type = packable.find((t) => t.name === name)!;
  const out = new Float32Array((raw.length / type.bytes) * type.block);
  type.read(raw, out);
  return out;
}

function refusal(run: () => unknown): TruelineError {
  try {
    run();
  } catch (error) {
    assert.ok(error instanceof TruelineError);
    return error;
  }
  return assert.fail("it was taken");
}

test("Q4_0, Q4_1 and Q8_0 come back bit for bit from their packed form", () => {
  assert.deepEqual(packable.map(({ name }) => name).sort(), ["Q4_0", "Q4_1", "Q8_0"]);
  for (const { name } of packable) {
    const raw = randomBlocks(name, 7 * 3, 8);
    const { weight, roundedBlocks } = packBlocks(name, raw, [7, 96]);
    assert.equal(roundedBlocks, 0, name);
    const wanted = dequantised(name, raw);
    const found = valuesOf(weight);
    assert.deepEqual(new Uint32Array(found.buffer), new Uint32Array(wanted.buffer), name);
    assert.equal(weight.offsets === undefined, name !== "Q4_1");
    assert.equal(weight.packed.length, (7 * 96 * weight.bits) / 8);
  }
});

test("the first blocks of a row stand where MatMulNBits looks for them", () => {
  // d = 1, m = 2, value i = i mod 16 in its low half and 15 - i in the high one.
  const block = [0x00, 0x3c, 0x00, 0x40, ...Array.from({ length: 16 }, (_, i) => i | ((15 - i) << 4))];
  const { weight } = packBlocks("Q4_1", Uint8Array.from([...block, ...block]), [2, 32]);
  assert.deepEqual(weight.packed.slice(0, 2), Uint8Array.of(0x10, 0x32));
  assert.deepEqual(weight.packed.slice(8, 10), Uint8Array.of(0xef, 0xcd));
  assert.deepEqual([...weight.scales], [1, 1]);
  assert.deepEqual([...weight.offsets!], [10, 10]);
});

test("offsets stand block by block, scales row by row", () => {
  const raw = randomBlocks("Q4_1", 2 * 3, 8);
  const { weight } = packBlocks("Q4_1", raw, [2, 96]);
  const one = (b: number) => packBlocks("Q4_1", raw.slice(b * 20, b * 20 + 20), [1, 32]).weight;
  for (const [row, block] of [
    [0, 0],
    [0, 2],
    [1, 0],
    [1, 2],
  ] as const) {
    assert.equal(weight.scales[row * 3 + block], one(row * 3 + block).scales[0]);
    assert.equal(weight.offsets![block * 2 + row], one(row * 3 + block).offsets![0]);
  }
});

test("an offset that float32 cannot hold is counted, and off by no more than its rounding", () => {
  const raw = randomBlocks("Q4_1", 400, 30);
  const { weight, roundedBlocks } = packBlocks("Q4_1", raw, [1, 400 * 32]);
  assert.ok(roundedBlocks > 0 && roundedBlocks < 200, `${roundedBlocks}`);
  const wanted = dequantised("Q4_1", raw);
  let different = 0;
  valuesOf(weight).forEach((x, i) => {
    const room = 2 ** -23 * (Math.abs(weight.offsets![i >> 5]!) + Math.abs(wanted[i]!));
    assert.ok(Math.abs(x - wanted[i]!) <= room, `value ${i}: ${x} for ${wanted[i]}`);
    if (x !== wanted[i]) different++;
  });
  assert.ok(different > 0 && different <= roundedBlocks * 32);
});

test("other types, wrong lengths and scales that are not finite are refused", () => {
  assert.equal(refusal(() => packBlocks("Q6_K", new Uint8Array(210), [1, 256])).code, "TENSOR_TYPE");
  assert.equal(refusal(() => packBlocks("constructor", new Uint8Array(20), [1, 32])).code, "TENSOR_TYPE");
  for (const [bytes, shape] of [
    [19, [1, 32]],
    [40, [1, 32]],
    [20, [1, 33]],
    [20, [2, 16]],
  ] as const)
    assert.equal(refusal(() => packBlocks("Q4_1", new Uint8Array(bytes), shape)).code, "TENSOR_SIZE");
  for (const at of [1, 3]) {
    const raw = new Uint8Array(40);
    raw[20 + at] = 0x7c;
    const error = refusal(() => packBlocks("Q4_1", raw, [1, 64]));
    assert.equal(error.code, "TENSOR_VALUE");
    assert.match(error.message, /block 1 /);
  }
});
