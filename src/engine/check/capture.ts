// Runs texts once with the activations that the invariants compare.

import type { ModelConfig } from "../arch/model-config.ts";
import { causalPass } from "../forward/causal-pass.ts";
import { lookupsOf } from "../forward/feeds.ts";
import { emptyPast } from "../forward/forward.ts";
import type { Weight } from "../graph/session.ts";
import type { HookName } from "../hooks/hook-names.ts";
import { hookedRunner } from "../hooks/hooked-runner.ts";
import { layoutOf } from "../hooks/plan-run.ts";
import { resolveNames } from "../hooks/resolve-names.ts";

/** Activations by TransformerLens name, of all rows, in TransformerLens's order of axes. */
export type Captured = ReadonlyMap<string, Float32Array>;

const checkedPoints: readonly HookName[] = [
  "blocks.*.hook_resid_pre",
  "blocks.*.hook_resid_mid",
  "blocks.*.hook_resid_post",
  "blocks.*.hook_attn_out",
  "blocks.*.hook_mlp_out",
  "blocks.*.attn.hook_v",
  "blocks.*.attn.hook_pattern",
  "blocks.*.attn.hook_z",
];

/** Texts of equal length, uncached. */
export async function capture(
  config: ModelConfig,
  weights: ReadonlyMap<string, Weight>,
  texts: readonly (readonly number[])[],
  threads: number,
  names: readonly HookName[] = checkedPoints,
): Promise<Captured> {
  const runner = hookedRunner(config, weights, lookupsOf(weights), { threads, weightsAs: "inputs" });
  try {
    const width = texts[0]!.length;
    const members = texts.map((_, i) => i);
    const lengths = texts.map((text) => text.length);
    return await runner.run({
      pass: causalPass(texts, width, 0, emptyPast(config), "all"),
      layout: layoutOf(members, lengths, width),
      capture: resolveNames(config, names).map(({ name }) => name as string),
      edits: [],
      cuts: [],
      head: "none",
      keep: false,
    });
  } finally {
    await runner.close();
  }
}
