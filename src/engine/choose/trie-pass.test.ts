import assert from "node:assert/strict";
import { test } from "node:test";
import { MASKED, type Past } from "../forward/forward.ts";
import { triePass } from "./trie-pass.ts";
import { trieBuilder } from "./trie.ts";

const pastOf = (length: number): Past => ({ rows: 1, length, k: [], v: [] });

test("each token looks at the prefix, its ancestors and itself; padding at itself alone", () => {
  const builder = trieBuilder();
  builder.add(-1, [10, 11]);
  builder.add(-1, [10, 12]); // a brother of 11
  const pass = triePass([builder.trie], 4, 99, pastOf(2), [[0, 2]]);
  assert.deepEqual([...pass.tokens], [10, 11, 12, 99]);
  assert.deepEqual([...pass.positions], [2, 3, 3, 0]);
  // "." may be looked at, "x" may not; the first two slots are the prefix.
  const picture = ["...xxx", "....xx", "...x.x", "xxxxx."].join("");
  assert.deepEqual([...pass.bias], Array.from(Float32Array.from(picture, (c) => (c === "." ? 0 : MASKED))));
  assert.deepEqual(pass.select, [2]);
});

test("places of a later row are counted behind the rows before it", () => {
  const [a, b] = [trieBuilder(), trieBuilder()];
  a.add(-1, [1]);
  b.add(-1, [2, 3]);
  const pass = triePass([a.trie, b.trie], 2, 0, pastOf(0), [
    [1, 1],
    [0, 0],
  ]);
  assert.deepEqual(pass.select, [3, 0]);
  assert.deepEqual([...pass.tokens], [1, 0, 2, 3]);
});
