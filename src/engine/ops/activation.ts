// The activations of MLPs, by the names that configs give them.

import type { GraphBuilder, Value } from "../graph/graph.ts";
import { silu } from "./elementwise.ts";

/** `gelu`: x Phi(x); `gelu_new`: its tanh form, x/2 (1 + tanh(sqrt(2/pi) (x + 0.044715 x^3))) (Hendrycks and Gimpel 2016). */
export const activations = {
  silu,
  gelu: (g: GraphBuilder, x: Value) => g.node("Gelu", [x], [x.shape], {}, { domain: "com.microsoft" })[0]!,
  gelu_new: (g: GraphBuilder, x: Value) =>
    g.node("FastGelu", [x], [x.shape], {}, { domain: "com.microsoft" })[0]!,
} as const;
