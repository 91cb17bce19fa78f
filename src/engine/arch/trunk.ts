// The trunk: embedded tokens in, residuals out, with the new keys and values. One graph serves prefill and decoding.

import type { GraphBuilder, Graph, Value } from "../graph/graph.ts";
import { graphBuilder } from "../graph/graph.ts";
import { add } from "../ops/elementwise.ts";
import { block } from "./block.ts";
import { frameInputs } from "./frame.ts";
import { noHook, type Hook } from "./hook.ts";
import type { ModelConfig } from "./model-config.ts";
import { plainProduct, type Product } from "./product.ts";

/**
 * Inputs (rows x width tokens; past keys and values of width `past`, of `past_rows` rows: `rows`, or 1 to be shared by all):
 * - `x` [rows*width, dModel]: embedded tokens, row by row; with learned positions `pos` [rows*width, dModel] is added to it
 * - `positions` [rows, width]: each token's place in its text; `cos`, `sin` [places, dHead / 2]: rotary tables, a row a place
 * - `bias` [rows, 1, width, past+width]: 0 where a token may look, -inf-like where not
 * - `select` [places]: which of the rows*width tokens to return
 * - `past_k.l`, `past_v.l` [past_rows, kv, past, dHead] for each layer
 * - `rows_width` [2]; `past_length` [1]; `all_length` [1] = past + width
 * Outputs: `resid` [places, dModel] before the final norm; `k.l` (rotated) and `v.l` [rows, kv, width, dHead].
 */
export function trunk(config: ModelConfig, product?: Product): Graph {
  const g = graphBuilder(`${config.family}-trunk`);
  const options = { hook: noHook, places: "selected", keep: true, ...(product ? { product } : {}) } as const;
  g.output("resid", blocks(g, config, options));
  return g.finish();
}

export type BlocksOptions = {
  readonly hook: Hook;
  readonly places: "selected" | "all";
  readonly keep: boolean;
  /** In float32 where absent. */
  readonly product?: Product;
  /** Blocks [from, to); all where absent. */
  readonly range?: readonly [from: number, to: number];
  /** `x` is already a residual stream: learned positions are not added to it. */
  readonly embedded?: boolean;
};

/**
 * Declares the inputs and builds the blocks. `x` are embedded tokens, or the residual stream that enters the first of them.
 * @returns the residual stream after them: of the selected tokens, or of all [tokens, dModel]
 */
export function blocks(g: GraphBuilder, config: ModelConfig, options: BlocksOptions): Value {
  const { hook, places, keep, product = plainProduct } = options;
  const [from, to] = options.range ?? [0, config.nLayers];
  const { dModel } = config;
  let resid = g.input("x", "float32", ["tokens", dModel]);
  if (!options.embedded) {
    resid = hook.at("hook_embed", resid);
    if (config.positions.kind === "learned") {
      const pos = hook.at("hook_pos_embed", g.input("pos", "float32", ["tokens", dModel]));
      resid = add(g, resid, pos);
    }
  }
  if (from === to) return resid;
  const frame = frameInputs(g, config, places);
  for (let l = from; l < to; l++)
    resid = block(
      { g, config, hook, frame, product, keep },
      resid,
      l,
      l === to - 1 ? frame.select : undefined,
    );
  return resid;
}
