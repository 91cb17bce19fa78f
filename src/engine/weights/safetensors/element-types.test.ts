import assert from "node:assert/strict";
import { test } from "node:test";
import { elementTypes } from "./element-types.ts";

const { Float16Array } = globalThis as unknown as {
  Float16Array: new (buffer: ArrayBuffer) => ArrayLike<number>;
};
const all = Uint16Array.from({ length: 65536 }, (_, i) => i);

function decoded(type: string, raw: Uint8Array, count: number): Float32Array {
  const out = new Float32Array(count);
  elementTypes.get(type)?.decode(raw, out);
  return out;
}

test("each of the 65,536 halves has the value that Node gives it", () => {
  const out = decoded("F16", new Uint8Array(all.buffer), all.length);
  const reference = new Float16Array(all.buffer);
  for (let bits = 0; bits < all.length; bits++)
    assert.ok(Object.is(out[bits], reference[bits]), bits.toString(16));
});

test("each of the 65,536 bfloat16 values is the float32 with these upper 16 bits", () => {
  const out = decoded("BF16", new Uint8Array(all.buffer), all.length);
  const bits = new Uint32Array(out.buffer);
  for (let i = 0; i < all.length; i++) assert.equal(bits[i], i * 65536);
  assert.equal(out[0x3f80], 1);
  assert.equal(out[0xc049], -3.140625);
});

test("float32 keeps every bit, a signalling NaN's too, wherever in memory its bytes lie", () => {
  const bits = [0x3f800000, 0x7f800001, 0xffc12345, 1, 0x80000000];
  const raw = new Uint8Array(4 * bits.length + 1);
  bits.forEach((b, i) => new DataView(raw.buffer).setUint32(1 + 4 * i, b, true));
  const out = decoded("F32", raw.subarray(1), bits.length);
  assert.deepEqual([...new Uint32Array(out.buffer)], bits);
});
