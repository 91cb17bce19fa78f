// Every tensor type against the values that the Python package gguf gives (test/golden/weights/dequantize.py), bit for bit.

import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import path from "node:path";
import { test } from "node:test";
import { tensorTypes, tensorTypeOf } from "./dequantize.ts";

type Golden = {
  readonly types: readonly {
    readonly name: string;
    readonly type: number;
    readonly block: number;
    readonly bytes: number;
    readonly blocks: readonly { readonly what: string; readonly raw: string; readonly values: string }[];
    readonly sweep: {
      readonly of: string;
      readonly blocks: number;
      readonly seed: number;
      readonly sha256: string;
    };
  }[];
};

const file = path.resolve(import.meta.dirname, "../../../test/golden/weights/dequantize.json");
const { types } = JSON.parse(readFileSync(file, "utf8")) as Golden;

/** Bit patterns of the values in `raw`, with any NaN of a type with scales written as 0x7fc00000, as the golden file has it. */
function bitsFrom(type: number, raw: Uint8Array): Uint32Array {
  const { block, bytes, read } = tensorTypeOf(type);
  const out = new Float32Array((raw.length / bytes) * block);
  read(raw, out);
  const bits = new Uint32Array(out.buffer);
  if (block > 1) for (let i = 0; i < bits.length; i++) if (Number.isNaN(out[i])) bits[i] = 0x7fc00000;
  return bits;
}

function littleEndian(words: Uint32Array): Buffer {
  const bytes = Buffer.alloc(4 * words.length);
  words.forEach((word, i) => bytes.writeUInt32LE(word, 4 * i));
  return bytes;
}

/** The same bytes as the script's: xorshift32, each state as a little-endian word. */
function xorshiftBytes(count: number, seed: number): Uint8Array {
  const words = new Uint32Array(Math.ceil(count / 4));
  let x = seed;
  for (let i = 0; i < words.length; i++) {
    x ^= x << 13;
    x ^= x >>> 17;
    x ^= x << 5;
    words[i] = x;
  }
  return littleEndian(words).subarray(0, count);
}

test("the golden file has every type that is read, with the same number, name and block size, and no other", () => {
  const facts = (t: { name: string; block: number; bytes: number }) => [t.name, t.block, t.bytes];
  assert.deepEqual(
    Object.fromEntries(types.map((t) => [t.type, facts(t)])),
    Object.fromEntries(Object.entries(tensorTypes).map(([number, t]) => [number, facts(t)])),
  );
  assert.equal(types.length, 11);
});

for (const { name, type, blocks, sweep, bytes } of types) {
  test(`${name}: zero, one value, extreme, subnormal, negative and non-finite scales give the package's bits`, () => {
    assert.ok(blocks.length >= 1);
    for (const { what, raw, values } of blocks) {
      const found = littleEndian(bitsFrom(type, Buffer.from(raw, "base64")));
      const wanted = Buffer.from(values, "base64");
      assert.equal(found.length, wanted.length);
      for (let at = 0; at < wanted.length; at += 4) {
        if (found.readUInt32LE(at) !== wanted.readUInt32LE(at)) {
          assert.fail(
            `${name}, ${what}: value ${at / 4} is ${found.readFloatLE(at)}, not ${wanted.readFloatLE(at)}`,
          );
        }
      }
    }
  });

  test(`${name}: ${sweep.blocks} blocks of ${sweep.of} give the package's bits`, () => {
    const raw =
      sweep.of === "every pattern"
        ? Uint8Array.from({ length: 2 * sweep.blocks }, (_, i) => (i % 2 ? i >> 9 : i >> 1))
        : xorshiftBytes(sweep.blocks * bytes, sweep.seed);
    const hash = createHash("sha256").update(littleEndian(bitsFrom(type, raw)));
    assert.equal(hash.digest("hex"), sweep.sha256);
  });
}
