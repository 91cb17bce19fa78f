// The library's way into a model: a catalogue name or a path, and every activation can be read and changed.

import { availableParallelism, homedir } from "node:os";
import { openLocal } from "../engine/open-local.ts";
import { openWhiteBox } from "../engine/open-white-box.ts";
import type { WhiteBox } from "../engine/hooks/white-box.ts";
import type { WeightsAs } from "../engine/graph/serialize.ts";
import { availableMemory } from "./available-memory.ts";

export type OpenModelOptions = {
  /** The machine's, where absent. */
  readonly threads?: number;
  /**
   * `inputs` (the default): one copy of the weights serves every graph. `constants`: packed for the graph that ran last; worth it where
   * the same points are read again and again.
   */
  readonly weightsAs?: WeightsAs;
  readonly signal?: AbortSignal;
};

/**
 * Opens a model as a white box. Its self-check runs when the file is seen for the first time.
 * @param nameOrPath a name of the catalogue (fetched where it is not in the cache), a .gguf file, or a folder with safetensors
 * @throws SetupError when it can't be had, is not supported, does not fit into memory, or fails its self-check
 * @example
 * await using model = await openModel("smollm2-135m-instruct");
 * const run = await model.run("The capital of France is", { cache: ["blocks.*.hook_resid_post"] });
 */
export async function openModel(nameOrPath: string, options: OpenModelOptions = {}): Promise<WhiteBox> {
  const { model } = await openLocal(
    nameOrPath,
    {
      env: process.env,
      home: homedir(),
      threads: options.threads ?? availableParallelism(),
      weightsAs: options.weightsAs ?? "inputs",
      availableBytes: availableMemory(),
      ...(options.signal ? { signal: options.signal } : {}),
    },
    openWhiteBox,
  );
  return model;
}
