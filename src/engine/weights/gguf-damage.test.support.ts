// Sound GGUF files with random damage: what is thrown must be a declared error, and what is read must be what the bytes say.

import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import { f32, ggufBytes, u32, u64, type GgufParts } from "../../../test/engine/gguf-bytes.ts";
import { inTemporaryFile } from "../../../test/engine/in-temporary-file.ts";
import { tinyGguf } from "../../../test/engine/tiny-llama.ts";
import { SetupError } from "../../core/errors.ts";
import { rngFrom, type Rng } from "../../stats/rng.ts";
import { tensorTypes } from "./dequantize.ts";
import { openGguf } from "./gguf-file.ts";
import { plainGguf, type Field } from "./plain-gguf.test.support.ts";
import { halfTable } from "./half.ts";
import { openFiles } from "./safetensors/open-files.test.support.ts";

/** Bytes of buffers beyond a multiple of the file: what Node itself takes for a read. */
const CONSTANT = 2 ** 16;
/** Of a tensor's bytes in float32 at most 7.2 times as many come (4-bit blocks); the header and a piece come to as much again. */
const MULTIPLE = 10;
const SECONDS = 2;

const NUMBERS: readonly bigint[] = (
  "0 1 2 3 4 7 8 9 13 24 31 32 33 255 256 65535 65536 1048576 4000000 4000001 2147483647 2147483648 4294967295 4294967296 " +
  "1099511627776 9007199254740992 1152921504606846976 9223372036854775807 9223372036854775808 18446744073709551584 18446744073709551615"
)
  .split(" ")
  .map(BigInt);

/** One tensor of each type, and metadata of each kind. */
const all: GgufParts = {
  metadata: [
    ["general.architecture", "none"],
    ["general.alignment", 64],
    ["float", { float: 0.5 }],
    ["texts", ["x", "", "ü\ufeff", "\ufeff"]],
    ["ints", { ints: [1, -2] }],
    ["wide", { raw: [10, u64(2n ** 63n)] }],
    ["flag", true],
    ["__proto__", { raw: [9, Buffer.concat([u32(12), u64(1), new Uint8Array(8)])] }],
  ],
  tensors: [
    { name: "one", dims: [], type: 0, bytes: f32([7]) },
    ...Object.entries(tensorTypes).map(([number, { name, block, bytes }], i) => ({
      name: `blk.${i}.${name}`,
      dims: [block * 2, 2, 1],
      type: Number(number),
      // Halves and floats of these bytes are finite: no exponent is all ones.
      bytes: Uint8Array.from({ length: bytes * 4 }, (_, at) => (at * 37 + i) % 60),
    })),
  ],
  alignment: 64,
};

const sound: Readonly<Record<string, Uint8Array>> = { all: ggufBytes(all), llama: ggufBytes(tinyGguf()) };

export type DamageResult = {
  /** Rounds after which everything was read. */
  readonly read: number;
  /** Rounds that ended in an error, by its code. */
  readonly codes: ReadonlyMap<string, number>;
  /** The longest round. */
  readonly seconds: number;
};

/** Runs so many rounds and says how they ended. @throws Error naming the round when one went wrong */
export async function ggufDamageRounds(seed: number, rounds: number): Promise<DamageResult> {
  const codes = new Map<string, number>();
  let [read, seconds] = [0, 0];
  halfTable(); // is made once and stays
  const opened = openFiles();
  for (const [kind, bytes] of Object.entries(sound)) {
    await inTemporaryFile(bytes, async (path) => {
      assert.equal(await outcome(path, bytes), undefined, `${kind} is sound`);
      for (let round = 0; round < rounds / 2; round++) {
        const rng = rngFrom(seed).split(kind).split(String(round));
        const damaged = damage(bytes, rng);
        await writeFile(path, damaged);
        const before = performance.now();
        try {
          const code = await outcome(path, damaged);
          if (code === undefined) read++;
          else codes.set(code, (codes.get(code) ?? 0) + 1);
          const took = (performance.now() - before) / 1000;
          assert.ok(took < SECONDS, `${took} seconds`);
          seconds = Math.max(seconds, took);
        } catch (error) {
          throw new Error(`round ${rng.path}`, { cause: error });
        }
      }
    });
  }
  assert.ok(openFiles() <= opened, "files were left open");
  return { read, codes, seconds };
}

/** The code of the error, or undefined where all was read, as the bytes say it. */
async function outcome(path: string, bytes: Uint8Array): Promise<string | undefined> {
  const before = process.memoryUsage().arrayBuffers;
  const bounded = () => {
    const taken = process.memoryUsage().arrayBuffers - before;
    assert.ok(taken <= MULTIPLE * bytes.length + CONSTANT, `${taken} bytes taken for ${bytes.length}`);
  };
  const values = new Map<string, Float32Array>();
  try {
    const file = await openGguf(path);
    try {
      for (const name of file.tensors.keys()) values.set(name, await file.read(name));
    } finally {
      await file.close();
    }
    bounded();
    const plain = plainGguf(bytes);
    assert.deepEqual(Object.entries(file.metadata), plain.metadata);
    assert.deepEqual(
      [...file.tensors],
      plain.tensors.map(({ name, shape, type }) => [name, { shape, type }]),
    );
    for (const { name, values: wanted } of plain.tensors) assert.deepEqual(values.get(name), wanted, name);
    return undefined;
  } catch (error) {
    if (!(error instanceof SetupError)) throw error;
    bounded();
    assert.ok(error.message.includes(path) && error.hint, error.message);
    // oxlint-disable-next-line no-control-regex
    assert.doesNotMatch(error.message, /[\u0000-\u001f\u007f-\u009f\p{Cs}\p{Cf}]/u);
    assert.ok(error.message.length < 1500, "short whatever the file holds");
    return error.code;
  }
}

/** Half of the kinds know where the fields are, half don't. */
function damage(whole: Uint8Array, rng: Rng): Uint8Array {
  const bytes = Buffer.from(whole);
  const { fields, end } = plainGguf(whole);
  /** In the header two times in three. */
  const place = () => rng.int(rng.int(3) < 2 ? end : bytes.length);
  const put = ({ at, width }: Field, value: bigint) =>
    width === 8
      ? bytes.writeBigUInt64LE(BigInt.asUintN(64, value), at)
      : bytes.writeUInt32LE(Number(BigInt.asUintN(32, value)), at);
  const valueOf = ({ at, width }: Field) =>
    width === 8 ? bytes.readBigUInt64LE(at) : BigInt(bytes.readUInt32LE(at));
  switch (rng.int(8)) {
    case 0:
      for (let n = 0; n <= rng.int(4); n++) bytes[place()]! ^= 1 << rng.int(8);
      return bytes;
    case 1:
      return bytes.subarray(0, rng.int(2) === 0 ? rng.int(end) : place());
    case 2: {
      const [from = 0, to = 0] = [place(), place()].toSorted((x, y) => x - y);
      return rng.int(2) === 0
        ? Buffer.concat([bytes.subarray(0, from), bytes.subarray(to)])
        : Buffer.concat([bytes.subarray(0, to), bytes.subarray(from)]);
    }
    case 3:
      for (let n = 0; n <= rng.int(8); n++) bytes[place()] = rng.int(256);
      return bytes;
    case 4:
      put(rng.pick(fields), rng.pick(NUMBERS));
      return bytes;
    case 5: {
      const field = rng.pick(fields);
      put(field, valueOf(field) + BigInt(rng.pick([-32, -4, -1, 1, 4, 32])));
      return bytes;
    }
    case 6: {
      // Two fields change places.
      const [one, other] = [rng.pick(fields), rng.pick(fields)];
      const kept = valueOf(one);
      put(one, valueOf(other));
      put(other, kept);
      return bytes;
    }
    default: {
      // A tensor of another type, or the dimensions of one in another order.
      const ofTensors = fields.filter(({ what }) => what !== "other");
      for (let n = 0; n <= rng.int(3); n++) {
        const field = rng.pick(ofTensors);
        const types = Object.keys(tensorTypes).map(BigInt);
        put(field, field.what === "type" ? rng.pick(types) : rng.pick([1n, 2n, 32n, 64n, 256n, 512n]));
      }
      return bytes;
    }
  }
}
