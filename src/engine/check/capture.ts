// One pass with every hooked activation returned: the trunk's graph built again with its hooks as outputs, weights shared.

import type { LlamaConfig } from "../arch/llama-config.ts";
import { llamaTrunk } from "../arch/llama-trunk.ts";
import { causalPass } from "../forward/causal-pass.ts";
import { feedsOf } from "../forward/feeds.ts";
import { emptyPast } from "../forward/forward.ts";
import { openSession, type Weight } from "../graph/session.ts";

/** Activations by TransformerLens name, as flat arrays in the shapes that `llamaTrunk` documents. */
export type Captured = ReadonlyMap<string, Float32Array>;

/** Texts of equal length, uncached. */
export async function capture(
  config: LlamaConfig,
  weights: ReadonlyMap<string, Weight>,
  texts: readonly (readonly number[])[],
  threads: number,
): Promise<Captured> {
  const graph = llamaTrunk(config, (g) => (name, value) => {
    g.output(name, value);
    return value;
  });
  const session = await openSession(graph, weights, { weightsAs: "inputs", threads });
  try {
    const pass = causalPass(texts, texts[0]!.length, 0, emptyPast(config), "all");
    const out = await session.run(feedsOf(config, weights.get("embed.W_E")!.values, pass));
    return new Map(Object.entries(out).map(([name, t]) => [name, t.values]));
  } finally {
    await session.close();
  }
}
