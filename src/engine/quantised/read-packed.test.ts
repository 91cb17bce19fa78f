// Matrices taken in their stored blocks are the file's matrices, in the order of rows that the graph wants.

import assert from "node:assert/strict";
import { test } from "node:test";
import { ggufBytes, type TensorEntry } from "../../../test/engine/gguf-bytes.ts";
import { inTemporaryFile } from "../../../test/engine/in-temporary-file.ts";
import { spokenConfig, tinyCheckpoint, tinyGguf, tinyTensors } from "../../../test/engine/tiny-llama.ts";
import { rngFrom } from "../../stats/rng.ts";
import { llama } from "../arch/families/llama.ts";
import { readWeights } from "../arch/read-weights.ts";
import { openGguf } from "../weights/gguf-file.ts";
import { readPacked } from "./read-packed.ts";
import { valuesOf } from "./quantised-weight.ts";

const Q4_1 = 3;
const Q8_0 = 8;
const checkpoint = tinyCheckpoint(spokenConfig);

/** A matrix of the same shape in seeded blocks, with scales near 2^-5. */
function inBlocks(tensor: TensorEntry, type: number): TensorEntry {
  const rng = rngFrom(tensor.name);
  const blocks = tensor.dims.reduce<number>((a, d) => a * Number(d), 1) / 32;
  const bytes = Uint8Array.from({ length: blocks * (type === Q4_1 ? 20 : 34) }, () => rng.int(256));
  const size = bytes.length / blocks;
  for (let at = 0; at < bytes.length; at += size) {
    bytes[at + 1] = 0x28 | (bytes[at + 1]! & 3);
    if (type === Q4_1) bytes[at + 3] = 0xb4 | (bytes[at + 3]! & 3);
  }
  return { ...tensor, type, bytes };
}

/** Rows of 32 alone stand in whole blocks: of the tiny model all matrices but `ffn_down`. */
const tensors = tinyTensors(checkpoint).map((tensor) => {
  if (tensor.dims.length !== 2 || Number(tensor.dims[0]) % 32 !== 0) return tensor;
  return inBlocks(tensor, tensor.name === "output.weight" ? Q8_0 : Q4_1);
});

async function packed(change: (all: readonly TensorEntry[]) => readonly TensorEntry[] = (all) => all) {
  const parts = { ...tinyGguf(checkpoint), tensors: change(tensors) };
  return inTemporaryFile(ggufBytes(parts), async (path) => {
    const file = await openGguf(path);
    try {
      const floats = await readWeights(file, "gguf", llama, spokenConfig);
      return { floats, ...(await readPacked(file, llama, spokenConfig, floats)) };
    } finally {
      await file.close();
    }
  });
}

type Read = Awaited<ReturnType<typeof packed>>;

function unpacked({ weights, forms }: Read, name: string, shape: readonly number[]): Float32Array {
  const part = (suffix: string) => weights.get(`${name}.${suffix}`)?.values;
  const offsets = part("offsets") as Float32Array | undefined;
  return valuesOf({
    shape: shape as readonly [number, number],
    bits: forms.get(name)!.bits,
    packed: part("packed") as Uint8Array,
    scales: part("scales") as Float32Array,
    ...(offsets ? { offsets } : {}),
  });
}

test("every matrix in blocks is the file's own to the bit, queries and keys in the graph's order of rows", async () => {
  const read = await packed();
  const names = [...read.forms.keys()];
  assert.equal(names.length, 2 * 6 + 1);
  for (const name of names) {
    const { shape, values } = read.floats.get(name)!;
    assert.deepEqual(unpacked(read, name, shape), values, name);
  }
  assert.deepEqual(read.rounded, []);
  assert.deepEqual(read.forms.get("unembed.W_U"), { bits: 8, hasOffsets: false });
});

test("what stands in no whole blocks, is looked up in or is no matrix stays float32", async () => {
  const read = await packed();
  for (const name of ["blocks.0.mlp.W_out", "embed.W_E", "unembed.W_U", "ln_final.w"])
    assert.equal(read.weights.get(name), read.floats.get(name), name);
});

test("a type that has no such form is rounded to 8 bits, and by how much is told", async () => {
  const plain = tinyTensors(checkpoint);
  const read = await packed((all) =>
    all.map((t) => (t.name === "blk.1.ffn_up.weight" ? plain.find((p) => p.name === t.name)! : t)),
  );
  assert.deepEqual(
    read.rounded.map(({ name }) => name),
    ["blocks.1.mlp.W_in"],
  );
  assert.ok(read.rounded[0]!.relativeError > 1e-4 && read.rounded[0]!.relativeError < 2e-2);
  const { shape, values } = read.floats.get("blocks.1.mlp.W_in")!;
  const found = unpacked(read, "blocks.1.mlp.W_in", shape);
  assert.ok(found.every((x, i) => Math.abs(x - values[i]!) < 0.01));
});

test("an unembedding that is tied is the embedding's own blocks", async () => {
  const read = await packed((all) => all.filter((t) => t.name !== "output.weight"));
  assert.deepEqual(read.forms.get("unembed.W_U"), { bits: 4, hasOffsets: true });
  const { shape, values } = read.floats.get("embed.W_E")!;
  assert.deepEqual(unpacked(read, "unembed.W_U", shape), values);
});
