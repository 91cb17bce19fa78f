// Keys and values of the texts being written: one row a text, grown in steps so that a pass needs no copy of it.

import type { LlamaConfig } from "../arch/llama-config.ts";
import type { Past, PassResult } from "../forward/forward.ts";

/** Slots by which the cache grows: growing copies it, unused slots are looked at in vain. */
const STEP = 16;

export type KeyValueCache = {
  readonly past: Past;
  /** Slots in use; those from here to `past.length` are empty and must be masked. */
  readonly used: number;
};

/**
 * The cache of rows that share a prefix (one row, repeated) and then have `width` tokens of their own (padding included).
 * @param made the keys and values that the prompt's pass returned
 */
export function cacheAfterPrompt(
  config: LlamaConfig,
  prefix: Past,
  made: PassResult,
  rows: number,
  width: number,
): KeyValueCache {
  const used = prefix.length + width;
  const empty = emptyCache(config, rows, used + STEP);
  for (let l = 0; l < config.nLayers; l++) {
    for (let r = 0; r < rows; r++) {
      copySlots(config, prefix.k[l]!, prefix.v[l]!, prefix.length, 0, empty, l, r, 0, prefix.length);
      copySlots(config, made.k[l]!, made.v[l]!, width, r, empty, l, r, prefix.length, width);
    }
  }
  return { past: empty, used };
}

/** Adds the one token that a decoding pass made for each row; grows when full. */
export function appendToken(config: LlamaConfig, cache: KeyValueCache, made: PassResult): KeyValueCache {
  const grown =
    cache.used < cache.past.length ? cache.past : keepRows(config, cache, cache.past.rows, (r) => r, STEP);
  for (let l = 0; l < config.nLayers; l++) {
    for (let r = 0; r < grown.rows; r++)
      copySlots(config, made.k[l]!, made.v[l]!, 1, r, grown, l, r, cache.used, 1);
  }
  return { past: grown, used: cache.used + 1 };
}

/** The cache of some of its rows, in the given order. */
export function withRows(config: LlamaConfig, cache: KeyValueCache, rows: readonly number[]): KeyValueCache {
  return { past: keepRows(config, cache, rows.length, (r) => rows[r]!, STEP), used: cache.used };
}

function keepRows(
  config: LlamaConfig,
  cache: KeyValueCache,
  rows: number,
  from: (row: number) => number,
  spare: number,
): Past {
  const { past, used } = cache;
  const bigger = emptyCache(config, rows, used + spare);
  for (let l = 0; l < config.nLayers; l++) {
    for (let r = 0; r < rows; r++)
      copySlots(config, past.k[l]!, past.v[l]!, past.length, from(r), bigger, l, r, 0, used);
  }
  return bigger;
}

function emptyCache(config: LlamaConfig, rows: number, length: number): Past {
  const size = rows * config.nKeyValueHeads * config.dHead * length;
  const make = () => Array.from({ length: config.nLayers }, () => new Float32Array(size));
  return { rows, length, k: make(), v: make() };
}

/** Copies the first `count` slots of one row of `[rows, kv, dHead, width]` keys and `[rows, kv, width, dHead]` values. */
function copySlots(
  { nKeyValueHeads, dHead }: LlamaConfig,
  k: Float32Array,
  v: Float32Array,
  width: number,
  fromRow: number,
  to: Past,
  layer: number,
  toRow: number,
  toSlot: number,
  count: number,
): void {
  const toK = to.k[layer]!;
  const toV = to.v[layer]!;
  for (let h = 0; h < nKeyValueHeads; h++) {
    const from = (fromRow * nKeyValueHeads + h) * dHead;
    const into = (toRow * nKeyValueHeads + h) * dHead;
    for (let d = 0; d < dHead; d++) {
      const source = (from + d) * width;
      const target = (into + d) * to.length + toSlot;
      // Runs are short: a loop beats the set-up of a bulk copy.
      for (let slot = 0; slot < count; slot++) toK[target + slot] = k[source + slot]!;
    }
    toV.set(v.subarray(from * width, from * width + count * dHead), into * to.length + toSlot * dHead);
  }
}
