import assert from "node:assert/strict";
import { test } from "node:test";
import { TruelineError } from "../../core/errors.ts";
import { rngFrom, type Rng } from "../../stats/rng.ts";
import { tensorTypeOf, tensorTypes } from "./dequantize.ts";

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

test("Q5_0 takes value i's fifth bit from bit i, and 16 in the middle", () => {
  const fifths = [0x01, 0x00, 0x00, 0x80];
  const values = read(6, [...u16(HALF.one), ...fifths, ...Array.from({ length: 16 }, () => 0)]);
  assert.deepEqual(
    values,
    Array.from({ length: 32 }, (_, i) => (i === 0 || i === 31 ? 0 : -16)),
  );
});

test("a Q4_K block takes the scales of its parts from 12 bytes: 6 bits each, the last four split in 4 and 2", () => {
  // Scales 1, 2, 3, 4, 0x15, 0x26, 0x37, 0x08 and minimums 8, 7, 6, 5, 0x39, 0x2a, 0x1b, 0x0c; every q is 1.
  const scales = [0x41, 0x82, 0xc3, 0x04, 0xc8, 0x87, 0x46, 0x05, 0x95, 0xa6, 0xb7, 0xc8];
  const values = read(12, [
    ...u16(HALF.one),
    ...u16(HALF.two),
    ...scales,
    ...Array.from({ length: 128 }, () => 0x11),
  ]);
  const first = [0, 1, 2, 3, 4, 5, 6, 7].map((part) => values[32 * part]);
  const scale = [1, 2, 3, 4, 0x15, 0x26, 0x37, 0x08];
  const minimum = [8, 7, 6, 5, 0x39, 0x2a, 0x1b, 0x0c];
  assert.deepEqual(
    first,
    scale.map((s, i) => s - 2 * minimum[i]!),
  );
  assert.ok(values.every((x, i) => x === first[i >> 5]));
});

test("bytes that are no whole blocks, and room for another count of values, are refused with both numbers", () => {
  for (const { name, block, bytes, read: readInto } of Object.values(tensorTypes)) {
    const refused = (length: number, room: number, words: string) =>
      assert.throws(
        () => readInto(new Uint8Array(length), new Float32Array(room)),
        (error: unknown) => {
          assert.ok(error instanceof TruelineError);
          assert.equal(error.code, "TENSOR_SIZE");
          assert.ok(error.message.startsWith(`${name}: ${length} bytes `), error.message);
          assert.ok(error.message.includes(words), error.message);
          return true;
        },
      );
    if (bytes > 1) {
      refused(2 * bytes - 1, 2 * block, `blocks of ${bytes} bytes`);
      refused(2 * bytes + 1, 2 * block, `blocks of ${bytes} bytes`);
    }
    for (const room of [0, 2 * block - 1, 2 * block + 1, 3 * block])
      refused(2 * bytes, room, `hold ${2 * block} values, not the ${room}`);
  }
});

test("a type that is not read is refused by number, and by name where ggml has one, with those that are", () => {
  const refusal = (number: number): TruelineError => {
    try {
      tensorTypeOf(number);
    } catch (error) {
      assert.ok(error instanceof TruelineError);
      return error;
    }
    return assert.fail(`${number} was taken`);
  };
  assert.equal(refusal(10).code, "TENSOR_TYPE");
  assert.match(refusal(10).message, /Q2_K \(10\)/);
  assert.match(refusal(4).message, /type 4 /);
  for (const number of [-1, 0.5, 9999, 2 ** 32 - 1, Number.NaN])
    assert.match(refusal(number).message, /not supported/);
  for (const [number, { name }] of Object.entries(tensorTypes))
    assert.ok(refusal(9999).hint?.includes(`${name} (${number})`), name);
  assert.equal(tensorTypeOf(12).name, "Q4_K");
});

/** Where a block's halves begin: if one of them is not finite, no value of the block is. */
const HALVES: Readonly<Record<string, readonly number[]>> = {
  F16: [0],
  Q4_0: [0],
  Q4_1: [0, 2],
  Q5_0: [0],
  Q5_1: [0, 2],
  Q8_0: [0],
  Q4_K: [0, 2],
  Q5_K: [0, 2],
  Q6_K: [208],
};

function randomBytes(rng: Rng, length: number): Uint8Array {
  return Uint8Array.from({ length }, () => rng.int(256));
}

test("random bytes give non-finite values where a half of their block is infinite or NaN, and nowhere else", () => {
  let [finite, not] = [0, 0];
  for (const { name, block, bytes, read: readInto } of Object.values(tensorTypes)) {
    const halves = HALVES[name];
    if (!halves) continue;
    const rng = rngFrom(31).split(name);
    const blocks = 300;
    const raw = randomBytes(rng, blocks * bytes);
    const out = new Float32Array(blocks * block);
    readInto(raw, out);
    for (let b = 0; b < blocks; b++) {
      const sound: boolean = halves.every((at) => (raw[b * bytes + at + 1]! & 0x7c) !== 0x7c);
      for (const x of out.subarray(b * block, (b + 1) * block))
        assert.equal(Number.isFinite(x), sound, `${name}, block ${b}: ${x}`);
      if (sound) finite++;
      else not++;
    }
  }
  assert.ok(finite > 2000 && not > 50, `${finite} and ${not}`);
});

test("random bytes of random lengths throw the declared error or fill the values and nothing beside them", () => {
  const MARK = 12345;
  let [read, refused] = [0, 0];
  for (const [number, { block, bytes, read: readInto }] of Object.entries(tensorTypes)) {
    const rng = rngFrom(37).split(number);
    for (let round = 0; round < 60; round++) {
      const whole = rng.int(2) === 0;
      const blocks = rng.int(4);
      const length = whole ? blocks * bytes : rng.int(4 * bytes);
      const memory = new Float32Array(4 * block + 2).fill(MARK);
      const out = memory.subarray(1, 1 + (rng.int(4) > 0 ? blocks : rng.int(4)) * block);
      try {
        readInto(randomBytes(rng, length), out);
        assert.equal(length % bytes, 0);
        assert.equal(out.length, (length / bytes) * block);
        assert.ok(!out.includes(MARK), "a value was left out");
        read++;
      } catch (error) {
        assert.ok(error instanceof TruelineError && error.code === "TENSOR_SIZE", String(error));
        assert.ok(
          out.every((x) => x === MARK),
          "values were written before the refusal",
        );
        refused++;
      }
      assert.equal(memory[0], MARK);
      assert.ok(
        memory.subarray(1 + out.length).every((x) => x === MARK),
        "written past the end",
      );
    }
  }
  assert.ok(read > 200 && refused > 100, `${read} and ${refused}`);
});
