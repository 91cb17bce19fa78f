// The Llama heads: residuals in; logits, the most probable token, or the log-probability of named tokens out.

import type { Graph } from "../graph/graph.ts";
import { graphBuilder } from "../graph/graph.ts";
import { linear } from "../ops/matmul.ts";
import { rmsNorm } from "../ops/rms-norm.ts";
import type { LlamaConfig } from "./llama-config.ts";

/**
 * `resid` [places, dModel] -> `logits` [places, dVocab], by the final norm and the unembedding; `token` [places]: the most probable
 * next token, of equal ones the first; `top` [places]: its logit. A greedy reply asks for the last two alone: two numbers a place.
 */
export function llamaHead(config: LlamaConfig): Graph {
  const g = graphBuilder("llama-head");
  const resid = g.input("resid", "float32", ["places", config.dModel]);
  const normed = rmsNorm(g, resid, g.weight("ln_final.w", [config.dModel]), config.eps);
  const logits = linear(g, normed, g.weight("unembed.W_U", [config.dVocab, config.dModel]));
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
export function llamaScoringHead(config: LlamaConfig): Graph {
  const g = graphBuilder("llama-scoring-head");
  const resid = g.input("resid", "float32", ["places", config.dModel]);
  const token = g.input("token", "int64", ["places", "k"]);
  const normed = rmsNorm(g, resid, g.weight("ln_final.w", [config.dModel]), config.eps);
  const logits = linear(g, normed, g.weight("unembed.W_U", [config.dVocab, config.dModel]));
  const all = g.node("LogSoftmax", [logits], [logits.shape], { axis: 1 })[0]!;
  g.output("logprob", g.node("GatherElements", [all, token], [token.shape], { axis: 1 })[0]!);
  return g.finish();
}
