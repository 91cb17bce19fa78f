// Keys and values of the texts being written: one row a text, grown in steps so that a pass needs no copy of it.

import type { ModelConfig } from "../arch/model-config.ts";
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
 * @param made the keys and values that the prompts' pass returned
 * @param from for each row of the cache, the row of that pass: rows with the same prompt share one
 */
export function cacheAfterPrompt(
  config: ModelConfig,
  prefix: Past,
  made: PassResult,
  from: readonly number[],
  width: number,
): KeyValueCache {
  const used = prefix.length + width;
  const empty = emptyCache(config, from.length, used + STEP);
  eachPart(empty, [prefix, made], (to, [start, own]) => {
    from.forEach((source, r) => {
      copySlots(config, start!, prefix.length, 0, to, used + STEP, r, 0, prefix.length);
      copySlots(config, own!, width, source, to, used + STEP, r, prefix.length, width);
    });
  });
  return { past: empty, used };
}

/** Adds the one token that a decoding pass made for each row; grows when full. */
export function appendToken(config: ModelConfig, cache: KeyValueCache, made: PassResult): KeyValueCache {
  const grown =
    cache.used < cache.past.length ? cache.past : keepRows(config, cache, cache.past.rows, (r) => r, STEP);
  eachPart(grown, [made], (to, [own]) => {
    for (let r = 0; r < grown.rows; r++) copySlots(config, own!, 1, r, to, grown.length, r, cache.used, 1);
  });
  return { past: grown, used: cache.used + 1 };
}

/** The cache of some of its rows, in the given order. */
export function withRows(config: ModelConfig, cache: KeyValueCache, rows: readonly number[]): KeyValueCache {
  return { past: keepRows(config, cache, rows.length, (r) => rows[r]!, STEP), used: cache.used };
}

function keepRows(
  config: ModelConfig,
  cache: KeyValueCache,
  rows: number,
  from: (row: number) => number,
  spare: number,
): Past {
  const { past, used } = cache;
  const bigger = emptyCache(config, rows, used + spare);
  eachPart(bigger, [past], (to, [own]) => {
    for (let r = 0; r < rows; r++)
      copySlots(config, own!, past.length, from(r), to, bigger.length, r, 0, used);
  });
  return bigger;
}

function emptyCache(config: ModelConfig, rows: number, length: number): Past {
  const size = rows * config.nKeyValueHeads * config.dHead * length;
  const make = () => Array.from({ length: config.nLayers }, () => new Float32Array(size));
  return { rows, length, k: make(), v: make() };
}

type KeysAndValues = Pick<Past, "k" | "v">;

/** Calls `copy` for the keys of each layer and for its values: both lie alike. */
function eachPart(
  to: KeysAndValues,
  from: readonly KeysAndValues[],
  copy: (to: Float32Array, from: readonly Float32Array[]) => void,
): void {
  for (const part of ["k", "v"] as const)
    to[part].forEach((array, l) =>
      copy(
        array,
        from.map((source) => source[part][l]!),
      ),
    );
}

/** Copies the first `count` slots of one row of `[rows, kv, width, dHead]` to slots of a row of `[rows, kv, length, dHead]`. */
function copySlots(
  { nKeyValueHeads, dHead }: ModelConfig,
  from: Float32Array,
  width: number,
  fromRow: number,
  to: Float32Array,
  length: number,
  toRow: number,
  toSlot: number,
  count: number,
): void {
  for (let h = 0; h < nKeyValueHeads; h++) {
    const source = (fromRow * nKeyValueHeads + h) * width * dHead;
    const target = ((toRow * nKeyValueHeads + h) * length + toSlot) * dHead;
    to.set(from.subarray(source, source + count * dHead), target);
  }
}
