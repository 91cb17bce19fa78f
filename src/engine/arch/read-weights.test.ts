import assert from "node:assert/strict";
import { test } from "node:test";
import { ggufBytes, type TensorEntry } from "../../../test/engine/gguf-bytes.ts";
import { inTemporaryFile } from "../../../test/engine/in-temporary-file.ts";
import {
  engineWeights,
  permuteAsConverterDoes,
  spokenConfig,
  tinyCheckpoint,
  tinyGguf,
  tinyTensors,
} from "../../../test/engine/tiny-llama.ts";
import { SetupError } from "../../core/errors.ts";
import { openGguf } from "../weights/gguf-file.ts";
import { llama } from "./families/llama.ts";
import { undoRotaryPermutation } from "./families/rotary-rows.ts";
import { readWeights } from "./read-weights.ts";

const checkpoint = tinyCheckpoint(spokenConfig);

function read(tensors: readonly TensorEntry[], asStored = false) {
  return inTemporaryFile(ggufBytes({ ...tinyGguf(checkpoint), tensors }), async (path) => {
    const file = await openGguf(path);
    try {
      return await readWeights(file, "gguf", llama, spokenConfig, asStored ? () => undefined : undefined);
    } finally {
      await file.close();
    }
  });
}

const sound = tinyTensors(checkpoint);
const without = (name: string) => sound.filter((t) => t.name !== name);
const changed = (name: string, change: Partial<TensorEntry>) =>
  sound.map((t) => (t.name === name ? { ...t, ...change } : t));

test("undoing the rotary permutation is the inverse of what llama.cpp's converter does", () => {
  const heads = 3;
  const dHead = 8;
  const dModel = 5;
  const shape = [heads * dHead, dModel];
  const values = Float32Array.from({ length: heads * dHead * dModel }, (_, i) => i);
  const stored = permuteAsConverterDoes({ shape, values }, heads);
  assert.notDeepEqual(stored, values);
  assert.deepEqual(undoRotaryPermutation(stored, heads, dHead, dModel), values);
});

test("of a head of four rows the converter stores 0, 2, 1, 3, and the undoing puts them back", () => {
  assert.deepEqual([...undoRotaryPermutation(Float32Array.from([0, 2, 1, 3]), 1, 4, 1)], [0, 1, 2, 3]);
  assert.deepEqual(
    [...undoRotaryPermutation(Float32Array.from([0, 3, 1, 4, 2, 5]), 1, 6, 1)],
    [0, 1, 2, 3, 4, 5],
  );
});

test("a file gives back the checkpoint that it was written from, queries and keys in their own order again", async () => {
  const weights = await read(sound);
  const wanted = engineWeights(checkpoint, spokenConfig);
  assert.deepEqual([...weights.keys()].toSorted(), [...wanted.keys()].toSorted());
  for (const [name, weight] of wanted) assert.deepEqual(weights.get(name), weight, name);
});

test("as stored, queries and keys differ and nothing else does", async () => {
  const weights = await read(sound, true);
  const wanted = engineWeights(checkpoint, spokenConfig);
  const differing = [...wanted.keys()].filter(
    (name) =>
      !Buffer.from(weights.get(name)!.values.buffer).equals(Buffer.from(wanted.get(name)!.values.buffer)),
  );
  assert.deepEqual(
    differing,
    [0, 1].flatMap((l) => ["W_Q", "W_K"].map((part) => `blocks.${l}.attn.${part}`)),
  );
});

test("without an unembedding of its own the file's embedding is used, and is the same memory", async () => {
  const weights = await read(without("output.weight"));
  assert.equal(weights.get("unembed.W_U"), weights.get("embed.W_E"));
});

test("where the config says that it has one of its own, a file without it is not whole", async () => {
  const parts = { ...tinyGguf(checkpoint), tensors: without("output.weight") };
  await inTemporaryFile(ggufBytes(parts), async (path) => {
    const file = await openGguf(path);
    try {
      await assert.rejects(
        readWeights(file, "gguf", llama, { ...spokenConfig, tied: false }),
        /output\.weight .* is missing/u,
      );
    } finally {
      await file.close();
    }
  });
});

test("a missing tensor, a wrong shape and a transposed matrix are refused by name", async () => {
  const refused = (tensors: readonly TensorEntry[], words: RegExp) =>
    assert.rejects(
      read(tensors),
      (error: unknown) => error instanceof SetupError && words.test(error.message),
    );
  await refused(without("blk.1.attn_k.weight"), /blk\.1\.attn_k\.weight should be \[16,32\], is missing/);
  await refused(without("token_embd.weight"), /token_embd\.weight .* is missing/);
  await refused(
    changed("blk.0.ffn_gate.weight", { dims: [48, 32] }),
    /blk\.0\.ffn_gate\.weight should be \[48,32\], is \[32,48\]/,
  );
  await refused(changed("output_norm.weight", { dims: [32, 1] }), /output_norm\.weight should be \[32\]/);
});

test("a tensor that the architecture has no place for is refused by name: a bias, say", async () => {
  for (const name of ["blk.0.attn_q.bias", "blk.2.attn_q.weight"]) {
    const more = [...sound, { name, dims: [4], type: 0, bytes: new Uint8Array(16) }];
    await assert.rejects(
      read(more),
      (error: unknown) =>
        error instanceof SetupError && error.message.includes(`tensor ${name} has no place`),
    );
  }
});
