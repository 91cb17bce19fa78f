// The Llama trunk: embedded tokens in, residuals at chosen places out, with the new keys and values. One graph serves prefill and decoding.

import type { GraphBuilder, Graph, Value } from "../graph/graph.ts";
import { graphBuilder } from "../graph/graph.ts";
import { add, mul, silu } from "../ops/elementwise.ts";
import { linear, matmul, matmulTransposed } from "../ops/matmul.ts";
import { rmsNorm } from "../ops/rms-norm.ts";
import { rotate } from "../ops/rotary.ts";
import { concatLast, gatherRows, reshape, sliceLast, transpose } from "../ops/shape.ts";
import type { LlamaConfig } from "./llama-config.ts";

/** Emits a named activation. `shape` is given where the value in the graph has another one. */
export type Hook = (name: string, value: Value) => Value;

/**
 * Inputs (rows x width tokens; past keys and values of width `past`, of `past_rows` rows: `rows`, or 1 to be shared by all):
 * - `x` [rows*width, dModel]: embedded tokens, row by row
 * - `positions` [rows, width]: each token's place in its text; `cos`, `sin` [places, dHead / 2]: rotary tables, a row a place
 * - `bias` [rows, 1, width, past+width]: 0 where a token may look, -inf-like where not
 * - `select` [places]: which of the rows*width tokens to return
 * - `past_k.l`, `past_v.l` [past_rows, kv, past, dHead] for each layer
 * - `rows_width` [2]; `past_length` [1]; `all_length` [1] = past + width
 * Outputs: `resid` [places, dModel] before the final norm; `k.l` (rotated) and `v.l` [rows, kv, width, dHead].
 */
export function llamaTrunk(config: LlamaConfig, capture?: (g: GraphBuilder) => Hook): Graph {
  const g = graphBuilder("llama-trunk");
  const hook: Hook = capture?.(g) ?? ((_name, value) => value);
  const { dModel, dHead, nHeads, nKeyValueHeads } = config;
  const x = g.input("x", "float32", ["tokens", dModel]);
  const positions = g.input("positions", "int64", ["rows", "width"]);
  const cos = g.input("cos", "float32", ["positions", dHead / 2]);
  const sin = g.input("sin", "float32", ["positions", dHead / 2]);
  const bias = g.input("bias", "float32", ["rows", 1, "width", "all"]);
  const select = g.input("select", "int64", ["places"]);
  const rowsWidth = g.input("rows_width", "int64", [2]);
  const pastLength = g.input("past_length", "int64", [1]);
  const allLength = g.input("all_length", "int64", [1]);

  let resid = x;
  for (let l = 0; l < config.nLayers; l++) {
    const block = `blocks.${l}`;
    resid = hook(`${block}.hook_resid_pre`, resid);
    const past = {
      k: g.input(`past_k.${l}`, "float32", ["past_rows", nKeyValueHeads, "past", dHead]),
      v: g.input(`past_v.${l}`, "float32", ["past_rows", nKeyValueHeads, "past", dHead]),
    };
    const normed = rmsNorm(g, resid, g.weight(`${block}.ln1.w`, [dModel]), config.eps);
    let z = attention(normed, past, l);
    if (l === config.nLayers - 1) {
      // Nothing of the last block beyond its attention is wanted at other places than the selected ones.
      z = gatherRows(g, z, select);
      resid = gatherRows(g, resid, select);
    }
    const attended = linear(
      g,
      hook(`${block}.attn.hook_z`, z),
      g.weight(`${block}.attn.W_O`, [dModel, nHeads * dHead]),
    );
    resid = hook(`${block}.hook_resid_mid`, add(g, resid, hook(`${block}.hook_attn_out`, attended)));
    const mlpOut = mlp(rmsNorm(g, resid, g.weight(`${block}.ln2.w`, [dModel]), config.eps), l);
    resid = hook(`${block}.hook_resid_post`, add(g, resid, hook(`${block}.hook_mlp_out`, mlpOut)));
  }
  g.output("resid", resid);
  return g.finish();

  function attention(normed: Value, past: { k: Value; v: Value }, l: number): Value {
    const group = nHeads / nKeyValueHeads;
    const projected = (name: string, heads: number) =>
      reshape(
        g,
        linear(g, normed, g.weight(`blocks.${l}.attn.${name}`, [heads * dHead, dModel])),
        inRows(-1),
        ["rows", "width", heads * dHead],
      );
    const byHeads = (x: Value) =>
      transpose(
        g,
        reshape(g, x, g.literal("int64", [4], [0, 0, nKeyValueHeads, dHead]), [
          "rows",
          "width",
          nKeyValueHeads,
          dHead,
        ]),
        [0, 2, 1, 3],
      ); // [rows, kv, width, dHead]
    const places = { positions, cos, sin };
    const q = rotate(g, projected("W_Q", nHeads), places, nHeads);
    const newK = byHeads(rotate(g, projected("W_K", nKeyValueHeads), places, nKeyValueHeads));
    const newV = hook(`blocks.${l}.attn.hook_v`, byHeads(projected("W_V", nKeyValueHeads)));
    g.output(`k.${l}`, newK);
    g.output(`v.${l}`, newV);

    // The `group` heads that share one key/value head stand as further rows of one product: no key is copied.
    const apart = reshape(g, q, g.literal("int64", [5], [0, 0, nKeyValueHeads, group, dHead]), [
      "rows",
      "width",
      nKeyValueHeads,
      group,
      dHead,
    ]);
    const queries = reshape(
      g,
      transpose(g, apart, [0, 2, 3, 1, 4]),
      g.literal("int64", [4], [0, nKeyValueHeads, -1, dHead]),
      ["rows", nKeyValueHeads, "group_width", dHead],
    );
    const lead = ["rows", nKeyValueHeads] as const;
    const scale = 1 / Math.sqrt(dHead);
    const together = concatLast(
      g,
      [matmulTransposed(g, queries, past.k, lead, scale), matmulTransposed(g, queries, newK, lead, scale)],
      "all",
    );
    const scores = reshape(
      g,
      together,
      g.node(
        "Concat",
        [g.literal("int64", [2], [-1, nHeads]), widthOf(), allLength],
        [[4]],
        { axis: 0 },
        { type: "int64" },
      )[0]!,
      ["rows", nHeads, "width", "all"],
    );
    const pattern = hook(
      `blocks.${l}.attn.hook_pattern`,
      g.node("Softmax", [add(g, scores, bias)], [scores.shape], { axis: -1 })[0]!,
    );

    const grouped = reshape(
      g,
      pattern,
      g.node(
        "Concat",
        [g.literal("int64", [3], [0, nKeyValueHeads, -1]), allLength],
        [[4]],
        { axis: 0 },
        { type: "int64" },
      )[0]!,
      ["rows", nKeyValueHeads, "group_width", "all"],
    );
    const zero = g.literal("int64", [1], [0]);
    const z = add(
      g,
      matmul(g, sliceLast(g, grouped, zero, pastLength, "past"), past.v, lead),
      matmul(g, sliceLast(g, grouped, pastLength, allLength, "width"), newV, lead),
    );
    const byHead = reshape(
      g,
      z,
      g.node(
        "Concat",
        [g.literal("int64", [3], [0, nKeyValueHeads, group]), widthOf(), g.literal("int64", [1], [dHead])],
        [[5]],
        { axis: 0 },
        { type: "int64" },
      )[0]!,
      ["rows", nKeyValueHeads, group, "width", dHead],
    );
    return reshape(g, transpose(g, byHead, [0, 3, 1, 2, 4]), g.literal("int64", [2], [-1, nHeads * dHead]), [
      "tokens",
      nHeads * dHead,
    ]);
  }

  /** [3]: rows, width and one more length, for a reshape. */
  function inRows(last: number): Value {
    return g.node(
      "Concat",
      [rowsWidth, g.literal("int64", [1], [last])],
      [[3]],
      { axis: 0 },
      { type: "int64" },
    )[0]!;
  }

  /** [1]: the width, cut out of `rows_width`. */
  function widthOf(): Value {
    const index = g.literal("int64", [1], [1]);
    return g.node("Gather", [rowsWidth, index], [[1]], { axis: 0 }, { type: "int64" })[0]!;
  }

  function mlp(normed: Value, l: number): Value {
    const gate = linear(g, normed, g.weight(`blocks.${l}.mlp.W_gate`, [config.dMlp, dModel]));
    const up = linear(g, normed, g.weight(`blocks.${l}.mlp.W_in`, [config.dMlp, dModel]));
    const post = hook(`blocks.${l}.mlp.hook_post`, mul(g, silu(g, gate), up));
    return linear(g, post, g.weight(`blocks.${l}.mlp.W_out`, [dModel, config.dMlp]));
  }
}
