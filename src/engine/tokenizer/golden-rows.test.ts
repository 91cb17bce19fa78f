import assert from "node:assert/strict";
import path from "node:path";
import { test } from "node:test";
import {
  assertRow,
  byteLevelMetadata,
  golden,
  goldenFolder,
  sentencepieceMetadata,
} from "./golden-rows.test.support.ts";
import { preTokenizers } from "./pre-tokenizers.ts";
import { tokenizerFromFolder } from "./tokenizer-from-folder.ts";
import { tokenizerFrom } from "./tokenizer.ts";

const cut = golden("byte-level-rows.json").rows;

for (const pre of new Set(cut.map((row) => row.pre!))) {
  test(`text of a GGUF file's ${pre} is cut and merged as the reference does`, () => {
    const t = tokenizerFrom("m.gguf", byteLevelMetadata(pre));
    const rows = cut.filter((row) => row.pre === pre);
    assert.ok(rows.length > 70 && rows.some((row) => row.idsAsText));
    for (const row of rows) assertRow(t, row);
  });
}

test("there are rows for every way of cutting, and each differs from every other", () => {
  const names = Object.keys(preTokenizers).filter((name) => name !== "llama3");
  const ids = names.map((name) =>
    JSON.stringify(cut.filter((row) => row.pre === name).map((row) => row.ids)),
  );
  assert.equal(new Set(ids).size, names.length);
  assert.ok(!ids.includes("[]"));
});

for (const folder of ["gpt2", "llama2", "llama3", "metaspace", "no-bytes"]) {
  test(`the folder ${folder} gives the reference's tokens`, async () => {
    const t = await tokenizerFromFolder(path.join(goldenFolder, folder));
    const { rows } = golden(`${folder}/rows.json`);
    assert.ok(rows.length > 70 && rows.some((row) => row.idsAsText));
    for (const row of rows) assertRow(t, row);
  });
}

for (const name of ["sentencepiece", "sentencepiece-no-bytes"]) {
  test(`a GGUF file's ${name} gives SentencePiece's own tokens`, () => {
    const t = tokenizerFrom("m.gguf", sentencepieceMetadata(`${name}.json`));
    const { rows } = golden(`${name}.json`);
    assert.ok(rows.length > 50);
    for (const { text, ids } of rows) {
      assert.deepEqual(t.encode(text, { specialTokens: "text" }), ids, JSON.stringify(text));
      assert.deepEqual(t.encodeText(text, { specialTokens: "text" }), [1, ...ids], JSON.stringify(text));
    }
  });
}
