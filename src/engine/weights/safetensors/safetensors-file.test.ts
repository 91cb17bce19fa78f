import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdir, readFile, rename, truncate, utimes, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { SetupError } from "../../../core/errors.ts";
import { inFolder } from "./in-folder.test.support.ts";
import { openFiles } from "./open-files.test.support.ts";
import { openSafetensors } from "./open-safetensors.ts";
import { readAll, refused } from "./refused.test.support.ts";
import { f32, rawBytes, safetensorsBytes, u16, type TensorEntry } from "./safetensors-bytes.test.support.ts";

const a: TensorEntry = { name: "a", dtype: "F32", shape: [2, 3], bytes: f32([1, 2, 3, 4, 5, 6]) };
const b: TensorEntry = { name: "b", dtype: "F16", shape: [3], bytes: u16([0x3c00, 0xc000, 0]) };
const c: TensorEntry = { name: "c", dtype: "BF16", shape: [2], bytes: u16([0x3f80, 0xc000]) };
const sound = safetensorsBytes([a, b, c], { format: "pt" });

const inFile = <T>(bytes: Uint8Array | string, use: (path: string) => Promise<T>) =>
  inFolder({ "w.safetensors": bytes }, (folder) => use(join(folder, "w.safetensors")));
const corrupt = (bytes: Uint8Array, words: RegExp, code = "CORRUPT_MODEL") =>
  inFile(bytes, (path) => refused(path, code, words));

/** One header over 8 bytes of data. */
const header = (json: string, words: RegExp, code?: string) =>
  corrupt(rawBytes(json, f32([1, 2])), words, code);
const tensor = (change: Readonly<Record<string, unknown>>) =>
  JSON.stringify({ t: { dtype: "F32", shape: [2], data_offsets: [0, 8], ...change } });

test("a sound file gives names, shapes, types and values; a tensor that it lacks is named", async () => {
  await inFile(sound, async (path) => {
    const file = await openSafetensors(path);
    try {
      assert.equal(file.path, path);
      assert.deepEqual(
        [...file.tensors],
        [
          ["a", { shape: [2, 3], type: "F32" }],
          ["b", { shape: [3], type: "F16" }],
          ["c", { shape: [2], type: "BF16" }],
        ],
      );
      assert.deepEqual([...(await file.read("c"))], [1, -2]);
      assert.deepEqual([...(await file.read("a"))], [1, 2, 3, 4, 5, 6]);
      assert.deepEqual([...(await file.read("b"))], [1, -2, 0]);
      await assert.rejects(file.read("d"), /tensor "d" is missing/);
      const [one, other] = [await file.read("a"), await file.read("a")];
      one[0] = 9;
      assert.equal(other[0], 1, "each read gives an array of its own");
    } finally {
      await file.close();
    }
    await assert.rejects(file.read("a"), "closed is closed");
  });
});

test("tensors longer than a piece are read whole, many at a time", async () => {
  const n = 2 ** 20 + 7;
  const values = Float32Array.from({ length: n }, (_, i) => i);
  const halves = Uint16Array.from({ length: 2 * n + 1 }, (_, i) => (i * 31) % 0x7c00);
  const bytes = safetensorsBytes([
    { name: "odd", dtype: "BF16", shape: [1], bytes: u16([0x3f80]) },
    { name: "f", dtype: "F32", shape: [n], bytes: new Uint8Array(values.buffer) },
    { name: "h", dtype: "BF16", shape: [2 * n + 1], bytes: new Uint8Array(halves.buffer) },
  ]);
  await inFile(bytes, async (path) => {
    const file = await openSafetensors(path);
    const [f, h] = await Promise.all([file.read("f"), file.read("h"), file.read("f")]);
    await file.close();
    assert.ok(Buffer.from(f.buffer).equals(Buffer.from(values.buffer)));
    const expected = new Float32Array(Uint32Array.from(halves, (half) => half * 65536).buffer);
    assert.ok(Buffer.from(h.buffer).equals(Buffer.from(expected.buffer)));
  });
  values[n - 2] = Number.NEGATIVE_INFINITY;
  await corrupt(
    safetensorsBytes([{ name: "f", dtype: "F32", shape: [1, n, 1], bytes: new Uint8Array(values.buffer) }]),
    new RegExp(`"f" holds -Infinity at position ${n - 2}, index \\[0,${n - 2},0\\]`),
  );
});

test("a single value without dimensions and tensors without values are read as what they are", async () => {
  const bytes = safetensorsBytes([
    { name: "scalar", dtype: "F32", shape: [], bytes: f32([7]) },
    { name: "none", dtype: "F16", shape: [0], bytes: new Uint8Array(0) },
    { name: "no rows", dtype: "BF16", shape: [0, 4], bytes: new Uint8Array(0) },
  ]);
  await inFile(bytes, async (path) => {
    const read = await readAll(path);
    assert.deepEqual([...(read.get("scalar") ?? [])], [7]);
    assert.equal(read.get("none")?.length, 0);
    assert.equal(read.get("no rows")?.length, 0);
  });
  await inFile(rawBytes("{}", new Uint8Array(0)), async (path) =>
    assert.equal((await readAll(path)).size, 0),
  );
});

test("a header longer than the file, or than the format allows, is refused before anything is made for it", async () => {
  for (const claimed of [sound.length - 7, 99_999_999, 2 ** 40].map(BigInt))
    await corrupt(
      rawBytes("{}      ", new Uint8Array(sound.length - 16), claimed),
      /its header claims \d+ bytes, the file has room for \d+/,
    );
  await corrupt(rawBytes("{}", new Uint8Array(9), 2n ** 64n - 1n), /claims 18446744073709551615 bytes/);
  await inFile(rawBytes("{}", new Uint8Array(0), 100_000_001n), async (path) => {
    await truncate(path, 200_000_000); // holes on the disk: no bytes are written
    await refused(path, "CORRUPT_MODEL", /claims 100000001 bytes, the format allows 100000000/);
  });
});

test("a file cut short anywhere, or with bytes too many, is refused", async () => {
  for (let length = 0; length < sound.length; length++)
    await inFile(sound.subarray(0, length), async (path) => {
      await assert.rejects(readAll(path), SetupError, `cut to ${length} bytes`);
    });
  await corrupt(sound.subarray(0, sound.length - 1), /tensor "c" ends at byte \d+, but the file has \d+/);
  await corrupt(new Uint8Array([...sound, 0]), /its last 1 bytes belong to no tensor/);
});

test("other kinds of files are told apart, but a length that looks like their mark is a length", async () => {
  const text = new TextEncoder();
  const pointer = "version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 5\n";
  await corrupt(text.encode(pointer), /a Git LFS pointer/, "NOT_SAFETENSORS");
  await corrupt(text.encode("GGUF\u0003\0\0\0 and so on"), /GGUF/, "NOT_SAFETENSORS");
  await corrupt(text.encode("PK\u0003\u0004 and so on"), /PyTorch/, "NOT_SAFETENSORS");
  await corrupt(text.encode("<!doctype html>"), /no header begins/, "NOT_SAFETENSORS");
  await corrupt(new Uint8Array(0), /it has 0 bytes/, "NOT_SAFETENSORS");
  await corrupt(new Uint8Array(8), /it has 8 bytes/, "NOT_SAFETENSORS");
  const pk = 0x4b50;
  const padded = `${tensor({})}`.padEnd(pk, " ");
  await inFile(rawBytes(padded, f32([1, 2])), async (path) => assert.equal((await readAll(path)).size, 1));
});

test("descriptions that are not what the format says are refused, with tensor and entry named", async () => {
  await header("{'t':1}", /a key of its header should be a text in double quotes at byte 1/);
  await header(`${tensor({})}x`, /more behind the end of its JSON, at byte/);
  await header(tensor({}).slice(0, -1), /its JSON ends within its header/);
  await header('{"t":[]}', /the description of tensor "t" should be an object/);
  await header('{"t":{"dtype":"F32","shape":[2]}}', /tensor "t" has no pair of data_offsets/);
  await header('{"t":{"dtype":"F32","data_offsets":[0,8]}}', /tensor "t" has no shape/);
  await header('{"t":{"shape":[2],"data_offsets":[0,8]}}', /tensor "t" has no dtype/);
  await header(tensor({ stride: [1] }), /tensor "t" has an entry "stride" that the format does not know/);
  await header(tensor({ shape: [-2] }), /number 1 in the shape of tensor "t" is -2, which is not a whole/);
  await header(tensor({ shape: [1, 2.5] }), /number 2 in the shape of tensor "t" is 2\.5,/);
  await header(tensor({ shape: [1e300] }), /the shape of tensor "t" is 1e\+300,/);
  await header(tensor({ data_offsets: [-8, 0] }), /number 1 in the data_offsets of tensor "t" is -8,/);
  await header(tensor({ data_offsets: [0] }), /no pair of data_offsets/);
  await header(tensor({ data_offsets: [0, 8, 8] }), /data_offsets of tensor "t" has more than 2 numbers/);
  await header(tensor({ shape: Array(9).fill(1) }), /shape of tensor "t" has more than 8 numbers/);
  await header('{"__metadata__":{"k":1}}', /__metadata__ "k" should be a text/);
  await header(`{"t":1,"${"n".repeat(1025)}":1}`, /the description of tensor "t"/);
  await header(`{"${"n".repeat(1025)}":1}`, /a key of its header is longer than 1024 bytes/);
});

test("a key that stands twice is refused: a tensor, an entry of its description, an entry of the metadata", async () => {
  const one = tensor({}).slice(1, -1);
  await header(`{${one},${one}}`, /"t" stands twice in its header/);
  await header(
    '{"t":{"dtype":"F32","dtype":"F32","shape":[2],"data_offsets":[0,8]}}',
    /"dtype" stands twice in the description of tensor "t"/,
  );
  await header(`{"__metadata__":{"k":"1","k":"2"},${one}}`, /"k" stands twice in __metadata__/);
});

test("shapes whose product can't be counted, or does not fit the bytes, are refused by name", async () => {
  for (const shape of [
    [2 ** 31, 2 ** 31],
    [2 ** 52, 1],
    [2 ** 53 - 1, 0],
    [0, 2 ** 40, 2 ** 40],
    Array(8).fill(2 ** 53 - 1),
  ])
    await header(tensor({ shape }), /tensor "t" has shape \[[\d,]+\], more values than can be counted/);
  await header(tensor({ shape: [3] }), /tensor "t" has 8 bytes, its shape \[3\] of F32 takes 12/);
  await header(tensor({ dtype: "F16" }), /tensor "t" has 8 bytes, its shape \[2\] of F16 takes 4/);
  await header(tensor({ shape: [0] }), /tensor "t" has 8 bytes, its shape \[0\] of F32 takes 0/);
  await header(tensor({ shape: [2 ** 48] }), /has 8 bytes, its shape \[281474976710656\]/);
});

test("bytes beyond the end, in two tensors, in none, or the wrong way round are refused by name", async () => {
  const two = (first: readonly number[], second: readonly number[]) =>
    JSON.stringify({
      x: { dtype: "F32", shape: [1], data_offsets: first },
      y: { dtype: "F32", shape: [1], data_offsets: second },
    });
  await header(tensor({ data_offsets: [8, 16] }), /tensor "t" ends at byte \d+, but the file has/);
  await header(tensor({ data_offsets: [2 ** 52, 2 ** 52 + 8] }), /tensor "t" ends at byte/);
  await header(tensor({ data_offsets: [8, 0] }), /tensor "t" ends at byte 0, before it begins at 8/);
  await header(two([0, 4], [2, 6]), /tensors "x" and "y" overlap/);
  await header(two([0, 4], [0, 4]), /tensors "x" and "y" overlap/);
  await header(two([4, 8], [3, 7]), /3 bytes before tensor "y" belong to no tensor/);
  await header(tensor({ shape: [1], data_offsets: [4, 8] }), /4 bytes before tensor "t" belong to no tensor/);
  await header(tensor({ shape: [1], data_offsets: [0, 4] }), /its last 4 bytes belong to no tensor/);
  await header(
    JSON.stringify({
      t: { dtype: "F32", shape: [2], data_offsets: [0, 8] },
      e: { dtype: "F32", shape: [0], data_offsets: [4, 4] },
    }),
    /tensors "t" and "e" overlap/,
  );
});

test("types that are not supported are refused by name, with how many more there are and which are supported", async () => {
  await header(tensor({ dtype: "I32" }), /tensor "t" has type "I32", which is not supported$/, "TENSOR_TYPE");
  await header(tensor({ dtype: "f32" }), /has type "f32"/, "TENSOR_TYPE");
  const many = JSON.stringify({
    x: { dtype: "I8", shape: [4], data_offsets: [0, 4] },
    y: { dtype: "BOOL", shape: [2], data_offsets: [4, 6] },
    z: { dtype: "F8_E4M3", shape: [2], data_offsets: [6, 8] },
  });
  await header(many, /tensor "x" has type "I8".*\(and 2 more: "BOOL", "F8_E4M3"\)/, "TENSOR_TYPE");
  await inFile(rawBytes(many, f32([1, 2])), async (path) => {
    await assert.rejects(readAll(path), (error: unknown) => {
      assert.match((error as SetupError).hint ?? "", /F32, F16, BF16/);
      return true;
    });
  });
});

test("NaN and infinity are refused with tensor and place in each type, and kept when told so", async () => {
  const withBits = (dtype: string, bytes: Uint8Array) =>
    safetensorsBytes([{ name: "x", dtype, shape: [2, 2], bytes }]);
  const f = withBits("F32", f32([1, 2, 3, Number.NaN]));
  await corrupt(f, /tensor "x" holds NaN at position 3, index \[1,1\]/);
  await corrupt(withBits("F16", u16([0, 0, 0xfc00, 0])), /"x" holds -Infinity at position 2, index \[1,0\]/);
  await corrupt(withBits("BF16", u16([0, 0x7f80, 0, 0])), /"x" holds Infinity at position 1, index \[0,1\]/);
  await inFile(f, async (path) => {
    assert.deepEqual(
      [...((await readAll(path, { nonFinite: "keep" })).get("x") ?? [])],
      [1, 2, 3, Number.NaN],
    );
  });
});

test("names are data: control characters are shown as signs, JavaScript's own words mean nothing", async () => {
  const strange = "\u001b[31m\u0000\n\u202ename";
  const nan = { dtype: "F32", shape: [1], bytes: f32([Number.NaN]) };
  await corrupt(safetensorsBytes([{ name: strange, ...nan }]), /tensor "␛\[31m␀␊⟨U\+202E⟩name" holds NaN/);
  await corrupt(safetensorsBytes([{ name: "n".repeat(1000), ...nan }]), /tensor "n{100}…" holds NaN/);
  const names = ["__proto__", "constructor", "toString", ""];
  const bytes = safetensorsBytes(names.map((name) => ({ ...a, name })));
  await inFile(bytes, async (path) => assert.deepEqual([...(await readAll(path)).keys()], names));
});

test("a file that is written to, cut or lengthened while it is open is noticed; one that is replaced is read as it was", async () => {
  const changed = (change: (path: string) => Promise<void>, words: RegExp) =>
    inFile(sound, async (path) => {
      await utimes(path, 1, 1);
      const file = await openSafetensors(path);
      try {
        await change(path);
        await assert.rejects(file.read("a"), (error: unknown) => {
          assert.ok(error instanceof SetupError);
          assert.equal(error.code, "MODEL_CHANGED");
          assert.match(error.message, words);
          assert.ok(error.message.includes(path) && error.hint);
          return true;
        });
      } finally {
        await file.close();
      }
    });
  await changed((path) => writeFile(path, sound.with(sound.length - 1, 1)), /it was written to/);
  await changed((path) => truncate(path, sound.length - 1), /it had \d+ bytes and has \d+/);
  await changed((path) => truncate(path, 20), /tensor "a" is cut short|it had/);
  await changed((path) => writeFile(path, new Uint8Array([...sound, 0])), /it had \d+ bytes and has \d+/);
  await inFile(sound, async (path) => {
    const file = await openSafetensors(path);
    await writeFile(`${path}.new`, "something else");
    await rename(`${path}.new`, path);
    assert.equal((await file.read("a"))[5], 6);
    await file.close();
    assert.equal(await readFile(path, "utf8"), "something else");
  });
});

test("what is no file, or no model, is refused without waiting", async () => {
  await inFolder({ "some.txt": "x" }, async (folder) => {
    const opened = openFiles();
    await refused(folder, "MODEL_FILE", /no model\.safetensors and no model\.safetensors\.index\.json/);
    await refused(join(folder, "none.safetensors"), "MODEL_FILE", /can't open it: ENOENT/);
    const make = "mkfifo";
    execFileSync(make, [join(folder, "pipe.safetensors")]);
    await refused(join(folder, "pipe.safetensors"), "MODEL_FILE", /is not a file/);
    await mkdir(join(folder, "model.safetensors"));
    await refused(folder, "MODEL_FILE", /is not a file/);
    assert.equal(openFiles(), opened, "none is left open");
  });
});

test("what modules save beside their weights may be of a type that is not read: it is listed, and reading it is refused", async () => {
  const mask = { name: "h.0.attn.bias", dtype: "BOOL", shape: [1, 1, 2, 2], bytes: new Uint8Array(4) };
  await inFile(safetensorsBytes([a, mask]), async (path) => {
    const file = await openSafetensors(path);
    try {
      assert.deepEqual(file.tensors.get("h.0.attn.bias"), { shape: [1, 1, 2, 2], type: "BOOL" });
      assert.deepEqual([...(await file.read("a"))], [1, 2, 3, 4, 5, 6]);
      await assert.rejects(file.read("h.0.attn.bias"), { code: "TENSOR_TYPE" });
    } finally {
      await file.close();
    }
  });
  await corrupt(
    safetensorsBytes([{ ...mask, name: "h.0.attn.c_attn.weight" }]),
    /type "BOOL"/,
    "TENSOR_TYPE",
  );
  await corrupt(safetensorsBytes([{ ...mask, bytes: new Uint8Array(3) }]), /takes 4/);
});
