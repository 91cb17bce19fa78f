// RMSNorm: x / sqrt(mean(x^2) + eps) * gain (Zhang and Sennrich 2019), over the last axis.

import type { GraphBuilder, Value } from "../graph/graph.ts";

/** x [n, d], gain [d] -> [n, d]. One fused kernel; its statistics are in float32. */
export function rmsNorm(g: GraphBuilder, x: Value, gain: Value, eps: number): Value {
  return g.node("SimplifiedLayerNormalization", [x, gain], [x.shape], {
    axis: -1,
    epsilon: { float: eps },
  })[0]!;
}
