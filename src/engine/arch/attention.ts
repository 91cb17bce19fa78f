// Attention of one block, up to the heads' mixed values: grouped heads share keys and values, the past is looked at where it lies.

import type { Value } from "../graph/graph.ts";
import { add } from "../ops/elementwise.ts";
import { matmul, matmulTransposed } from "../ops/matmul.ts";
import { rotate } from "../ops/rotary.ts";
import { concatLast, reshape, sliceLast, transpose } from "../ops/shape.ts";
import type { Build } from "./block.ts";

export type Mixed = {
  /** [tokens, nHeads * dHead], heads side by side */
  readonly z: Value;
  /** [rows, kv, width, dHead]: what a later pass needs of these tokens; keys are rotated where positions are. */
  readonly k: Value;
  readonly v: Value;
};

/**
 * @param normed [tokens, dModel]
 * @param past [past_rows, kv, past, dHead] each
 * @param block "blocks.3". Hooks: attn.hook_q, hook_k, hook_v (before rotation), hook_rot_q, hook_rot_k, hook_attn_scores (scaled and
 * masked), hook_pattern
 */
export function attention(
  { g, config, hook, frame, product }: Build,
  normed: Value,
  past: { readonly k: Value; readonly v: Value },
  block: string,
): Mixed {
  const { dModel, dHead, nHeads, nKeyValueHeads, biases } = config;
  const { allLength, pastLength, rotary } = frame;
  const group = nHeads / nKeyValueHeads;
  const at = (name: string, value: Value) => hook.at(`${block}.attn.${name}`, value);
  const projection = (part: "Q" | "K" | "V", heads: number) => {
    const size = heads * dHead;
    const bias = biases.qkv ? g.weight(`${block}.attn.b_${part}`, [size]) : undefined;
    const projected = product(g, normed, `${block}.attn.W_${part}`, [size, dModel], bias);
    return at(
      `hook_${part.toLowerCase()}`,
      reshape(g, projected, frame.rowsWidthAnd(-1), ["rows", "width", size]),
    );
  };
  const turned = (part: "Q" | "K", heads: number) => {
    const x = projection(part, heads);
    if (!rotary || config.positions.kind !== "rotary") return x;
    return at(`hook_rot_${part.toLowerCase()}`, rotate(g, x, rotary, heads, config.positions.pairing));
  };
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
  const lengthsOf = (...parts: readonly Value[]) =>
    g.node(
      "Concat",
      parts,
      [[parts.reduce((a, p) => a + Number(p.shape[0]), 0)]],
      { axis: 0 },
      { type: "int64" },
    )[0]!;
  const fixed = (...lengths: readonly number[]) => g.literal("int64", [lengths.length], lengths);

  const q = turned("Q", nHeads);
  const k = byHeads(turned("K", nKeyValueHeads));
  const v = byHeads(projection("V", nKeyValueHeads));

  // The `group` heads that share one key/value head stand as further rows of one product: no key is copied.
  const apart = reshape(g, q, fixed(0, 0, nKeyValueHeads, group, dHead), [
    "rows",
    "width",
    nKeyValueHeads,
    group,
    dHead,
  ]);
  const queries = reshape(g, transpose(g, apart, [0, 2, 3, 1, 4]), fixed(0, nKeyValueHeads, -1, dHead), [
    "rows",
    nKeyValueHeads,
    "group_width",
    dHead,
  ]);
  const lead = ["rows", nKeyValueHeads] as const;
  const scale = 1 / Math.sqrt(dHead);
  const together = concatLast(
    g,
    [matmulTransposed(g, queries, past.k, lead, scale), matmulTransposed(g, queries, k, lead, scale)],
    "all",
  );
  const scores = reshape(g, together, lengthsOf(fixed(-1, nHeads), frame.width(), allLength), [
    "rows",
    nHeads,
    "width",
    "all",
  ]);
  const masked = at("hook_attn_scores", add(g, scores, frame.bias));
  const pattern = at("hook_pattern", g.node("Softmax", [masked], [scores.shape], { axis: -1 })[0]!);

  const grouped = reshape(g, pattern, lengthsOf(fixed(0, nKeyValueHeads, -1), allLength), [
    "rows",
    nKeyValueHeads,
    "group_width",
    "all",
  ]);
  const mixed = add(
    g,
    matmul(g, sliceLast(g, grouped, fixed(0), pastLength, "past"), past.v, lead),
    matmul(g, sliceLast(g, grouped, pastLength, allLength, "width"), v, lead),
  );
  const byHead = reshape(g, mixed, lengthsOf(fixed(0, nKeyValueHeads, group), frame.width(), fixed(dHead)), [
    "rows",
    nKeyValueHeads,
    group,
    "width",
    dHead,
  ]);
  const z = reshape(g, transpose(g, byHead, [0, 3, 1, 2, 4]), fixed(-1, nHeads * dHead), [
    "tokens",
    nHeads * dHead,
  ]);
  return { z, k, v };
}
