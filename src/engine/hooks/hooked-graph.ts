// A graph that returns activations by name and changes them on the way: a stretch of the blocks and, where wanted, the head.

import { TruelineError } from "../../core/errors.ts";
import { noHook, type Hook } from "../arch/hook.ts";
import { unembed } from "../arch/head.ts";
import type { ModelConfig } from "../arch/model-config.ts";
import { norm } from "../arch/norm.ts";
import { plainProduct } from "../arch/product.ts";
import { blocks } from "../arch/trunk.ts";
import { MASKED } from "../forward/forward.ts";
import type { Graph, GraphBuilder, Value } from "../graph/graph.ts";
import { graphBuilder } from "../graph/graph.ts";
import { gatherRows } from "../ops/shape.ts";
import { partName } from "./logit-parts.ts";

/** `affine`: x * keep + put. `project`: x - mask * (x direction) directionᵀ. Their numbers are inputs: one graph serves all of them. */
export type EditOp = { readonly name: string; readonly op: "affine" | "project" };

export type HookedSpec = {
  /**
   * Where it begins and ends: 2 b is the boundary before block b, 2 b + 1 the place behind that block's hook_resid_pre. At 0 `x` are
   * embedded tokens, anywhere else the residual stream.
   */
  readonly start: number;
  readonly end: number;
  /** Logits: of the selected tokens, of all, or none. With `all`, the head's own points are computed at every token. */
  readonly head: "none" | "selected" | "all";
  /** Arrays in which the logits come out (see `partsFor`). */
  readonly logitParts: number;
  readonly capture: readonly string[];
  readonly edits: readonly EditOp[];
  /** Return the new keys and values, for a later pass. */
  readonly keep: boolean;
};

/**
 * Inputs: those of `trunk` (without `select` unless the head wants it), and for edit i `edit.i.keep` and `edit.i.put`, or
 * `edit.i.mask`, `edit.i.direction` [d, k] and `edit.i.transposed` [k, d], each of the rank of the value that they change.
 * Outputs: each captured name; `logits`, or its parts; `resid`, where the head is left out; `k.l` and `v.l`, where they are kept.
 */
export function hookedGraph(config: ModelConfig, spec: HookedSpec): Graph {
  const g = graphBuilder(`${config.family}-hooked`);
  const captured = new Set(spec.capture);
  const edited = Map.groupBy(
    spec.edits.map((edit, i) => ({ ...edit, i })),
    (edit) => edit.name,
  );
  const seen = new Set<string>();
  let scores: Value | undefined;
  const hook: Hook = {
    wants: (name) => captured.has(name) || edited.has(name),
    at: (name, given) => {
      seen.add(name);
      const value = scores && name.endsWith("attn.hook_pattern") ? unmasked(g, given, scores) : given;
      const changed = (edited.get(name) ?? []).reduce((x, edit) => applied(g, x, edit.op, edit.i), value);
      if (name.endsWith("attn.hook_attn_scores")) scores = edited.has(name) ? changed : undefined;
      if (captured.has(name)) g.output(name, changed);
      return changed;
    },
  };
  const { start, end, head, keep } = spec;
  const [from, to] = [Math.floor(start / 2), Math.floor(end / 2)];
  const left = blocks(g, config, { hook, places: "all", keep, embedded: start > 0, range: [from, to] });
  const resid = end % 2 === 1 ? hook.at(`blocks.${to}.hook_resid_pre`, left) : left;
  if (head === "none") g.output("resid", resid);
  else {
    const places = head === "selected" ? gatherRows(g, resid, g.input("select", "int64", ["places"])) : resid;
    const parts = spec.logitParts;
    const logits =
      parts === 1 ? [unembed(g, config, hook, places)] : unembedInParts(g, config, places, parts);
    logits.forEach((part, i) => g.output(partName(i, parts), part));
  }
  const missing = [...captured, ...edited.keys()].find((name) => !seen.has(name));
  if (missing !== undefined)
    throw new TruelineError("NO_HOOK", `nothing between the places ${start} and ${end} emits ${missing}`);
  return g.finish();
}

/** Nobody listens to the head's points here: of a part they would be no whole. */
function unembedInParts(g: GraphBuilder, config: ModelConfig, resid: Value, parts: number): readonly Value[] {
  const normed = norm(g, config, noHook, resid, "ln_final");
  const shapes = Array.from({ length: parts }, (_, i) => [`tokens_${i}`, config.dModel]);
  return g
    .node("Split", [normed], shapes, { axis: 0, num_outputs: parts })
    .map((part) => plainProduct(g, part, "unembed.W_U", [config.dVocab, config.dModel]));
}

/**
 * A softmax over masked scores alone spreads its weight over all of them, over padding and what is yet to come too. A token that may
 * look nowhere looks nowhere: TransformerLens's rule. Everywhere else this multiplies by 1.
 */
function unmasked(g: GraphBuilder, pattern: Value, scores: Value): Value {
  const number = (x: number) => g.literal("float32", [], [x]);
  const above = g.node("Sub", [scores, number(MASKED / 2)], [scores.shape])[0]!;
  const open = g.node("Clip", [above, number(0), number(1)], [scores.shape])[0]!;
  return g.node("Mul", [pattern, open], [pattern.shape])[0]!;
}

function applied(g: GraphBuilder, x: Value, op: EditOp["op"], i: number): Value {
  const axes = (part: string) => x.shape.map((_, a) => `edit_${i}_${part}_${a}`);
  const input = (part: string, shape = axes(part)) => g.input(`edit.${i}.${part}`, "float32", shape);
  const same = (name: string, a: Value, b: Value) => g.node(name, [a, b], [x.shape])[0]!;
  if (op === "affine") return same("Add", same("Mul", x, input("keep")), input("put"));
  const last = x.shape.at(-1)!;
  const k = `edit_${i}_k`;
  const direction = g.input(`edit.${i}.direction`, "float32", [last, k]);
  const transposed = g.input(`edit.${i}.transposed`, "float32", [k, last]);
  const along = g.node("MatMul", [x, direction], [[...x.shape.slice(0, -1), k]])[0]!;
  const shadow = g.node("MatMul", [along, transposed], [x.shape])[0]!;
  return same("Sub", x, same("Mul", shadow, input("mask")));
}
