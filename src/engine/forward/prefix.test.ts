import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { tinyConfig } from "../../../test/engine/tiny-llama.ts";
import { emptyPast, type Forward, type Pass } from "./forward.ts";
import { prefixCache, sharedPrefix } from "./prefix.ts";

test("the shared beginning is the longest that all have and that leaves each a token", () => {
  assert.equal(sharedPrefix([]), 0);
  assert.equal(sharedPrefix([[1, 2, 3]]), 2);
  assert.equal(sharedPrefix([[]]), 0);
  assert.equal(
    sharedPrefix([
      [1, 2, 3],
      [1, 2, 4, 5],
    ]),
    2,
  );
  assert.equal(
    sharedPrefix([
      [1, 2],
      [1, 2, 3],
    ]),
    1,
  );
  assert.equal(sharedPrefix([[1], [2]]), 0);
  assert.equal(sharedPrefix([[1, 2], []]), 0);
});

test("the shared beginning agrees with its definition on random texts", () => {
  const text = fc.array(fc.integer({ min: 0, max: 1 }), { maxLength: 6 });
  fc.assert(
    fc.property(fc.array(text, { minLength: 1, maxLength: 5 }), (texts) => {
      const fits = (n: number) =>
        texts.every((t) => t.length > n && t.slice(0, n).join() === texts[0]!.slice(0, n).join());
      const lengths = [0, 1, 2, 3, 4, 5, 6].filter((n) => fits(n));
      assert.equal(sharedPrefix(texts), lengths.at(-1) ?? 0);
    }),
    { seed: 6, numRuns: 300 },
  );
});

/** Counts passes; "keys" say which tokens they came from, first row first. */
function countingForward(): { readonly forward: Forward; readonly passes: Pass[] } {
  const passes: Pass[] = [];
  const layers = Array.from({ length: tinyConfig.nLayers });
  const forward: Forward = {
    config: tinyConfig,
    emptyPast: emptyPast(tinyConfig),
    pass: (pass) => {
      passes.push(pass);
      return Promise.resolve({
        resid: new Float32Array(0),
        k: layers.map(() => Float32Array.from(pass.tokens)),
        v: layers.map(() => Float32Array.from(pass.tokens)),
      });
    },
    logits: () => Promise.reject(new Error("not asked for here")),
    residuals: () => Promise.reject(new Error("not asked for here")),
    greedy: () => Promise.reject(new Error("not asked for here")),
    logprobs: () => Promise.reject(new Error("not asked for here")),
    close: () => Promise.resolve(),
  };
  return { forward, passes };
}

test("a prefix is computed once and kept; an empty one needs nothing", async () => {
  const { forward, passes } = countingForward();
  const prefixes = prefixCache(forward);
  const first = await prefixes.of([4, 5], 0);
  const again = await prefixes.of([4, 5], 0);
  assert.deepEqual([first.fresh, again.fresh], [true, false]);
  assert.equal(again.past, first.past);
  assert.equal((await prefixes.of([], 0)).past, forward.emptyPast);
  assert.equal(passes.length, 1);
});

test("a prefix of one token is computed in two rows, of which one is kept", async () => {
  const { forward, passes } = countingForward();
  const { past } = await prefixCache(forward).of([7], 0);
  assert.equal(passes[0]!.rows, 2);
  assert.deepEqual([past.rows, past.length, ...past.k[0]!], [1, 1, 7]);
});

test("the eight that were used last are kept", async () => {
  const { forward, passes } = countingForward();
  const prefixes = prefixCache(forward);
  for (let i = 0; i < 8; i++) await prefixes.of([i, i], 0);
  await prefixes.of([0, 0], 0); // used again, so 1 is the oldest now
  await prefixes.of([8, 8], 0);
  assert.equal(passes.length, 9);
  assert.equal((await prefixes.of([0, 0], 0)).fresh, false);
  assert.equal((await prefixes.of([1, 1], 0)).fresh, true);
});
