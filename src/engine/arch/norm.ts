// A block's norm: one fused kernel, or step by step where its scale or its normalized values are wanted by name.

import type { GraphBuilder, Value } from "../graph/graph.ts";
import { add, div, mul, sub } from "../ops/elementwise.ts";
import { layerNorm } from "../ops/layer-norm.ts";
import { rmsNorm } from "../ops/rms-norm.ts";
import type { Hook } from "./hook.ts";
import type { ModelConfig } from "./model-config.ts";

/** x [n, dModel] -> [n, dModel] by the weights NAME.w (and NAME.b). Hooks: `NAME.hook_scale` [n, 1], `NAME.hook_normalized`, before the gain. */
export function norm(g: GraphBuilder, config: ModelConfig, hook: Hook, x: Value, name: string): Value {
  const { dModel, eps } = config;
  const gain = g.weight(`${name}.w`, [dModel]);
  const bias = config.norm === "layer" ? g.weight(`${name}.b`, [dModel]) : undefined;
  const [scaleName, normalizedName] = [`${name}.hook_scale`, `${name}.hook_normalized`];
  if (!hook.wants(scaleName) && !hook.wants(normalizedName))
    return bias ? layerNorm(g, x, gain, bias, eps) : rmsNorm(g, x, gain, eps);
  const centred = config.norm === "layer" ? sub(g, x, meanOf(g, x)) : x;
  const variance = meanOf(g, mul(g, centred, centred));
  const scale = hook.at(
    scaleName,
    g.node("Sqrt", [add(g, variance, g.literal("float32", [1], [eps]))], [variance.shape])[0]!,
  );
  const gained = mul(g, hook.at(normalizedName, div(g, centred, scale)), gain);
  return bias ? add(g, gained, bias) : gained;
}

/** [n, d] -> [n, 1] */
function meanOf(g: GraphBuilder, x: Value): Value {
  const shape = [...x.shape.slice(0, -1), 1];
  return g.node("ReduceMean", [x, g.literal("int64", [1], [x.shape.length - 1])], [shape], {
    keepdims: 1,
  })[0]!;
}
