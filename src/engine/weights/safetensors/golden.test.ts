import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { SetupError } from "../../../core/errors.ts";
import { inFolder } from "./in-folder.test.support.ts";
import { openSafetensors } from "./open-safetensors.ts";
import { readAll } from "./refused.test.support.ts";
import { rawBytes } from "./safetensors-bytes.test.support.ts";

type Seen = Record<
  string,
  { readonly dtype: string; readonly shape: readonly number[]; readonly float32: string }
>;
type Golden = {
  readonly files: { readonly single: Seen; readonly nonFinite: Seen; readonly sharded: Seen };
  readonly data: string;
  readonly headers: readonly {
    readonly case: string;
    readonly header: string;
    readonly accepted: boolean;
  }[];
};

const folder = join(import.meta.dirname, "../../../../test/golden/weights");
const golden = JSON.parse(readFileSync(join(folder, "safetensors.json"), "utf8")) as Golden;
const pathOf = (name: string) => join(folder, "safetensors", name);

/** The values of every tensor have the bits that Python saw, and nothing else is there. */
async function sameAsPython(
  path: string,
  seen: Seen,
  options?: { readonly nonFinite: "keep" },
): Promise<number> {
  const file = await openSafetensors(path);
  try {
    assert.deepEqual([...file.tensors.keys()].toSorted(), Object.keys(seen).toSorted());
    let values = 0;
    for (const [name, { dtype, shape, float32 }] of Object.entries(seen)) {
      assert.deepEqual(file.tensors.get(name), { shape, type: dtype }, name);
      const read = await file.read(name, options);
      // As text, so that one NaN is not taken for another.
      assert.equal(Buffer.from(read.buffer).toString("base64"), float32, name);
      values += read.length;
    }
    return values;
  } finally {
    await file.close();
  }
}

test("F32, F16 and BF16 values are Python's bit for bit: edges, every exponent, scalars, empty tensors", async () => {
  assert.equal(await sameAsPython(pathOf("single.safetensors"), golden.files.single), 746);
});

test("a model that huggingface_hub split into shards is read as one, by its index and by its folder", async () => {
  assert.equal(await sameAsPython(pathOf("sharded/model.safetensors.index.json"), golden.files.sharded), 576);
  assert.equal(await sameAsPython(pathOf("sharded"), golden.files.sharded), 576);
});

test("NaN and infinities are refused, and kept bit for bit when told so", async () => {
  const path = pathOf("non-finite.safetensors");
  await assert.rejects(readAll(path), /tensor "\w+" holds Infinity at position 0, index \[0\]/);
  assert.equal(await sameAsPython(path, golden.files.nonFinite, { nonFinite: "keep" }), 18);
});

/** What the reference implementation lets pass and this reader does not, on purpose. */
const STRICTER = [
  "F64",
  "I32",
  "an unknown entry",
  "the same key twice",
  "the same key twice by an escape",
  "a space before the brace",
];

test("no header that the reference implementation refuses is accepted, and of what it accepts only what is listed is refused", async () => {
  const data = Buffer.from(golden.data, "base64");
  const stricter: string[] = [];
  assert.ok(golden.headers.length >= 65);
  for (const { case: name, header, accepted } of golden.headers) {
    await inFolder({ "model.safetensors": rawBytes(header, data) }, async (where) => {
      const outcome = await readAll(where).catch((error: unknown) => error);
      if (outcome instanceof Map) {
        assert.ok(accepted, `${name}: read, though the reference refuses it`);
        return;
      }
      assert.ok(outcome instanceof SetupError, `${name}: ${String(outcome)}`);
      if (accepted) stricter.push(name);
    });
  }
  assert.deepEqual(stricter.toSorted(), STRICTER.toSorted());
});
