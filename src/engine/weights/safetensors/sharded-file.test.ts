import assert from "node:assert/strict";
import { mkdir, rm, symlink, truncate, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { inFolder } from "./in-folder.test.support.ts";
import { openSafetensors } from "./open-safetensors.ts";
import { readAll, refused } from "./refused.test.support.ts";
import { f32, safetensorsBytes } from "./safetensors-bytes.test.support.ts";

const INDEX = "model.safetensors.index.json";
const ONE = "model-00001-of-00002.safetensors";
const TWO = "model-00002-of-00002.safetensors";
const shard = (...names: readonly string[]) =>
  safetensorsBytes(
    names.map((name) => ({ name, dtype: "F32", shape: [1], bytes: f32([name.charCodeAt(0)]) })),
  );
const indexOf = (map: Readonly<Record<string, unknown>>, rest: object = { metadata: { total_size: 12 } }) =>
  JSON.stringify({ ...rest, weight_map: map });
const soundMap = { a: ONE, b: TWO, c: ONE };
const sound = { [INDEX]: indexOf(soundMap), [ONE]: shard("a", "c"), [TWO]: shard("b") };

/** The sound model with other files in some places (undefined: none). */
async function corrupt(
  change: Readonly<Record<string, Uint8Array | string | undefined>>,
  words: RegExp,
  code = "CORRUPT_MODEL",
): Promise<void> {
  const files = Object.fromEntries(
    Object.entries({ ...sound, ...change }).filter(
      (row): row is [string, Uint8Array | string] => row[1] !== undefined,
    ),
  );
  await inFolder(files, (folder) => refused(join(folder, INDEX), code, words));
}

test("shards are one model, in the order of the index; a tensor that none holds is named", async () => {
  await inFolder(sound, async (folder) => {
    for (const path of [folder, join(folder, INDEX)]) {
      const file = await openSafetensors(path);
      assert.equal(file.path, join(folder, INDEX));
      assert.deepEqual([...file.tensors.keys()], ["a", "b", "c"]);
      assert.deepEqual(file.tensors.get("c"), { shape: [1], type: "F32" });
      assert.deepEqual([...(await file.read("b"))], [98]);
      assert.deepEqual([...(await file.read("c"))], [99]);
      await assert.rejects(file.read("d"), /tensor "d" is missing/);
      await assert.rejects(file.read("__proto__"), /tensor "__proto__" is missing/);
      await file.close();
      await assert.rejects(file.read("a"), "closed is closed");
    }
  });
});

test("of one file and shards in the same folder, the file is taken; one shard alone is refused", async () => {
  await inFolder({ ...sound, "model.safetensors": shard("x") }, async (folder) => {
    assert.deepEqual([...(await readAll(folder)).keys()], ["x"]);
    await refused(join(folder, TWO), "MODEL_FILE", /is one shard of a model/);
  });
  await inFolder({ "model-00001-of-00001.safetensors": shard("x") }, async (folder) => {
    assert.equal((await readAll(join(folder, "model-00001-of-00001.safetensors"))).size, 1);
  });
});

test("a shard that is missing, damaged or no file is refused by its name", async () => {
  await corrupt({ [TWO]: undefined }, /its shard model-00002-of-00002\.safetensors is missing/, "MODEL_FILE");
  await inFolder({ ...sound, [TWO]: shard("b").slice(0, -1) }, async (folder) =>
    assert.rejects(readAll(folder), /model-00002-of-00002\.safetensors is corrupt/),
  );
  await inFolder({ [INDEX]: sound[INDEX], [ONE]: sound[ONE] }, async (folder) => {
    await mkdir(join(folder, TWO));
    await assert.rejects(readAll(folder), /model-00002-of-00002\.safetensors: is not a file/);
  });
});

test("a tensor that its shard lacks, or that a shard holds against the index, is refused by name", async () => {
  await corrupt(
    { [TWO]: shard("x") },
    /places tensor "b" in model-00002-of-00002\.safetensors, which does not hold it/,
  );
  await corrupt(
    { [TWO]: shard("b", "x") },
    /model-00002-of-00002\.safetensors holds tensor "x", which the index does not name/,
  );
  await corrupt(
    { [TWO]: shard("b", "a") },
    /model-00002-of-00002\.safetensors holds tensor "a", which the index places in model-00001-of-00002\.safetensors/,
  );
});

test("a shard's name that is more than a plain name of a file beside the index is refused", async () => {
  for (const name of [
    `../${ONE}`,
    `/etc/${ONE}`,
    `sub/${ONE}`,
    String.raw`..\w.safetensors`,
    "C:w.safetensors",
    "..",
    ".",
    "",
    ".hidden.safetensors",
    "-.safetensors",
    "w.bin",
    "w\u0000.safetensors",
    "\u001b[31m.safetensors",
    "w.safetensors\n",
    "w .safetensors",
    `${"w".repeat(300)}.safetensors`,
    7,
    null,
    [ONE],
  ])
    await corrupt(
      { [INDEX]: indexOf({ ...soundMap, b: name }) },
      /tensor "b" (in .* is no plain name|is longer than 255|should be a text)|tensor "b" in .*which is no plain name/,
    );
});

test("a shard that is a link out of the folder is refused; links within it, and a cache of links, are read", async () => {
  await inFolder({ [INDEX]: sound[INDEX], [ONE]: sound[ONE] }, (folder) =>
    inFolder({ "elsewhere.safetensors": sound[TWO] }, async (outside) => {
      await symlink(join(outside, "elsewhere.safetensors"), join(folder, TWO));
      await refused(
        join(folder, INDEX),
        "MODEL_FILE",
        /model-00002-of-00002\.safetensors is a link that leads out/,
      );
    }),
  );
  await inFolder({ [INDEX]: sound[INDEX], [ONE]: sound[ONE], real: sound[TWO] }, async (folder) => {
    await symlink("real", join(folder, TWO));
    assert.equal((await readAll(folder)).size, 3);
  });
  await inFolder({}, async (folder) => {
    const [blobs, snapshot] = [join(folder, "blobs"), join(folder, "snapshots", "0f3a")];
    await mkdir(blobs);
    await mkdir(snapshot, { recursive: true });
    for (const [name, bytes] of Object.entries(sound)) {
      await writeFile(join(blobs, `sha-of-${name}`), bytes);
      await symlink(join("..", "..", "blobs", `sha-of-${name}`), join(snapshot, name));
    }
    assert.deepEqual([...(await readAll(snapshot)).keys()], ["a", "b", "c"]);
    await symlink("nowhere", join(snapshot, "model.safetensors"));
    assert.equal((await readAll(snapshot)).size, 3, "a link to nothing is no file");
  });
});

test("an index that is not what it should be is refused", async () => {
  const index = (json: string, words: RegExp) => corrupt({ [INDEX]: json }, words);
  await index("", /its JSON ends within its index/);
  await index("not JSON", /its index should be an object/);
  await index("[]", /its index should be an object/);
  await index("{}", /its weight_map names no tensor/);
  await index('{"weight_map":{}}', /its weight_map names no tensor/);
  await index('{"weight_map":[]}', /its weight_map should be an object/);
  await index(`${sound[INDEX]}}`, /more behind the end of its JSON/);
  await index(sound[INDEX].slice(0, -5), /its JSON ends within/);
  await index(sound[INDEX].replace('"b"', '"a"'), /"a" stands twice in its weight_map/);
  await index(sound[INDEX].replace("{", '{"weight_map":{"a":"a.safetensors"},'), /"weight_map" stands twice/);
  await index(`{"metadata":${"[".repeat(1000)}`, /"metadata" lies more than 32 levels deep/);
  const many = Object.fromEntries(Array.from({ length: 1001 }, (_, i) => [`t${i}`, `s${i}.safetensors`]));
  await index(indexOf(many), /names more than 1000 shards/);
});

test("metadata of any kind is let pass, for nothing is read from it", async () => {
  for (const rest of [
    {},
    { metadata: { total_size: "wrong", deep: [{ a: [null, 1.5, true] }] } },
    { other: 1 },
  ])
    await inFolder({ ...sound, [INDEX]: indexOf(soundMap, rest) }, async (folder) => {
      assert.equal((await readAll(folder)).size, 3);
    });
});

test("an index that is missing, or too large to be one, is refused unread", async () => {
  await inFolder(sound, async (folder) => {
    await truncate(join(folder, INDEX), 64_000_001); // a hole on the disk: no bytes are written
    await refused(join(folder, INDEX), "CORRUPT_MODEL", /an index of 64000001 bytes/);
    await rm(join(folder, INDEX));
    await refused(join(folder, INDEX), "MODEL_FILE", /can't open it: ENOENT/);
  });
});
