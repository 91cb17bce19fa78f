// One activation of one prompt, as it is handed out: a copy with its axes named.

import type { Axis } from "./points.ts";

export type Activation = {
  readonly name: string;
  /** TransformerLens's order without the batch: ["pos", "head", "d_head"], say. */
  readonly axes: readonly Axis[];
  readonly shape: readonly number[];
  /** Row-major, float32. Masked attention scores are -Infinity, as TransformerLens has them. */
  readonly values: Float32Array;
};
