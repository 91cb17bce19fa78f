import assert from "node:assert/strict";
import { test } from "node:test";
import { halfTable } from "./half.ts";

const { Float16Array } = globalThis as unknown as {
  Float16Array: new (buffer: ArrayBuffer) => ArrayLike<number>;
};

test("every one of the 65,536 halves has the value that Node's own Float16Array gives it", () => {
  const reference = new Float16Array(Uint16Array.from({ length: 65536 }, (_, i) => i).buffer);
  const table = halfTable();
  assert.equal(table.length, 65536);
  for (let bits = 0; bits < 65536; bits++) {
    assert.ok(
      Object.is(table[bits], reference[bits]),
      `${bits.toString(16)}: ${table[bits]} for ${reference[bits]}`,
    );
  }
});

test("a NaN keeps its sign and its payload, moved to the top of the float's fraction", () => {
  const bits = new Uint32Array(halfTable().buffer);
  assert.equal(bits[0x7e00], 0x7fc00000);
  assert.equal(bits[0x7c01], 0x7f802000);
  assert.equal(bits[0xffff], 0xffffe000);
  assert.equal(bits[0xfc00], 0xff800000);
});
