// The catalogue's entries are complete and pinned: what the types can't say.

import { test } from "node:test";
import assert from "node:assert/strict";
import { catalogue, defaultModel, type Catalogue } from "./catalogue.ts";

const entries = Object.entries(catalogue satisfies Catalogue as Catalogue);

test("every model is pinned by a whole hash and a whole revision, and its files keep apart in the cache", () => {
  for (const [name, file] of entries) {
    assert.match(name, /^[a-z0-9]+(-[a-z0-9]+)*$/u);
    assert.match(file.sha256, /^[0-9a-f]{64}$/u);
    assert.ok(Number.isInteger(file.bytes) && file.bytes > 0);
    assert.match(file.fileName, /^[A-Za-z0-9][A-Za-z0-9._-]*\.gguf$/u);
    assert.ok(file.sources.length > 0);
    for (const pin of file.sources) {
      if (pin.kind === "hub") assert.match(pin.revision, /^[0-9a-f]{40}$/u);
      else assert.match(pin.version, /^[0-9]+(\.[0-9]+)*$/u);
    }
  }
  assert.equal(new Set(entries.map(([, { fileName }]) => fileName)).size, entries.length);
});

test("every title names the quantisation and what is done to it", () => {
  for (const [, { title }] of entries) assert.match(title, /, Q\w+, dequantised to fp32$/u);
});

test("the default is the one pinned file that the project speaks of", () => {
  const { bytes, licence, sha256 } = catalogue[defaultModel];
  assert.equal(bytes, 98_362_432);
  assert.equal(licence, "Apache-2.0");
  assert.ok(sha256.startsWith("b179c952") && sha256.endsWith("8110db53"));
});
