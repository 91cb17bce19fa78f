import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { trieBuilder, type Trie } from "./trie.ts";

/** The tokens from the root to a node. */
function pathTo(trie: Trie, node: number): readonly number[] {
  return node < 0 ? [] : [...pathTo(trie, trie.parents[node]!), trie.tokens[node]!];
}

const texts = fc.array(fc.array(fc.integer({ min: 0, max: 3 }), { maxLength: 8 }), { maxLength: 12 });

test("the path to the node at which a text ends spells that text", () => {
  fc.assert(
    fc.property(texts, (all) => {
      const builder = trieBuilder();
      const ends = all.map((text) => builder.add(-1, text));
      all.forEach((text, i) => assert.deepEqual(pathTo(builder.trie, ends[i]!), text));
    }),
    { seed: 1 },
  );
});

test("there is one node for each distinct beginning, parents stand before children, depths count from 0", () => {
  fc.assert(
    fc.property(texts, (all) => {
      const builder = trieBuilder();
      for (const text of all) builder.add(-1, text);
      const beginnings = new Set(all.flatMap((text) => text.map((_, i) => text.slice(0, i + 1).join(" "))));
      const { tokens, parents, depths } = builder.trie;
      assert.equal(tokens.length, beginnings.size);
      tokens.forEach((_, node) => {
        assert.ok(parents[node]! < node);
        assert.equal(depths[node], pathTo(builder.trie, node).length - 1);
      });
    }),
    { seed: 2 },
  );
});

test("a text added from a node goes on from there, and added again it is the same node", () => {
  const builder = trieBuilder();
  const stem = builder.add(-1, [5, 6]);
  const one = builder.add(stem, [7]);
  const other = builder.add(stem, [8, 9]);
  assert.deepEqual(pathTo(builder.trie, one), [5, 6, 7]);
  assert.deepEqual(pathTo(builder.trie, other), [5, 6, 8, 9]);
  assert.equal(builder.add(-1, [5, 6, 8, 9]), other);
  assert.equal(builder.trie.tokens.length, 5);
});
