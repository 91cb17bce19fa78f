// One block: attention and MLP, each behind its norm, each added to the residual stream.

import type { GraphBuilder, Value } from "../graph/graph.ts";
import { activations } from "../ops/activation.ts";
import { add, mul } from "../ops/elementwise.ts";
import { gatherRows, reshape, transpose } from "../ops/shape.ts";
import { attention } from "./attention.ts";
import type { Frame } from "./frame.ts";
import type { Hook } from "./hook.ts";
import type { ModelConfig } from "./model-config.ts";
import { norm } from "./norm.ts";
import type { Product } from "./product.ts";

/** What is the same for every block of one graph. */
export type Build = {
  readonly g: GraphBuilder;
  readonly config: ModelConfig;
  readonly hook: Hook;
  readonly frame: Frame;
  readonly product: Product;
  /** Give the new keys and values out as `k.l` and `v.l`: a later pass needs them. */
  readonly keep: boolean;
};

/**
 * @param resid [tokens, dModel] -> the same, or [places, dModel] where `select` says which tokens to go on with after attention
 * Hooks, beside those of attention and norms: hook_resid_pre, attn.hook_z, attn.hook_result, hook_attn_out, hook_resid_mid,
 * mlp.hook_pre (of a gated MLP: the gate), mlp.hook_pre_linear (its other input), mlp.hook_post, hook_mlp_out, hook_resid_post
 */
export function block(build: Build, resid: Value, l: number, select?: Value): Value {
  const { g, config, hook, product, keep } = build;
  const { dModel, dHead, nHeads, nKeyValueHeads, biases } = config;
  const name = `blocks.${l}`;
  let stream = hook.at(`${name}.hook_resid_pre`, resid);
  const past = {
    k: g.input(`past_k.${l}`, "float32", ["past_rows", nKeyValueHeads, "past", dHead]),
    v: g.input(`past_v.${l}`, "float32", ["past_rows", nKeyValueHeads, "past", dHead]),
  };
  const { z, k, v } = attention(build, norm(g, config, hook, stream, `${name}.ln1`), past, name);
  if (keep) {
    g.output(`k.${l}`, k);
    g.output(`v.${l}`, v);
  }
  // Nothing of the last block beyond its attention is wanted at other places than the selected ones.
  const kept = (x: Value) => (select ? gatherRows(g, x, select) : x);
  const mixed = hook.at(`${name}.attn.hook_z`, kept(z));
  stream = kept(stream);
  const bias = biases.attnOut ? g.weight(`${name}.attn.b_O`, [dModel]) : undefined;
  const result = `${name}.attn.hook_result`;
  const shape = [dModel, nHeads * dHead] as const;
  const attended = hook.wants(result)
    ? sumOfHeads(g, hook.at(result, headResults(g, config, mixed, g.weight(`${name}.attn.W_O`, shape))), bias)
    : product(g, mixed, `${name}.attn.W_O`, shape, bias);
  stream = hook.at(`${name}.hook_resid_mid`, add(g, stream, hook.at(`${name}.hook_attn_out`, attended)));
  const out = mlp(build, norm(g, config, hook, stream, `${name}.ln2`), `${name}.mlp`);
  return hook.at(`${name}.hook_resid_post`, add(g, stream, hook.at(`${name}.hook_mlp_out`, out)));
}

function mlp({ g, config, hook, product }: Build, normed: Value, name: string): Value {
  const { dModel, dMlp, biases } = config;
  const biasOf = (part: string, length: number) =>
    biases.mlp ? g.weight(`${name}.b_${part}`, [length]) : undefined;
  const into = (part: string) => product(g, normed, `${name}.W_${part}`, [dMlp, dModel], biasOf(part, dMlp));
  const activate = activations[config.activation];
  const pre = hook.at(`${name}.hook_pre`, into(config.gated ? "gate" : "in"));
  const linearly = config.gated ? hook.at(`${name}.hook_pre_linear`, into("in")) : undefined;
  const active = activate(g, pre);
  const post = hook.at(`${name}.hook_post`, linearly ? mul(g, active, linearly) : active);
  return product(g, post, `${name}.W_out`, [dModel, dMlp], biasOf("out", dModel));
}

/** [tokens, nHeads * dHead] -> what each head writes into the stream: [tokens, nHeads, dModel]. */
function headResults(
  g: GraphBuilder,
  { nHeads, dHead, dModel }: ModelConfig,
  z: Value,
  weight: Value,
): Value {
  const heads = transpose(
    g,
    reshape(g, z, g.literal("int64", [3], [-1, nHeads, dHead]), ["tokens", nHeads, dHead]),
    [1, 0, 2],
  );
  const each = transpose(
    g,
    reshape(g, weight, g.literal("int64", [3], [dModel, nHeads, dHead]), [dModel, nHeads, dHead]),
    [1, 2, 0],
  );
  const results = g.node("MatMul", [heads, each], [[nHeads, "tokens", dModel]])[0]!;
  return transpose(g, results, [1, 0, 2]);
}

function sumOfHeads(g: GraphBuilder, results: Value, bias: Value | undefined): Value {
  const [tokens, , dModel] = results.shape;
  const sum = g.node("ReduceSum", [results, g.literal("int64", [1], [1])], [[tokens!, dModel!]], {
    keepdims: 0,
  })[0]!;
  return bias ? add(g, sum, bias) : sum;
}
