// Sound weights with random damage: what is thrown must be a declared error, and what is read must be what the bytes say.

import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { SetupError } from "../../../core/errors.ts";
import { rngFrom, type Rng } from "../../../stats/rng.ts";
import { halfTable } from "../half.ts";
import { inFolder } from "./in-folder.test.support.ts";
import { openFiles } from "./open-files.test.support.ts";
import { openSafetensors } from "./open-safetensors.ts";
import { f32, safetensorsBytes, u16 } from "./safetensors-bytes.test.support.ts";

type Files = Record<string, Uint8Array>;

const INDEX = "model.safetensors.index.json";
const ONE = "model-00001-of-00002.safetensors";
const TWO = "model-00002-of-00002.safetensors";
/** Memory beyond three times the files (the header, the result, a piece): what Node itself takes for a read. */
const CONSTANT = 2 ** 16;
const NUMBERS = [
  ..."0 1 2 7 8 12 65535 2147483648 4294967296 9007199254740991 9007199254740992 18446744073709551616".split(
    " ",
  ),
  ...'-1 -0 1.5 1e3 1e999 01 null "8" []'.split(" "),
  "",
];

const first = safetensorsBytes(
  [
    { name: "model.embed.weight", dtype: "F32", shape: [2, 3], bytes: f32([1, -2, 3.5, 0, 1e-40, 6]) },
    { name: "h.0.w", dtype: "F16", shape: [3, 2], bytes: u16([0x3c00, 1, 0x8000, 0x7bff, 0x1234, 0xc000]) },
    { name: "scalar", dtype: "F32", shape: [], bytes: f32([0.1]) },
    { name: "none", dtype: "BF16", shape: [0, 4], bytes: new Uint8Array(0) },
  ],
  { format: "pt" },
);
const second = safetensorsBytes([
  { name: "h.1.w", dtype: "BF16", shape: [2, 2, 1], bytes: u16([0x3f80, 1, 0x8000, 0x7f7f]) },
  { name: "h.1.b", dtype: "F16", shape: [1], bytes: u16([0x3555]) },
]);
const index = new TextEncoder().encode(
  JSON.stringify({
    metadata: { total_size: 50 },
    weight_map: {
      "model.embed.weight": ONE,
      "h.0.w": ONE,
      scalar: ONE,
      none: ONE,
      "h.1.w": TWO,
      "h.1.b": TWO,
    },
  }),
);
const single: Files = { "model.safetensors": first };
const sharded: Files = { [ONE]: first, [TWO]: second, [INDEX]: index };

/** Runs so many rounds and says how they ended. @throws AssertionError naming the round when one went wrong */
export async function damageRounds(
  seed: number,
  rounds: number,
): Promise<{ readonly read: number; readonly codes: ReadonlyMap<string, number> }> {
  const codes = new Map<string, number>();
  let read = 0;
  halfTable(); // is made once and stays
  const opened = openFiles();
  for (const [kind, sound] of Object.entries({ single, sharded })) {
    await inFolder(sound, async (folder) => {
      for (let round = 0; round < rounds / 2; round++) {
        const rng = rngFrom(seed).split(kind).split(String(round));
        const name = rng.pick(Object.keys(sound));
        const damaged = damage(sound[name] as Uint8Array, name === INDEX, rng);
        await writeFile(join(folder, name), damaged);
        try {
          const code = await outcome(folder, { ...sound, [name]: damaged });
          if (code === undefined) read++;
          else codes.set(code, (codes.get(code) ?? 0) + 1);
        } catch (error) {
          throw new Error(
            `${rng.path}, ${name}: ${JSON.stringify(Buffer.from(damaged).toString("latin1"))}`,
            {
              cause: error,
            },
          );
        }
        await writeFile(join(folder, name), sound[name] as Uint8Array);
      }
    });
  }
  assert.ok(openFiles() <= opened, "files were left open");
  return { read, codes };
}

/** The code of the error, or undefined where all was read. */
async function outcome(folder: string, files: Files): Promise<string | undefined> {
  const size = Object.values(files).reduce((sum, bytes) => sum + bytes.length, 0);
  const before = process.memoryUsage().arrayBuffers;
  const values = new Map<string, Float32Array>();
  let code: string | undefined;
  try {
    const file = await openSafetensors(folder);
    try {
      for (const name of file.tensors.keys()) values.set(name, await file.read(name));
    } finally {
      await file.close();
    }
  } catch (error) {
    assert.ok(error instanceof SetupError, String(error));
    assert.ok(error.message.includes(folder) && error.hint, error.message);
    // oxlint-disable-next-line no-control-regex
    assert.doesNotMatch(error.message, /[\u0000-\u001f\u007f-\u009f\p{Cs}\p{Cf}]/u);
    assert.ok(error.message.length < 1500, "short whatever the file holds");
    code = error.code;
  }
  const taken = process.memoryUsage().arrayBuffers - before;
  assert.ok(taken <= 3 * size + CONSTANT, `${taken} bytes taken for files of ${size}`);
  if (code === undefined) sameAsPlain(values, files);
  return code;
}

/** The values again, the shortest way that trusts everything. */
function sameAsPlain(values: ReadonlyMap<string, Float32Array>, files: Files): void {
  let count = 0;
  for (const [name, bytes] of Object.entries(files)) {
    if (name === INDEX) continue;
    const view = new DataView(bytes.buffer, bytes.byteOffset);
    const data = 8 + Number(view.getBigUint64(0, true));
    const header = JSON.parse(Buffer.from(bytes.subarray(8, data)).toString()) as Record<
      string,
      { readonly dtype: string; readonly shape: readonly number[]; readonly data_offsets: [number, number] }
    >;
    for (const [tensor, { dtype, shape, data_offsets: offsets }] of Object.entries(header)) {
      if (tensor === "__metadata__") continue;
      const width = dtype === "F32" ? 4 : 2;
      const found = values.get(tensor);
      assert.ok(found && found.length * width === offsets[1] - offsets[0], tensor);
      assert.equal(
        found.length,
        shape.reduce((a, d) => a * d, 1),
      );
      found.forEach((value, i) =>
        assert.ok(Object.is(value, valueAt(view, data + offsets[0] + width * i, dtype))),
      );
      count++;
    }
  }
  assert.equal(values.size, count);
}

function valueAt(view: DataView, at: number, dtype: string): number {
  if (dtype === "F32") return view.getFloat32(at, true);
  const bits = view.getUint16(at, true);
  if (dtype === "BF16") return new Float32Array(Uint32Array.of(bits * 65536).buffer)[0] as number;
  const [exponent, fraction] = [(bits >> 10) & 31, bits & 1023];
  const size = exponent === 0 ? fraction * 2 ** -24 : (1024 + fraction) * 2 ** (exponent - 25);
  return bits & 0x8000 ? -size : size;
}

function damage(sound: Uint8Array, isIndex: boolean, rng: Rng): Uint8Array {
  const bytes = Buffer.from(sound);
  const start = isIndex ? 0 : 8;
  const end = isIndex ? bytes.length : 8 + Number(bytes.readBigUInt64LE(0));
  /** In what is read most closely, or in the values, or anywhere. */
  const place = () => {
    const where = rng.int(3);
    if (where === 0) return start + rng.int(end - start);
    return where === 1 && end < bytes.length ? end + rng.int(bytes.length - end) : rng.int(bytes.length);
  };
  const within = () => [place(), place()].toSorted((x, y) => x - y) as [number, number];
  /** The file with another header, whose length is told truly three times in four. */
  const withHeader = (header: Uint8Array) => {
    const out = Buffer.concat([bytes.subarray(0, start), header, bytes.subarray(end)]);
    if (!isIndex && rng.int(4) > 0) out.writeBigUInt64LE(BigInt(header.length), 0);
    return out;
  };
  switch (rng.int(8)) {
    case 0:
      for (let n = 0; n <= rng.int(4); n++) bytes[place()]! ^= 1 << rng.int(8);
      return bytes;
    case 1:
      return bytes.subarray(0, rng.int(bytes.length));
    case 2: {
      const text = bytes.toString("latin1", start, end);
      const number = rng.pick([...text.matchAll(/\d+/g)]);
      const by = rng.int(3) === 0 ? String(Number(number[0]) + rng.pick([-2, -1, 1, 2])) : rng.pick(NUMBERS);
      return withHeader(
        Buffer.from(text.slice(0, number.index) + by + text.slice(number.index + number[0].length), "latin1"),
      );
    }
    case 3: {
      const [from, to] = within();
      return rng.int(2) === 0
        ? Buffer.concat([bytes.subarray(0, from), bytes.subarray(to)])
        : Buffer.concat([bytes.subarray(0, to), bytes.subarray(from)]);
    }
    case 4: {
      // Two pieces of the header change places.
      const header = bytes.subarray(start, end);
      const cuts = Array.from({ length: 3 }, () => rng.int(header.length)).toSorted((x, y) => x - y);
      const [x = 0, y = 0, z = 0] = cuts;
      return withHeader(
        Buffer.concat([
          header.subarray(0, x),
          header.subarray(y, z),
          header.subarray(x, y),
          header.subarray(z),
        ]),
      );
    }
    case 5: {
      // White space where JSON allows it, most times.
      const text = bytes.toString("latin1", start, end);
      const { index } = rng.pick([...text.matchAll(rng.int(6) === 0 ? /./gs : /[,:[{]/g)]);
      return withHeader(Buffer.from(`${text.slice(0, index + 1)} \n${text.slice(index + 1)}`, "latin1"));
    }
    case 6:
      if (isIndex) bytes[place()] = rng.int(256);
      else
        bytes.writeBigUInt64LE(
          BigInt(rng.pick([0, 1, 2 ** 20, 99_999_999, 2 ** 40, end - 9, end - 7, bytes.length])),
          0,
        );
      return bytes;
    default:
      for (let n = 0; n <= rng.int(3); n++)
        bytes[place()] = rng.pick([0, 0x22, 0x5c, 0x2c, 0x7b, 0x7d, 0x5b, 0x5d, 0xff, 0x20]);
      return bytes;
  }
}
