// The Llama trunk: embedded tokens in, residuals at chosen places out, with the new keys and values. One graph serves prefill and decoding.

import type { GraphBuilder, Graph, Value } from "../graph/graph.ts";
import { graphBuilder } from "../graph/graph.ts";
import { add, mul, silu } from "../ops/elementwise.ts";
import { linear, matmul } from "../ops/matmul.ts";
import { rmsNorm } from "../ops/rms-norm.ts";
import { rotate } from "../ops/rotary.ts";
import { concatLast, gatherRows, reshape, sliceLast, splitLast, transpose } from "../ops/shape.ts";
import type { LlamaConfig } from "./llama-config.ts";

/** Emits a named activation. `shape` is given where the value in the graph has another one. */
export type Hook = (name: string, value: Value) => Value;

/**
 * Inputs (rows x width tokens; past keys and values of width `past`, of `past_rows` rows: `rows`, or 1 to be shared by all):
 * - `x` [rows*width, dModel]: embedded tokens, row by row
 * - `cos`, `sin` [rows, width, 1, dHead]: rotary tables of each token's position
 * - `bias` [rows, 1, width, past+width]: 0 where a token may look, -inf-like where not
 * - `select` [places]: which of the rows*width tokens to return
 * - `past_k.l` [past_rows, kv, dHead, past], `past_v.l` [past_rows, kv, past, dHead] for each layer
 * - `split_heads` [4] = rows, width, heads+2kv, dHead; `past_length` [1]; `all_length` [1] = past + width
 * Outputs: `resid` [places, dModel] before the final norm; `k.l` [rows, kv, dHead, width], `v.l` [rows, kv, width, dHead].
 */
export function llamaTrunk(config: LlamaConfig, capture?: (g: GraphBuilder) => Hook): Graph {
  const g = graphBuilder("llama-trunk");
  const hook: Hook = capture?.(g) ?? ((_name, value) => value);
  const { dModel, dHead, nHeads, nKeyValueHeads } = config;
  const x = g.input("x", "float32", ["tokens", dModel]);
  const cos = g.input("cos", "float32", ["rows", "width", 1, dHead]);
  const sin = g.input("sin", "float32", ["rows", "width", 1, dHead]);
  const bias = g.input("bias", "float32", ["rows", 1, "width", "all"]);
  const select = g.input("select", "int64", ["places"]);
  const splitHeads = g.input("split_heads", "int64", [4]);
  const pastLength = g.input("past_length", "int64", [1]);
  const allLength = g.input("all_length", "int64", [1]);

  let resid = x;
  for (let l = 0; l < config.nLayers; l++) {
    const block = `blocks.${l}`;
    resid = hook(`${block}.hook_resid_pre`, resid);
    const past = {
      k: g.input(`past_k.${l}`, "float32", ["past_rows", nKeyValueHeads, dHead, "past"]),
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
    const dQkv = (nHeads + 2 * nKeyValueHeads) * dHead;
    const qkv = linear(g, normed, g.weight(`blocks.${l}.attn.W_QKV`, [dQkv, dModel]));
    const heads = reshape(g, qkv, splitHeads, ["rows", "width", nHeads + 2 * nKeyValueHeads, dHead]);
    const sizes = g.literal("int64", [3], [nHeads, nKeyValueHeads, nKeyValueHeads]);
    const [q, k, v] = g.node(
      "Split",
      [heads, sizes],
      [nHeads, nKeyValueHeads, nKeyValueHeads].map((n) => ["rows", "width", n, dHead]),
      { axis: 2 },
    ) as [Value, Value, Value];
    const turnedQ = rotate(g, q, cos, sin);
    const newK = transpose(g, rotate(g, k, cos, sin), [0, 2, 3, 1]); // [rows, kv, dHead, width]
    const newV = hook(`blocks.${l}.attn.hook_v`, transpose(g, v, [0, 2, 1, 3])); // [rows, kv, width, dHead]
    g.output(`k.${l}`, newK);
    g.output(`v.${l}`, newV);

    // The `group` heads that share one key/value head stand as further rows of one product: no key is copied.
    const scaled = mul(g, turnedQ, g.literal("float32", [1], [1 / Math.sqrt(dHead)]));
    const apart = reshape(g, scaled, g.literal("int64", [5], [0, 0, nKeyValueHeads, group, dHead]), [
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
    const together = concatLast(g, [matmul(g, queries, past.k, lead), matmul(g, queries, newK, lead)], "all");
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

  /** [1]: the width, cut out of `split_heads`. */
  function widthOf(): Value {
    const index = g.literal("int64", [1], [1]);
    return g.node("Gather", [splitHeads, index], [[1]], { axis: 0 }, { type: "int64" })[0]!;
  }

  function mlp(normed: Value, l: number): Value {
    const both = linear(g, normed, g.weight(`blocks.${l}.mlp.W_gate_in`, [2 * config.dMlp, dModel]));
    const [gate, up] = splitLast(g, both, [config.dMlp, config.dMlp]) as [Value, Value];
    const post = hook(`blocks.${l}.mlp.hook_post`, mul(g, silu(g, gate), up));
    return linear(g, post, g.weight(`blocks.${l}.mlp.W_out`, [dModel, config.dMlp]));
  }
}
