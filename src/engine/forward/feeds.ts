// What the trunk's graph is fed for one pass: embeddings, positions, mask, past, and the few shape tensors.

import { TruelineError } from "../../core/errors.ts";
import type { ModelConfig, Rotary } from "../arch/model-config.ts";
import type { AnyWeight, Feed } from "../graph/session.ts";
import { rotaryTables, type RotaryTables } from "../ops/rotary.ts";
import type { Pass } from "./forward.ts";

/** The rows that a pass looks up by itself: of the embedding, and of learned positions. */
export type Lookups = {
  /** [dVocab, dModel] */
  readonly embedding: Float32Array;
  /** [nCtx, dModel], where positions are learned */
  readonly positions?: Float32Array;
};

export function lookupsOf(weights: ReadonlyMap<string, AnyWeight>): Lookups {
  const table = (name: string) => {
    const values = weights.get(name)?.values;
    if (values instanceof Uint8Array)
      throw new TruelineError("WEIGHT_TYPE", `weight ${name} is looked up in: it must be float32`);
    return values;
  };
  const positions = table("pos_embed.W_pos");
  return { embedding: table("embed.W_E")!, ...(positions ? { positions } : {}) };
}

/** @throws TruelineError when the arrays of the pass don't have the lengths that its rows, width and past say, or name what is not there. */
export function feedsOf(config: ModelConfig, lookups: Lookups, pass: Pass): Readonly<Record<string, Feed>> {
  const { dModel, nLayers } = config;
  refuseOddPass(config, pass);
  const { tokens, positions, select } = pass;
  return {
    x: { shape: [tokens.length, dModel], values: rowsOf(lookups.embedding, tokens, dModel) },
    ...(config.positions.kind === "learned"
      ? {
          pos: {
            shape: [tokens.length, dModel],
            values: rowsOf(lookups.positions!, positions, dModel),
          },
        }
      : {}),
    ...frameFeeds(config, pass),
    select: integers(select),
    ...pastFeeds(config, pass, [0, nLayers]),
  };
}

/** The inputs that all blocks share. */
export function frameFeeds(config: ModelConfig, pass: Pass): Readonly<Record<string, Feed>> {
  const { rows, width, positions, bias, past } = pass;
  const all = past.length + width;
  return {
    ...(config.positions.kind === "rotary"
      ? rotaryFeeds(config, config.positions, rows, width, positions)
      : {}),
    bias: { shape: [rows, 1, width, all], values: bias },
    rows_width: integers([rows, width]),
    past_length: integers([past.length]),
    all_length: integers([all]),
  };
}

/** Keys and values of blocks [from, to). */
export function pastFeeds(
  { nKeyValueHeads, dHead }: ModelConfig,
  { past }: Pass,
  [from, to]: readonly [number, number],
): Readonly<Record<string, Feed>> {
  const feeds: Record<string, Feed> = {};
  const shape = [past.rows, nKeyValueHeads, past.length, dHead];
  for (let l = from; l < to; l++) {
    feeds[`past_k.${l}`] = { shape, values: past.k[l]! };
    feeds[`past_v.${l}`] = { shape, values: past.v[l]! };
  }
  return feeds;
}

/** Rows `index` of a table [n, width]. */
export function rowsOf(table: Float32Array, index: Int32Array, width: number): Float32Array {
  const out = new Float32Array(index.length * width);
  index.forEach((row, i) => out.set(table.subarray(row * width, (row + 1) * width), i * width));
  return out;
}

/** @throws TruelineError see `feedsOf` */
export function refuseOddPass(config: ModelConfig, pass: Pass): void {
  const { rows, width, tokens, positions, bias, past, select } = pass;
  if (
    tokens.length !== rows * width ||
    positions.length !== rows * width ||
    bias.length !== rows * width * (past.length + width)
  ) {
    throw new TruelineError(
      "PASS_SHAPE",
      `pass of ${rows} x ${width} after ${past.length}: got ${tokens.length} tokens, ${positions.length} positions, bias of ${bias.length}`,
    );
  }
  const stranger = tokens.find((token) => !(token >= 0 && token < config.dVocab));
  if (stranger !== undefined)
    throw new TruelineError("PASS_TOKEN", `token ${stranger} is not among the model's ${config.dVocab}`);
  const nowhere = select.find((place) => !(place >= 0 && place < rows * width));
  if (nowhere !== undefined)
    throw new TruelineError("PASS_SHAPE", `place ${nowhere} is not in a pass of ${rows} x ${width}`);
  // Beyond its context a learned position does not exist, and a rotary one was never trained.
  const beyond = positions.find((p) => !(p >= 0 && p < config.nCtx));
  if (beyond !== undefined)
    throw new TruelineError(
      "TOO_LONG",
      `a token at position ${beyond} (from 0) is beyond the model's context of ${config.nCtx} tokens`,
    );
}

function rotaryFeeds(
  config: ModelConfig,
  rotary: Rotary,
  rows: number,
  width: number,
  positions: Int32Array,
): Readonly<Record<string, Feed>> {
  const { places, cos, sin } = tablesFor(config, rotary, positions);
  const shape = [places, config.dHead / 2];
  return {
    positions: { shape: [rows, width], values: BigInt64Array.from(positions, (p) => BigInt(p)) },
    cos: { shape, values: cos },
    sin: { shape, values: sin },
  };
}

const tables = new WeakMap<ModelConfig, RotaryTables>();

/** The model's rotary tables as far as these positions go, kept and doubled as texts get longer. */
function tablesFor(config: ModelConfig, rotary: Rotary, positions: Int32Array): RotaryTables {
  const needed = positions.reduce((most, p) => Math.max(most, p), 0) + 1;
  const known = tables.get(config);
  if (known && known.places >= needed) return known;
  const places = Math.max(256, 2 ** Math.ceil(Math.log2(needed)));
  const made = rotaryTables(places, config.dHead, rotary);
  tables.set(config, made);
  return made;
}

/** A vector of whole numbers as the graph takes it. */
export function integers(values: readonly number[]) {
  return { shape: [values.length], values: BigInt64Array.from(values, (x) => BigInt(x)) };
}
