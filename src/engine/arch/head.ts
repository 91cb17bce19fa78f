// The heads: residuals in; logits, the most probable token, or the log-probability of named tokens out.

import type { Graph, GraphBuilder, Value } from "../graph/graph.ts";
import { graphBuilder } from "../graph/graph.ts";
import { noHook, type Hook } from "./hook.ts";
import type { ModelConfig } from "./model-config.ts";
import { norm } from "./norm.ts";
import { plainProduct, type Product } from "./product.ts";

/** resid [places, dModel] -> [places, dVocab], by the final norm and the unembedding. Hooks: ln_final's, unembed.hook_in, unembed.hook_out. */
export function unembed(
  g: GraphBuilder,
  config: ModelConfig,
  hook: Hook,
  resid: Value,
  product: Product = plainProduct,
): Value {
  const normed = hook.at("unembed.hook_in", norm(g, config, hook, resid, "ln_final"));
  return hook.at("unembed.hook_out", product(g, normed, "unembed.W_U", [config.dVocab, config.dModel]));
}

/**
 * `resid` [places, dModel] -> `logits` [places, dVocab]; `token` [places]: the most probable next token, of equal ones the first;
 * `top` [places]: its logit. A greedy reply asks for the last two alone: two numbers a place.
 */
export function logitsHead(config: ModelConfig, product?: Product): Graph {
  const g = graphBuilder(`${config.family}-head`);
  const resid = g.input("resid", "float32", ["places", config.dModel]);
  const logits = unembed(g, config, noHook, resid, product);
  const best = g.node("ArgMax", [logits], [["places"]], { axis: 1, keepdims: 0 }, { type: "int64" })[0]!;
  g.output("logits", logits);
  g.output(
    "top",
    g.node("ReduceMax", [logits, g.literal("int64", [1], [1])], [["places"]], { keepdims: 0 })[0]!,
  );
  g.output("token", g.node("Cast", [best], [["places"]], { to: 1 })[0]!);
  return g.finish();
}

/**
 * `resid` [places, dModel], `token` [places, k] -> `logprob` [places, k]: the natural logarithm of the probability of each of these tokens.
 * The logits never leave the graph: 49,152 numbers a place become one.
 */
export function scoringHead(config: ModelConfig): Graph {
  const g = graphBuilder(`${config.family}-scoring-head`);
  const resid = g.input("resid", "float32", ["places", config.dModel]);
  const token = g.input("token", "int64", ["places", "k"]);
  const logits = unembed(g, config, noHook, resid);
  const all = g.node("LogSoftmax", [logits], [logits.shape], { axis: 1 })[0]!;
  g.output("logprob", g.node("GatherElements", [all, token], [token.shape], { axis: 1 })[0]!);
  return g.finish();
}
