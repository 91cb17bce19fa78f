import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import {
  f32,
  ggufBytes,
  ggufSections,
  joined,
  u32,
  u64,
  type GgufParts,
  type TensorEntry,
} from "../../../test/engine/gguf-bytes.ts";
import { inTemporaryFile } from "../../../test/engine/in-temporary-file.ts";
import { SetupError } from "../../core/errors.ts";
import { openGguf } from "./gguf-file.ts";

const tensorA: TensorEntry = { name: "a", dims: [3, 2], type: 0, bytes: f32([1, 2, 3, 4, 5, 6]) };
const tensorB: TensorEntry = { name: "b", dims: [8], type: 0, bytes: f32([1, 1, 1, 1, 1, 1, 1, 1]) };
const sound: GgufParts = {
  metadata: [
    ["general.architecture", "llama"],
    ["some.number", 7],
    ["some.float", { float: 0.5 }],
    ["some.texts", ["x", "", "ü"]],
    ["some.ints", { ints: [1, -2] }],
    ["some.flag", true],
  ],
  tensors: [tensorA, tensorB],
};

const open = (bytes: Uint8Array) =>
  inTemporaryFile(bytes, async (path) => {
    const file = await openGguf(path);
    await file.close();
    return file;
  });

/** Opening the file, or else reading its tensors, throws a SetupError with these words in its message and a hint. */
async function refused(bytes: Uint8Array, words: RegExp): Promise<void> {
  await inTemporaryFile(bytes, async (path) => {
    await assert.rejects(
      async () => {
        const file = await openGguf(path);
        try {
          for (const name of file.tensors.keys()) await file.read(name);
        } finally {
          await file.close();
        }
      },
      (error: unknown) => {
        assert.ok(error instanceof SetupError, `not a SetupError: ${String(error)}`);
        assert.match(error.message, words);
        assert.ok(error.message.includes(path), "the message names the file");
        assert.ok(error.hint && error.hint.length > 10);
        return true;
      },
    );
  });
}

const withTensor = (change: Partial<TensorEntry>): Uint8Array =>
  ggufBytes({ ...sound, tensors: [{ ...tensorA, ...change }, tensorB] });

test("a sound file gives its metadata and its tensors, rows last in shape and first in memory", async () => {
  await inTemporaryFile(ggufBytes(sound), async (path) => {
    const file = await openGguf(path);
    try {
      assert.equal(file.metadata["general.architecture"], "llama");
      assert.equal(file.metadata["some.number"], 7);
      assert.equal(file.metadata["some.float"], 0.5);
      assert.deepEqual(file.metadata["some.texts"], ["x", "", "ü"]);
      assert.deepEqual(file.metadata["some.ints"], [1, -2]);
      assert.equal(file.metadata["some.flag"], true);
      assert.deepEqual(file.tensors.get("a"), { shape: [2, 3], type: "F32" });
      assert.deepEqual([...(await file.read("a"))], [1, 2, 3, 4, 5, 6]);
      assert.deepEqual([...(await file.read("b"))], [1, 1, 1, 1, 1, 1, 1, 1]);
      await assert.rejects(file.read("c"), /tensor c is missing/);
    } finally {
      await file.close();
    }
  });
});

test("a file with an alignment of its own is read by it", async () => {
  const bytes = ggufBytes({
    ...sound,
    alignment: 128,
    metadata: [...sound.metadata, ["general.alignment", 128]],
  });
  await inTemporaryFile(bytes, async (path) => {
    const file = await openGguf(path);
    assert.deepEqual([...(await file.read("a"))], [1, 2, 3, 4, 5, 6]);
    assert.deepEqual([...(await file.read("b"))].slice(0, 2), [1, 1]);
    await file.close();
  });
});

test("the last text of a list is whole even where it lies across the pieces in which the library reads", async () => {
  const PIECE = 2_000_000;
  const last = "the last token";
  const parts = (filler: string): GgufParts => ({
    ...sound,
    metadata: [["tokens", [...Array.from({ length: 9 }, () => "y".repeat(200_000)), filler, last]]],
  });
  const before = joined(...ggufSections(parts("")).slice(0, 2)).length;
  // The last text begins so that five of its bytes lie before the end of the first piece.
  const file = await open(ggufBytes(parts("z".repeat(PIECE - before + last.length - 5))));
  const tokens = file.metadata["tokens"] as readonly string[];
  assert.equal(tokens.at(-1), last);
  assert.equal(tokens.length, 11);
});

test("what is no GGUF file is refused as such", async () => {
  await refused(new Uint8Array(0), /not a GGUF file/);
  await refused(new TextEncoder().encode("GGU"), /not a GGUF file/);
  await refused(ggufBytes({ ...sound, magic: "GGML" }), /not a GGUF file/);
  await refused(new TextEncoder().encode("<!doctype html><p>not found"), /not a GGUF file/);
});

test("a folder, a missing file and a pipe are refused without waiting", async () => {
  const folder = mkdtempSync(join(tmpdir(), "trueline-engine-"));
  try {
    await assert.rejects(openGguf(folder), SetupError);
    await assert.rejects(openGguf(join(folder, "none.gguf")), /can't open .*none\.gguf/);
    const make = "mkfifo";
    execFileSync(make, [join(folder, "pipe")]);
    await assert.rejects(openGguf(join(folder, "pipe")), /pipe is not a file/);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test("other versions and the other byte order are refused by name", async () => {
  await refused(ggufBytes({ ...sound, version: 1 }), /version is 1/);
  await refused(ggufBytes({ ...sound, version: 4 }), /version is 4/);
  await refused(ggufBytes({ ...sound, version: 0x03000000 }), /version is 50331648/);
});

test("a file cut short anywhere is refused: at every byte of its header, and within its data", async () => {
  const sections = ggufSections(sound);
  const whole = joined(...sections);
  const header = joined(...sections.slice(0, 3)).length;
  for (let length = 4; length < header; length++) {
    await refused(whole.subarray(0, length), /ends within|claims/);
  }
  for (const length of [header, header + 1, whole.length - 40])
    await refused(whole.subarray(0, length), /tensor [ab] ends at byte/);
});

test("the place where a file ends is named: the entry or the tensor", async () => {
  const [header, metadata, tensors] = ggufSections(sound) as [Uint8Array, Uint8Array, Uint8Array];
  await refused(joined(header, metadata.subarray(0, metadata.length - 1)), /"some\.flag"/);
  await refused(joined(header, metadata, tensors.subarray(0, tensors.length - 1)), /tensor "b"/);
});

test("absurd counts are refused before anything is built from them", async () => {
  for (const count of [10n ** 6n, 2n ** 40n, 2n ** 64n - 1n]) {
    await refused(ggufBytes({ ...sound, tensorCount: count }), /claims \d+ tensors/);
    await refused(ggufBytes({ ...sound, entryCount: count }), /claims \d+ metadata entries/);
  }
  await refused(ggufBytes({ ...sound, entryCount: 7n }), /corrupt/);
  await refused(ggufBytes({ ...sound, tensorCount: 3n }), /tensor 3 of 3/);
});

test("absurd lengths of names, texts and lists are refused, with the entry named", async () => {
  const entry = (bytes: Uint8Array, type: number): Uint8Array =>
    ggufBytes({ ...sound, metadata: [["the.entry", { raw: [type, bytes] }]] });
  for (const length of [1000, 2 ** 33, 2n ** 63n]) {
    await refused(entry(u64(length), 8), /"the\.entry" claims a text of/);
    await refused(entry(joined(u32(8), u64(length)), 9), /"the\.entry" claims a list of/);
    await refused(entry(joined(u32(4), u64(length)), 9), /"the\.entry" claims a list of/);
    await refused(entry(joined(u32(8), u64(1), u64(length)), 9), /"the\.entry" claims a text of/);
  }
  const [header, ...rest] = ggufSections(sound) as [Uint8Array, ...Uint8Array[]];
  await refused(joined(header, u64(2n ** 50n), ...rest), /metadata entry 1 of 6 claims a name of/);
});

test("unknown and nested types of metadata are refused, with the entry named", async () => {
  const entry = (type: number, bytes: Uint8Array): Uint8Array =>
    ggufBytes({ ...sound, metadata: [["the.entry", { raw: [type, bytes] }]] });
  await refused(entry(13, new Uint8Array(16)), /"the\.entry" has type 13/);
  await refused(entry(9, joined(u32(77), u64(0))), /"the\.entry" is a list of type 77/);
  await refused(entry(9, joined(u32(9), u64(1), u32(9), u64(1))), /"the\.entry" is a list of type 9/);
});

test("an entry or a tensor that stands there twice is refused", async () => {
  await refused(
    ggufBytes({ ...sound, metadata: [...sound.metadata, ["some.number", 8]] }),
    /"some\.number" stands there twice/,
  );
  await refused(ggufBytes({ ...sound, tensors: [tensorA, tensorB, tensorA] }), /tensor a stands there twice/);
});

test("a tensor beyond the end of the file, before its data, or over another one is refused by name", async () => {
  await refused(withTensor({ offset: 10n ** 6n }), /tensor a ends at byte/);
  await refused(withTensor({ offset: 2n ** 63n }), /tensor a ends at byte/);
  await refused(withTensor({ offset: 2n ** 64n - 32n }), /tensor a ends at byte/);
  await refused(withTensor({ offset: 32n }), /tensors [ab] and [ab] overlap/);
});

test("dimensions that are zero, too many, or multiply to more than there is are refused by name", async () => {
  await refused(withTensor({ dims: [3, 0] }), /tensor a has shape \[0,3\]/);
  await refused(withTensor({ dims: [1, 1, 1, 1, 6] }), /tensor "a" claims 5 dimensions/);
  await refused(withTensor({ dims: [2 ** 31, 2 ** 31] }), /tensor a/);
  await refused(withTensor({ dims: [2n ** 63n, 2n] }), /dimension|tensor a/);
  await refused(withTensor({ dims: [2 ** 16, 2 ** 16] }), /tensor a ends at byte/);
});

test("a type that is not supported is refused by name, with those that are", async () => {
  await refused(withTensor({ type: 10 }), /tensor a has type Q2_K \(10\)/);
  await refused(withTensor({ type: 9999 }), /tensor a has type 9999/);
});

test("a row that is no whole number of blocks is refused", async () => {
  await refused(withTensor({ type: 8, dims: [16, 2] }), /tensor a has shape \[2,16\].*Q8_0/);
});

test("a tensor that holds NaN or infinity is refused, with its place", async () => {
  await refused(withTensor({ bytes: f32([1, 2, Number.NaN, 4, 5, 6]) }), /tensor a holds NaN at position 2/);
  await refused(
    withTensor({ bytes: f32([1, 2, 3, 4, 5, -Infinity]) }),
    /tensor a holds -Infinity at position 5/,
  );
});

test("an alignment that is no power of two is refused", async () => {
  for (const alignment of [0, 24, 2 ** 31]) {
    await refused(
      ggufBytes({ ...sound, metadata: [["general.alignment", alignment]] }),
      /general\.alignment/,
    );
  }
  await refused(ggufBytes({ ...sound, metadata: [["general.alignment", "x"]] }), /general\.alignment/);
});

test("names that JavaScript objects give a meaning to are data like any other", async () => {
  const file = await open(
    ggufBytes({
      ...sound,
      metadata: [
        ["__proto__", ["x"]],
        ["constructor", "y"],
        ["toString", 1],
      ],
    }),
  );
  assert.equal(file.metadata["constructor"], "y");
  assert.equal(({} as Record<string, unknown>)["0"], undefined);
  assert.equal(Array.isArray(Object.getPrototypeOf(file.metadata)), false);
});

test("random damage of a sound file is refused or read, and never anything else", async () => {
  const whole = ggufBytes(sound);
  let state = 12345;
  const next = (below: number) => {
    state = (Math.imul(state, 1103515245) + 12345) & 0x7fffffff;
    return Math.floor((state / 0x80000000) * below);
  };
  for (let round = 0; round < 200; round++) {
    const bytes = Uint8Array.from(whole);
    for (let n = 0; n < 3; n++) bytes[next(bytes.length)] = next(256);
    await inTemporaryFile(bytes, async (path) => {
      try {
        const file = await openGguf(path);
        try {
          for (const name of file.tensors.keys()) await file.read(name);
        } finally {
          await file.close();
        }
      } catch (error) {
        assert.ok(error instanceof SetupError, `round ${round}: ${String(error)}`);
      }
    });
  }
});
