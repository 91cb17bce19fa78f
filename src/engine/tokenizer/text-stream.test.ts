import assert from "node:assert/strict";
import path from "node:path";
import { test } from "node:test";
import { existingModel, withoutRealModel } from "../../../test/real-model.ts";
import { rngFrom } from "../../stats/rng.ts";
import { openGguf } from "../weights/gguf-file.ts";
import { byteLevelMetadata, goldenFolder, sentencepieceMetadata } from "./golden-rows.test.support.ts";
import { textStream } from "./text-stream.ts";
import { tokenizerFromFolder } from "./tokenizer-from-folder.ts";
import { tokenizerFrom, type Tokenizer } from "./tokenizer.ts";

/** Any ids at all, and ids of texts with something cut out or put in between. */
function assertStreams(t: Tokenizer, rounds: number): void {
  const rng = rngFrom("streams");
  const stream = textStream(t);
  let withheld = 0;
  for (let round = 0; round < rounds; round++) {
    const ids =
      round % 2 === 0
        ? Array.from({ length: rng.int(12) }, () => rng.int(t.vocabulary + 2))
        : t
            .encode(" é日本🙂👩🏽 a\u{feff}b\u0000 ")
            .flatMap((id) => (rng.int(4) === 0 ? [rng.int(t.vocabulary)] : [id]));
    const pushed = ids.map((id) => stream.push(id));
    if (pushed.includes("")) withheld++;
    assert.equal(pushed.join("") + stream.end(), t.decode(ids), JSON.stringify(ids));
  }
  assert.ok(withheld > rounds / 10);
}

test("the stream's text in total is what decode makes of all ids, whatever they are", async () => {
  assertStreams(tokenizerFrom("m.gguf", byteLevelMetadata("gpt-2")), 3000);
  assertStreams(tokenizerFrom("m.gguf", sentencepieceMetadata("sentencepiece.json")), 3000);
  assertStreams(await tokenizerFromFolder(path.join(goldenFolder, "llama2")), 1000);
});

test("nothing comes out before it is certain, and a character comes out with its last byte", () => {
  const t = tokenizerFrom("m.gguf", byteLevelMetadata("gpt-2"));
  const ids = t.encode("🙂é");
  const stream = textStream(t);
  assert.deepEqual(
    ids.map((id) => stream.push(id)),
    ["", "", "", "🙂", "", "é"],
  );
  assert.equal(stream.end(), "");
  // A mark of byte order at the beginning is text that the model wrote.
  assert.equal(
    t
      .encode("\u{feff}a")
      .map((id) => stream.push(id))
      .join("") + stream.end(),
    "\u{feff}a",
  );
  // A broken character is certain as soon as what follows can't belong to it.
  assert.deepEqual(
    [stream.push(ids[0]!), stream.push(t.encode("a")[0]!), stream.end()],
    ["", "\u{fffd}a", ""],
  );
  assert.deepEqual([stream.push(ids[0]!), stream.end(), stream.push(ids[1]!)], ["", "\u{fffd}", "\u{fffd}"]);
});

test("a first space that the tokenizer put there is taken off once, even if special tokens stand before it", () => {
  const t = tokenizerFrom("m.gguf", sentencepieceMetadata("sentencepiece.json"));
  const [word] = t.encode("the") as [number];
  const stream = textStream(t);
  assert.deepEqual(
    [stream.push(1), stream.push(word), stream.push(word), stream.end()],
    ["", "the", " the", ""],
  );
  assert.equal(stream.push(word), "the");
  const bare = tokenizerFrom("m.gguf", {
    ...sentencepieceMetadata("sentencepiece.json"),
    "tokenizer.ggml.add_space_prefix": false,
  });
  assert.equal(textStream(bare).push(word), " the");
});

test(
  "the real tokenizer's stream equals its decode, token by token",
  { skip: withoutRealModel },
  async () => {
    const file = await openGguf(existingModel());
    await file.close();
    assertStreams(tokenizerFrom("real", file.metadata), 1000);
  },
);
