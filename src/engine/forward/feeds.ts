// What the trunk's graph is fed for one pass: embeddings, rotary tables, mask, past, and the few shape tensors.

import { TruelineError } from "../../core/errors.ts";
import type { LlamaConfig } from "../arch/llama-config.ts";
import type { Feed } from "../graph/session.ts";
import { rotaryTables, type RotaryTables } from "../ops/rotary.ts";
import type { Pass } from "./forward.ts";

/** @throws TruelineError when the arrays of the pass don't have the lengths that its rows, width and past say, or name what is not there. */
export function feedsOf(
  config: LlamaConfig,
  embedding: Float32Array,
  pass: Pass,
): Readonly<Record<string, Feed>> {
  const { dModel, dHead, nLayers, nKeyValueHeads } = config;
  const { rows, width, tokens, positions, bias, past, select } = pass;
  const all = past.length + width;
  if (
    tokens.length !== rows * width ||
    positions.length !== rows * width ||
    bias.length !== rows * width * all
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
  const x = new Float32Array(tokens.length * dModel);
  tokens.forEach((token, i) => x.set(embedding.subarray(token * dModel, (token + 1) * dModel), i * dModel));
  const { places, cos, sin } = tablesFor(config, positions);
  const feeds: Record<string, Feed> = {
    x: { shape: [tokens.length, dModel], values: x },
    positions: { shape: [rows, width], values: BigInt64Array.from(positions, (p) => BigInt(p)) },
    cos: { shape: [places, dHead / 2], values: cos },
    sin: { shape: [places, dHead / 2], values: sin },
    bias: { shape: [rows, 1, width, all], values: bias },
    select: integers(select),
    rows_width: integers([rows, width]),
    past_length: integers([past.length]),
    all_length: integers([all]),
  };
  for (let l = 0; l < nLayers; l++) {
    const shape = [past.rows, nKeyValueHeads, past.length, dHead];
    feeds[`past_k.${l}`] = { shape, values: past.k[l]! };
    feeds[`past_v.${l}`] = { shape, values: past.v[l]! };
  }
  return feeds;
}

const tables = new WeakMap<LlamaConfig, RotaryTables>();

/** The model's rotary tables as far as these positions go, kept and doubled as texts get longer. */
function tablesFor(config: LlamaConfig, positions: Int32Array): RotaryTables {
  const needed = positions.reduce((most, p) => Math.max(most, p), 0) + 1;
  const known = tables.get(config);
  if (known && known.places >= needed) return known;
  const made = rotaryTables(Math.max(256, 2 ** Math.ceil(Math.log2(needed))), config.dHead, config.ropeBase);
  tables.set(config, made);
  return made;
}

/** A vector of whole numbers as the graph takes it. */
export function integers(values: readonly number[]) {
  return { shape: [values.length], values: BigInt64Array.from(values, (x) => BigInt(x)) };
}
