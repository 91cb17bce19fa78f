// From what the user says to a file: names, paths, a path for a name, and what is refused.

import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import assert from "node:assert/strict";
import { bench, content, fakeHub, modelBytes, sends, sha256, tiny } from "./fakes.test.support.ts";
import { listModels } from "./list-models.ts";
import { pullModel, resolveModelFile } from "./resolve-model-file.ts";

const known = { tiny };

test("a name of the catalogue is fetched, and known as pinned", async (t) => {
  const on = await bench(t);
  on.options.env["HF_ENDPOINT"] = (await fakeHub(t, sends(content))).url;
  const found = await resolveModelFile("tiny", on.options, known);
  assert.deepEqual(found, {
    path: join(on.folder, "tiny.gguf"),
    bytes: content.length,
    sha256: tiny.sha256,
    pinned: { kind: "pinned", name: "tiny", file: tiny },
    source: "hub",
  });
  assert.equal((await resolveModelFile("tiny", on.options, known)).source, "cache");
});

test("a file that the user gives for a name is taken where it lies, and nobody is asked", async (t) => {
  const on = await bench(t);
  const file = join(on.elsewhere, "mine.gguf");
  await writeFile(file, content);
  const found = await resolveModelFile("tiny", { ...on.options, file }, known);
  assert.ok(found.path === file && found.source === "file" && found.pinned.kind === "pinned");
  assert.deepEqual(on.events, []);
});

test("a file for a name that is another file is refused and not replaced by a download", async (t) => {
  const on = await bench(t);
  on.options.env["HF_ENDPOINT"] = (await fakeHub(t, sends(content))).url;
  const file = join(on.elsewhere, "mine.gguf");
  await writeFile(file, modelBytes(2));
  const refusal = resolveModelFile("tiny", { ...on.options, file }, known);
  await assert.rejects(refusal, { name: "SetupError", code: "MODEL_FILE_DIFFERS" });
  assert.deepEqual(on.events, []);
});

test("any GGUF file may be named by its path, and says that it is not a pinned one", async (t) => {
  const on = await bench(t);
  const path = join(on.elsewhere, "other.gguf");
  await writeFile(path, modelBytes(2));
  const found = await resolveModelFile(path, on.options, known);
  assert.ok(found.pinned.kind === "none" && found.source === "file");
  assert.equal(found.sha256, sha256(modelBytes(2)));
});

test("the pinned file is known under whatever path it has", async (t) => {
  const on = await bench(t);
  const path = join(on.elsewhere, "renamed.gguf");
  await writeFile(path, content);
  const { pinned } = await resolveModelFile(path, on.options, known);
  assert.ok(pinned.kind === "pinned" && pinned.name === "tiny");
});

test("a folder of safetensors has one hash, by what its files hold and are called, wherever it lies", async (t) => {
  const on = await bench(t);
  const made = async (name: string, files: Readonly<Record<string, string>>) => {
    const folder = join(on.elsewhere, name);
    await mkdir(folder);
    for (const [file, text] of Object.entries(files)) await writeFile(join(folder, file), text);
    return folder;
  };
  const files = { "config.json": "{}", "model.safetensors": "weights", "README.md": "words" };
  const hashOf = async (path: string) => (await resolveModelFile(path, on.options, known)).sha256;
  const folder = await made("one", files);
  const hash = await hashOf(folder);
  assert.equal(await hashOf(join(folder, "model.safetensors")), hash);
  assert.equal(await hashOf(await made("same", { ...files, "README.md": "other words" })), hash);
  for (const [i, other] of [
    { ...files, "model.safetensors": "other" },
    { ...files, "config.json": "{ }" },
    { ...files, "tokenizer.json": "{}" },
  ].entries())
    assert.notEqual(await hashOf(await made(`other ${i}`, other)), hash);
  await assert.rejects(hashOf(await made("empty", { "config.json": "{}" })), { code: "MODEL_FILE_MISSING" });
});

test("what can't be a model file is refused with its own reason", async (t) => {
  const on = await bench(t);
  const page = join(on.elsewhere, "page.gguf");
  await writeFile(page, "<html>");
  const empty = join(on.elsewhere, "empty.gguf");
  await writeFile(empty, "");
  const cases = [
    [page, "MODEL_FILE_NOT_GGUF"],
    [empty, "MODEL_FILE_NOT_GGUF"],
    [on.elsewhere, "MODEL_FILE_MISSING"],
    ["/dev/null", "MODEL_FILE_UNREADABLE"],
    [join(page, "below"), "MODEL_FILE_UNREADABLE"],
    [join(on.elsewhere, "none.gguf"), "MODEL_FILE_MISSING"],
    ["tinny", "MODEL_UNKNOWN"],
    ["toString", "MODEL_UNKNOWN"],
  ] as const;
  for (const [path, code] of cases) {
    await assert.rejects(resolveModelFile(path, on.options, known), { name: "SetupError", code }, path);
  }
});

test("a name that nobody knows is told with the names that are known", async (t) => {
  const on = await bench(t);
  const hint = "Known models: tiny. Or name the path of a GGUF file or of a folder with safetensors.";
  await assert.rejects(pullModel("./tiny.gguf", on.options, known), { code: "MODEL_UNKNOWN", hint });
});

test("the list says of each model whether it is cached, where, and how big", async (t) => {
  const on = await bench(t);
  const path = join(on.folder, "tiny.gguf");
  const row = async (verify = false) => (await listModels({ ...on.options, verify }, known))[0];
  assert.deepEqual(await row(), {
    name: "tiny",
    file: tiny,
    cache: { kind: "absent", path, because: "not there" },
  });
  await mkdir(on.folder, { recursive: true });
  await writeFile(path, content);
  assert.equal((await row())?.cache.kind, "unchecked");
  assert.deepEqual((await row(true))?.cache, { kind: "cached", path, bytes: content.length });
  assert.deepEqual((await row())?.cache, { kind: "cached", path, bytes: content.length });
  await writeFile(path, modelBytes(2));
  assert.equal((await row(true))?.cache.kind, "damaged");
});
