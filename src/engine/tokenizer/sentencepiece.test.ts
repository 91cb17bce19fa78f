import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { test } from "node:test";
import { SetupError } from "../../core/errors.ts";
import { rngFrom } from "../../stats/rng.ts";
import { sentencepieceMetadata } from "./golden-rows.test.support.ts";
import { sentencepieceMerges } from "./sentencepiece-merges.ts";
import { tokenizerFrom } from "./tokenizer.ts";

const sound = sentencepieceMetadata("sentencepiece.json");
const from = (change: Readonly<Record<string, unknown>> = {}) =>
  tokenizerFrom("m.gguf", { ...sound, ...change });

/** The same by the plainest loop: join the best pair, begin again. */
function byTheBook(scores: ReadonlyMap<string, number>, text: string): string[] {
  const pieces = Array.from(text);
  for (;;) {
    let best = -1;
    for (let i = 0; i + 1 < pieces.length; i++) {
      const score = scores.get(pieces[i]! + pieces[i + 1]!);
      if (score !== undefined && (best < 0 || score > scores.get(pieces[best]! + pieces[best + 1]!)!))
        best = i;
    }
    if (best < 0) return pieces;
    pieces.splice(best, 2, pieces[best]! + pieces[best + 1]!);
  }
}

test("merging by a queue is merging by the plainest loop, ties and all", () => {
  const rng = rngFrom("merges");
  const text = (length: number) => Array.from({ length }, () => "abc🙂"[rng.int(3)]!).join("");
  for (let round = 0; round < 300; round++) {
    const scores = new Map(Array.from({ length: 12 }, () => [text(2 + rng.int(4)), -rng.int(5)]));
    const merge = sentencepieceMerges(scores);
    for (let i = 0; i < 10; i++) {
      const some = text(rng.int(30));
      assert.deepEqual(merge(some), byTheBook(scores, some), `${some} by ${JSON.stringify([...scores])}`);
    }
  }
});

test("a long text without a cut is merged in a moment", () => {
  const t = from();
  const words = "the river carries it past the fields and the towns ".repeat(2000);
  const ids = t.encode(words);
  assert.ok(ids.length > 10_000);
  assert.equal(t.decode(ids), words);
});

test("the space before a text is the file's wish, and comes off again in decoding", () => {
  const withSpace = from();
  const without = from({ "tokenizer.ggml.add_space_prefix": false });
  assert.notDeepEqual(withSpace.encode("the"), without.encode("the"));
  for (const text of ["the sea", " the", "", "  ", "日\n"]) {
    assert.equal(withSpace.decode(withSpace.encode(text)), text);
    assert.equal(without.decode(without.encode(text)), text);
  }
  assert.deepEqual(from().affixes, { before: [1], after: [] });
  assert.deepEqual(from({ "tokenizer.ggml.add_bos_token": false }).affixes.before, []);
  assert.deepEqual(from().special, new Set([0, 1, 2]));
});

test("merging makes no control token, even of a piece that it would reach", () => {
  const the = (sound["tokenizer.ggml.tokens"] as string[]).indexOf("\u2581the");
  assert.deepEqual(from().encode("the"), [the]);
  const types = (sound["tokenizer.ggml.token_type"] as number[]).with(the, 3);
  const t = from({ "tokenizer.ggml.token_type": types });
  assert.ok(t.special.has(the) && !t.encode("the").includes(the));
  assert.equal(t.decode(t.encode("the")), "the");
});

test("a damaged SentencePiece vocabulary is refused by the name of the thing", () => {
  const tokens = sound["tokenizer.ggml.tokens"] as string[];
  const scores = sound["tokenizer.ggml.scores"] as number[];
  const types = sound["tokenizer.ggml.token_type"] as number[];
  const byte = types.indexOf(6);
  const normal = types.lastIndexOf(1);
  const refused = (change: Readonly<Record<string, unknown>>, words: RegExp) =>
    assert.throws(
      () => from(change),
      (error: unknown) =>
        error instanceof SetupError && words.test(error.message) && error.message.startsWith("m.gguf: "),
      words.source,
    );
  refused({ "tokenizer.ggml.tokens": undefined }, /without its list of tokens/);
  refused({ "tokenizer.ggml.tokens": [7] }, /without its list of tokens/);
  refused({ "tokenizer.ggml.scores": undefined }, /tokens have no score each/);
  refused({ "tokenizer.ggml.scores": scores.slice(1) }, /tokens have no score each/);
  refused(
    { "tokenizer.ggml.scores": scores.with(normal, Number.NaN) },
    /the score of its token \d+ is no number/,
  );
  refused({ "tokenizer.ggml.scores": scores.map(String) }, /is no number/);
  refused({ "tokenizer.ggml.tokens": tokens.with(byte, "<0xZZ>") }, /its byte token \d+ is "<0xZZ>"/);
  refused(
    {
      "tokenizer.ggml.token_type": types.map((type) => (type === 6 || type === 2 ? 3 : type)),
      "tokenizer.ggml.unknown_token_id": undefined,
    },
    /neither a token for every byte/,
  );
  refused({ "tokenizer.ggml.eos_token_id": 10 ** 6 }, /no end-of-sequence token/);
});

const shared = path.resolve(import.meta.dirname, "../../../../shared/data/models");
const skip = existsSync(path.join(shared, "tok512.bin")) ? false : "shared data is not there";

test(
  "llama2.c's vocabulary of 512 tokens gives the tokens that its model was measured with",
  { skip },
  () => {
    const bytes = readFileSync(path.join(shared, "tok512.bin"));
    const tokens: string[] = [];
    const scores: number[] = [];
    for (let at = 4; at < bytes.length;) {
      scores.push(bytes.readFloatLE(at));
      const length = bytes.readInt32LE(at + 4);
      tokens.push(bytes.toString("utf8", at + 8, at + 8 + length));
      at += 8 + length;
    }
    assert.equal(tokens.length, 512);
    const t = from({
      "tokenizer.ggml.tokens": tokens.map((token, id) =>
        id < 3 ? token.trim() : token.replaceAll(" ", "\u2581"),
      ),
      "tokenizer.ggml.scores": scores,
      "tokenizer.ggml.token_type": tokens.map((_, id) => (id === 0 ? 2 : id < 3 ? 3 : id < 259 ? 6 : 1)),
    });
    const { texts } = JSON.parse(readFileSync(path.join(shared, "stories260K.golden.json"), "utf8"));
    assert.ok(texts.length > 0);
    for (const { text, ids } of texts) {
      assert.deepEqual(t.encodeText(text), ids);
      assert.equal(t.decode(ids), text);
    }
  },
);
