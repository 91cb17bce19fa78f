// A loaded model as functions of arrays: tokens to residuals with new keys and values, residuals to logits or log-probabilities.

import { logitsHead, scoringHead } from "../arch/head.ts";
import type { ModelConfig } from "../arch/model-config.ts";
import type { Product } from "../arch/product.ts";
import { trunk as trunkOf } from "../arch/trunk.ts";
import { openSession, type AnyWeight } from "../graph/session.ts";
import type { WeightsAs } from "../graph/serialize.ts";
import { feedsOf, integers, lookupsOf } from "./feeds.ts";

/** Keys and values of each layer, both [rows, kv, length, dHead]. One row is shared by all rows of a pass. */
export type Past = {
  readonly rows: number;
  readonly length: number;
  readonly k: readonly Float32Array[];
  readonly v: readonly Float32Array[];
};

/** rows x width tokens, row by row. */
export type Pass = {
  readonly rows: number;
  readonly width: number;
  readonly tokens: Int32Array;
  /** Place of each token in its own text, from 0: what rotary positions count. */
  readonly positions: Int32Array;
  /** May token i of row r look at slot j of past and width together? [rows, width, past + width]: 0 or MASKED. */
  readonly bias: Float32Array;
  readonly past: Past;
  /** Which tokens' residuals to return, as row * width + column. */
  readonly select: readonly number[];
};

export type Best = { readonly token: number; readonly logit: number };

export type PassResult = {
  readonly resid: Float32Array;
  readonly k: readonly Float32Array[];
  readonly v: readonly Float32Array[];
};

/** Added to a score that must not count: its exponential is exactly 0 in float32. */
export const MASKED = -1e30;

/** Places a head takes at a time: bounds its logits to 256 x vocabulary numbers. */
const HEAD_PLACES = 256;

export interface Forward {
  readonly config: ModelConfig;
  readonly emptyPast: Past;
  pass(pass: Pass): Promise<PassResult>;
  /** The residuals alone: the keys and values of a long pass are tens of megabytes. */
  residuals(pass: Pass): Promise<Float32Array>;
  /** [places, dModel] -> [places, dVocab] */
  logits(resid: Float32Array): Promise<Float32Array>;
  /** [places, dModel] -> the most probable next token of each place, and its logit. */
  greedy(resid: Float32Array): Promise<readonly Best[]>;
  /** [places, dModel] and some tokens for each place -> the natural log-probability of each of those tokens there. */
  logprobs(
    resid: Float32Array,
    tokens: readonly (readonly number[])[],
  ): Promise<readonly (readonly number[])[]>;
  close(): Promise<void>;
}

export type ForwardOptions = {
  readonly threads: number;
  readonly weightsAs: WeightsAs;
  /** How trunk and head multiply with their matrices: in float32 where absent. Scores of named tokens are always made by a float32 head. */
  readonly product?: Product;
};

/** Builds the sessions. The map of weights is not needed afterwards, but for what is looked up in it, which is shared. */
export async function openForward(
  config: ModelConfig,
  weights: ReadonlyMap<string, AnyWeight>,
  options: ForwardOptions,
): Promise<Forward> {
  const { dModel, nLayers } = config;
  // The head first: what is packed and dropped again on the way then lies below the trunk's own peak.
  const head = await openSession(logitsHead(config, options.product), weights, options);
  const trunk = await openSession(trunkOf(config, options.product), weights, options);
  // A second packed copy of the unembedding would be a fifth of a small model: it is read where it lies.
  const scorer = await openSession(scoringHead(config), weights, { ...options, weightsAs: "inputs" });
  const lookups = lookupsOf(weights);
  const residOf = (values: Float32Array) => ({
    resid: { shape: [values.length / dModel, dModel], values },
  });

  const inChunks = async (resid: Float32Array, run: (part: Float32Array, start: number) => Promise<void>) => {
    for (let start = 0; start < resid.length / dModel; start += HEAD_PLACES) {
      await run(resid.subarray(start * dModel, (start + HEAD_PLACES) * dModel), start);
    }
  };

  return {
    config,
    emptyPast: emptyPast(config),
    pass: async (pass) => {
      const out = await trunk.run(feedsOf(config, lookups, pass));
      return {
        resid: out["resid"]!.values,
        k: Array.from({ length: nLayers }, (_, l) => out[`k.${l}`]!.values),
        v: Array.from({ length: nLayers }, (_, l) => out[`v.${l}`]!.values),
      };
    },
    residuals: async (pass) => (await trunk.run(feedsOf(config, lookups, pass), ["resid"]))["resid"]!.values,
    logits: async (resid) => {
      if (resid.length <= HEAD_PLACES * dModel) {
        const out = await head.run(residOf(resid), ["logits"]);
        return out["logits"]!.values;
      }
      const all = new Float32Array((resid.length / dModel) * config.dVocab);
      await inChunks(resid, async (part, start) => {
        const out = await head.run(residOf(part), ["logits"]);
        all.set(out["logits"]!.values, start * config.dVocab);
      });
      return all;
    },
    greedy: async (resid) => {
      const all: Best[] = [];
      await inChunks(resid, async (part) => {
        const out = await head.run(residOf(part), ["token", "top"]);
        const top = out["top"]!.values;
        out["token"]!.values.forEach((token, i) => all.push({ token, logit: top[i]! }));
      });
      return all;
    },
    logprobs: async (resid, tokens) => {
      const all: (readonly number[])[] = [];
      await inChunks(resid, async (part, start) => {
        const places = part.length / dModel;
        const asked = tokens.slice(start, start + places);
        const most = Math.max(...asked.map((t) => t.length));
        const token = {
          ...integers(asked.flatMap((t) => Array.from({ length: most }, (_, i) => t[i] ?? t[0]!))),
          shape: [places, most],
        };
        const out = await scorer.run({ ...residOf(part), token });
        const found = out["logprob"]!.values;
        asked.forEach((t, p) => all.push(t.map((_, i) => found[p * most + i]!)));
      });
      return all;
    },
    close: async () => {
      await Promise.all([trunk, head, scorer].map((session) => session.close()));
    },
  };
}

/** A past of no tokens: prefill from the very beginning. */
export function emptyPast(config: ModelConfig): Past {
  const nothing = Array.from({ length: config.nLayers }, () => new Float32Array(0));
  return { rows: 1, length: 0, k: nothing, v: nothing };
}
