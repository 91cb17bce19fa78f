// Opens a model file as a white box: its weights stay in memory once, and every graph takes them as inputs.

import { lookupsOf } from "./forward/feeds.ts";
import { hookedRunner } from "./hooks/hooked-runner.ts";
import { whiteBox, type WhiteBox } from "./hooks/white-box.ts";
import { loadWithWeights, type LoadOptions } from "./load-model.ts";

/**
 * @param path a .gguf file, or a folder with config.json and safetensors
 * @throws SetupError when the file is missing, corrupt, not supported, or fails its self-check
 */
export async function openWhiteBox(path: string, options: LoadOptions): Promise<WhiteBox> {
  const weightsAs = options.weightsAs ?? "inputs";
  // The forward pass serves the self-check alone.
  const { weights, ...loaded } = await loadWithWeights(path, { ...options, weightsAs: "inputs" });
  await loaded.forward.close();
  const runner = hookedRunner(loaded.config, weights, lookupsOf(weights), {
    threads: options.threads,
    weightsAs,
  });
  return whiteBox({ ...loaded, weights, runner, close: () => runner.close() });
}
