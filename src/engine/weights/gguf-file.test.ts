import assert from "node:assert/strict";
import { truncate } from "node:fs/promises";
import { test } from "node:test";
import { f32, ggufBytes, joined } from "../../../test/engine/gguf-bytes.ts";
import { inTemporaryFile } from "../../../test/engine/in-temporary-file.ts";
import { SetupError } from "../../core/errors.ts";
import { tensorTypes } from "./dequantize.ts";
import { openGguf } from "./gguf-file.ts";
import { refused, sound, tensorA, tensorB, withTensor } from "./gguf-refused.test.support.ts";

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
      await assert.rejects(file.read("c"), /tensor "c" is missing/);
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

test("a tensor beyond the end of the file, before its data, or over another one is refused by name", async () => {
  await refused(withTensor({ offset: 10n ** 6n }), /tensor "a" ends at byte/);
  await refused(withTensor({ offset: 2n ** 63n }), /tensor "a" ends at byte/);
  await refused(withTensor({ offset: 2n ** 64n - 32n }), /tensor "a" ends at byte/);
  await refused(
    ggufBytes({ ...sound, tensors: [tensorA, { ...tensorB, offset: 0n }] }),
    /tensors "a" and "b" overlap/,
  );
});

test("dimensions that are zero, too many, or multiply to more than there is are refused by name", async () => {
  await refused(withTensor({ dims: [3, 0] }), /tensor "a" has shape \[0,3\]/);
  await refused(withTensor({ dims: [1, 1, 1, 1, 6] }), /tensor "a" claims 5 dimensions/);
  await refused(withTensor({ dims: [2 ** 31, 2 ** 31] }), /tensor "a" has shape/);
  await refused(withTensor({ dims: [2n ** 63n, 2n] }), /tensor "a" has shape \[2,9223372036854775808\]/);
  await refused(withTensor({ dims: [2 ** 16, 2 ** 16] }), /tensor "a" ends at byte/);
});

test("a type that is not supported is refused by name, with those that are", async () => {
  await refused(withTensor({ type: 10 }), /tensor "a": tensor type Q2_K \(10\)/);
  await refused(withTensor({ type: 9999 }), /tensor "a": tensor type 9999/);
});

test("a row that is no whole number of blocks is refused", async () => {
  await refused(withTensor({ type: 8, dims: [16, 2] }), /tensor "a" has shape \[2,16\].*Q8_0/);
});

test("a tensor that holds NaN or infinity is refused, with its place", async () => {
  await refused(
    withTensor({ bytes: f32([1, 2, Number.NaN, 4, 5, 6]) }),
    /tensor "a" holds NaN at position 2/,
  );
  await refused(
    withTensor({ bytes: f32([1, 2, 3, 4, 5, -Infinity]) }),
    /tensor "a" holds -Infinity at position 5/,
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

test("every tensor type is read, whole rows of blocks across the pieces in which the file is read", async () => {
  // Zero bytes are the value 0 in all of them; in the first and the last block something else stands.
  for (const [number, type] of Object.entries(tensorTypes)) {
    const rows = type.block === 1 ? 2_100_001 : Math.ceil(4_300_000 / type.bytes);
    const raw = new Uint8Array(rows * type.bytes);
    const block = Uint8Array.from({ length: type.bytes }, (_, i) => (i * 7 + 1) % 60);
    raw.set(block, 0);
    raw.set(block, raw.length - type.bytes);
    const wanted = new Float32Array(type.block);
    type.read(block, wanted);
    const tensor = { name: "a", dims: [type.block, rows], type: Number(number), bytes: raw };
    await inTemporaryFile(ggufBytes({ metadata: [], tensors: [tensor, tensorB] }), async (path) => {
      const file = await openGguf(path);
      const values = await file.read("a");
      await file.close();
      assert.deepEqual(file.tensors.get("a"), { shape: [rows, type.block], type: type.name });
      assert.equal(values.length, rows * type.block);
      assert.deepEqual(values.subarray(0, type.block), wanted, type.name);
      assert.deepEqual(values.subarray(-type.block), wanted, type.name);
      assert.ok(
        values.subarray(type.block, -type.block).every((x) => x === 0),
        type.name,
      );
    });
  }
});

test("NaN and infinities are kept where that is asked for", async () => {
  await inTemporaryFile(withTensor({ bytes: f32([1, Number.NaN, Infinity, 4, 5, 6]) }), async (path) => {
    const file = await openGguf(path);
    const values = await file.read("a", { nonFinite: "keep" });
    await file.close();
    assert.deepEqual([...values], [1, Number.NaN, Infinity, 4, 5, 6]);
  });
});

test("a scale that is no number makes a block of a quantised type refused", async () => {
  const bytes = new Uint8Array(34).fill(1);
  bytes.set([0, 0x7e]);
  await refused(
    withTensor({ type: 8, dims: [32], bytes }),
    /tensor "a" holds NaN at position 0 of its shape \[32\]/,
  );
});

test("a tensor that does not begin where the one before it ends is refused: a damaged offset is seen", async () => {
  const moved = (offset: bigint) => ggufBytes({ ...sound, tensors: [tensorA, { ...tensorB, offset }] });
  await refused(
    joined(moved(64n), new Uint8Array(64)),
    /tensor "b" begins at byte \d+, where .* call for \d+/,
  );
  await refused(joined(moved(36n), new Uint8Array(64)), /tensor "b" begins at byte/);
  await refused(ggufBytes({ ...sound, tensors: [{ ...tensorA, offset: 4n }] }), /tensor "a" begins at byte/);
});

test("bytes after the last tensor are let be, and a single value has the shape []", async () => {
  const one = { name: "one", dims: [], type: 0, bytes: f32([7]) };
  await inTemporaryFile(
    joined(ggufBytes({ metadata: [], tensors: [one] }), new Uint8Array(99)),
    async (path) => {
      const file = await openGguf(path);
      assert.deepEqual(file.tensors.get("one")?.shape, []);
      assert.deepEqual([...(await file.read("one"))], [7]);
      await file.close();
    },
  );
});

test("a file that is written to while it is read is refused", async () => {
  await inTemporaryFile(ggufBytes(sound), async (path) => {
    const file = await openGguf(path);
    await truncate(path, 300);
    await assert.rejects(
      file.read("b"),
      (e: unknown) => e instanceof SetupError && e.code === "MODEL_CHANGED",
    );
    await file.close();
  });
});
