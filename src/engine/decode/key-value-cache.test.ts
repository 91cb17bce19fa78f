import assert from "node:assert/strict";
import { test } from "node:test";
import { tinyConfig } from "../../../test/engine/tiny-llama.ts";
import { rngFrom, type Rng } from "../../stats/rng.ts";
import type { Past, PassResult } from "../forward/forward.ts";
import { appendToken, cacheAfterPrompt, withRows, type KeyValueCache } from "./key-value-cache.ts";

const { nLayers, nKeyValueHeads, dHead } = tinyConfig;

/** The naive copy: for each layer and row, the slots in order, each the key and the value of every head. */
type Slot = { readonly k: readonly number[]; readonly v: readonly number[] };
type Naive = readonly (readonly (readonly Slot[])[])[];

function randomPass(rng: Rng, rows: number, width: number): PassResult {
  const size = rows * nKeyValueHeads * dHead * width;
  const make = (name: string) =>
    Array.from({ length: nLayers }, (_, l) => {
      const own = rng.split(`${name} ${l}`);
      return Float32Array.from({ length: size }, () => own.uniform());
    });
  return { resid: new Float32Array(0), k: make("k"), v: make("v") };
}

/** Reads the first `count` slots out of keys and values [rows, kv, length, dHead]. */
function slots({ k, v }: Pick<PassResult, "k" | "v">, rows: number, length: number, count: number): Naive {
  const heads = Array.from({ length: nKeyValueHeads }, (_, h) => h);
  const dims = Array.from({ length: dHead }, (_, d) => d);
  return k.map((_, l) =>
    Array.from({ length: rows }, (_, r) =>
      Array.from({ length: count }, (_, s) => ({
        k: heads.flatMap((h) => dims.map((d) => k[l]![((r * nKeyValueHeads + h) * length + s) * dHead + d]!)),
        v: heads.flatMap((h) => dims.map((d) => v[l]![((r * nKeyValueHeads + h) * length + s) * dHead + d]!)),
      })),
    ),
  );
}

const read = (cache: KeyValueCache) => slots(cache.past, cache.past.rows, cache.past.length, cache.used);

test("after the prompt a row holds the shared prefix, then its own tokens", () => {
  const rng = rngFrom(1);
  const prefixPass = randomPass(rng.split("prefix"), 1, 3);
  const prefix: Past = { rows: 1, length: 3, k: prefixPass.k, v: prefixPass.v };
  const made = randomPass(rng.split("made"), 2, 4);
  const cache = cacheAfterPrompt(tinyConfig, prefix, made, [0, 1], 4);
  const own = slots(made, 2, 4, 4);
  const shared = slots(prefix, 1, 3, 3);
  assert.equal(cache.used, 7);
  assert.deepEqual(
    read(cache),
    own.map((rows, l) => rows.map((row) => [...shared[l]![0]!, ...row])),
  );
});

test("tokens appended one by one stand in order through several growths, as in a naive copy", () => {
  const rng = rngFrom(2);
  const nothing: Past = {
    rows: 1,
    length: 0,
    k: Array.from({ length: nLayers }, () => new Float32Array(0)),
    v: Array.from({ length: nLayers }, () => new Float32Array(0)),
  };
  const made = randomPass(rng.split("made"), 3, 2);
  let cache = cacheAfterPrompt(tinyConfig, nothing, made, [0, 1, 2], 2);
  let naive: Naive = slots(made, 3, 2, 2);
  const sizes = new Set([cache.past.length]);
  for (let step = 0; step < 40; step++) {
    const next = randomPass(rng.split(`step ${step}`), 3, 1);
    cache = appendToken(tinyConfig, cache, next);
    const added = slots(next, 3, 1, 1);
    naive = naive.map((rows, l) => rows.map((row, r) => [...row, ...added[l]![r]!]));
    sizes.add(cache.past.length);
  }
  assert.deepEqual(read(cache), naive);
  assert.ok(sizes.size >= 3, "the test went through growths");
  assert.ok(cache.past.length >= cache.used);
});

test("some of its rows in another order are those rows, and go on growing", () => {
  const rng = rngFrom(3);
  const made = randomPass(rng.split("made"), 4, 5);
  const nothing: Past = {
    rows: 1,
    length: 0,
    k: made.k.map(() => new Float32Array(0)),
    v: made.v.map(() => new Float32Array(0)),
  };
  const cache = cacheAfterPrompt(tinyConfig, nothing, made, [0, 1, 2, 3], 5);
  const fewer = withRows(tinyConfig, cache, [3, 1, 1]);
  const naive = read(cache).map((rows) => [rows[3]!, rows[1]!, rows[1]!]);
  assert.deepEqual(read(fewer), naive);
  const next = randomPass(rng.split("next"), 3, 1);
  const added = slots(next, 3, 1, 1);
  assert.deepEqual(
    read(appendToken(tinyConfig, fewer, next)),
    naive.map((rows, l) => rows.map((row, r) => [...row, ...added[l]![r]!])),
  );
});

test("rows with the same prompt share a row of the prompts' pass", () => {
  const made = randomPass(rngFrom(4), 2, 3);
  const nothing: Past = {
    rows: 1,
    length: 0,
    k: made.k.map(() => new Float32Array(0)),
    v: made.v.map(() => new Float32Array(0)),
  };
  const own = slots(made, 2, 3, 3);
  const cache = cacheAfterPrompt(tinyConfig, nothing, made, [1, 0, 1], 3);
  assert.deepEqual(
    read(cache),
    own.map((rows) => [rows[1]!, rows[0]!, rows[1]!]),
  );
});
