import assert from "node:assert/strict";
import { test } from "node:test";
import { tensorTypes } from "./dequantize.ts";

/** Bits of some halves, from the format: sign, 5 bits of exponent (bias 15), 10 of fraction. */
const HALF = { one: 0x3c00, two: 0x4000, minusHalf: 0xb800, quarter: 0x3400, tiny: 0x0001 };

function u16(x: number): readonly number[] {
  return [x & 255, x >> 8];
}

function read(type: number, raw: readonly number[]): readonly number[] {
  const { block, bytes, read: readInto } = tensorTypes[type]!;
  // Not at the start of its buffer, as a part of a larger read would lie.
  const whole = Uint8Array.from([0xff, ...raw]);
  const out = new Float32Array((raw.length / bytes) * block);
  readInto(whole.subarray(1), out);
  return [...out];
}

test("F32 is read as little-endian floats, wherever they lie", () => {
  assert.deepEqual(read(0, [0, 0, 0x80, 0x3f, 0, 0, 0x20, 0xc0]), [1, -2.5]);
});

test("F16 is read as little-endian halves", () => {
  assert.deepEqual(read(1, [...u16(HALF.one), ...u16(HALF.minusHalf), ...u16(HALF.tiny)]), [
    1,
    -0.5,
    2 ** -24,
  ]);
});

test("a Q4_1 block is q d + m: low nibbles are the first 16 values, high nibbles the last 16", () => {
  const nibbles = Array.from({ length: 16 }, (_, i) => i | ((15 - i) << 4));
  const first = read(3, [...u16(HALF.two), ...u16(HALF.minusHalf), ...nibbles]);
  assert.deepEqual(
    first,
    Array.from({ length: 32 }, (_, i) => (i < 16 ? i : 31 - i) * 2 - 0.5),
  );
});

test("blocks of Q4_1 follow each other without padding, each with its own scale and minimum", () => {
  const block = (d: number, m: number, q: number) => [
    ...u16(d),
    ...u16(m),
    ...Array.from({ length: 16 }, () => q | (q << 4)),
  ];
  const both = read(3, [...block(HALF.one, HALF.quarter, 3), ...block(HALF.quarter, HALF.one, 8)]);
  assert.deepEqual(both, [...Array.from({ length: 32 }, () => 3.25), ...Array.from({ length: 32 }, () => 3)]);
});

test("a Q8_0 block is q d with signed bytes", () => {
  const q = Array.from({ length: 32 }, (_, i) => (i * 8 - 128) & 255);
  assert.deepEqual(
    read(8, [...u16(HALF.quarter), ...q]),
    Array.from({ length: 32 }, (_, i) => (i * 8 - 128) / 4),
  );
});
