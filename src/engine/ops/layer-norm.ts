// LayerNorm: (x - mean) / sqrt(variance + eps) * gain + bias (Ba et al. 2016), over the last axis, by the biased variance.

import type { GraphBuilder, Value } from "../graph/graph.ts";

/** x [n, d], gain [d], bias [d] -> [n, d]. One fused kernel. */
export function layerNorm(g: GraphBuilder, x: Value, gain: Value, bias: Value, eps: number): Value {
  return g.node("LayerNormalization", [x, gain, bias], [x.shape], { axis: -1, epsilon: { float: eps } })[0]!;
}
