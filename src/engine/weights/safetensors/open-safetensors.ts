// Opens the safetensors weights of a model, whichever way they are named: the folder, the file, or the index of its shards.

import { stat } from "node:fs/promises";
import { join } from "node:path";
import { modelFaults } from "./model-faults.ts";
import { openSafetensorsFile } from "./safetensors-file.ts";
import { openShardedFile } from "./sharded-file.ts";
import type { TensorFile } from "./tensor-file.ts";

const SINGLE = "model.safetensors";
const INDEX = "model.safetensors.index.json";

/**
 * In a folder, one file goes before shards where both are there, as `transformers` has it.
 * @throws SetupError when there is nothing to open, or it is not what it should be; one shard alone is refused
 */
export async function openSafetensors(path: string): Promise<TensorFile> {
  const found = await inFolder(path);
  if (found.endsWith(".index.json")) return openShardedFile(found);
  if (/-\d{5}-of-(?!00001)\d{5}\.safetensors$/.test(found)) {
    throw modelFaults.unreadable(
      found,
      "is one shard of a model, not the whole",
      `Name the folder, or the index (${INDEX}).`,
    );
  }
  return openSafetensorsFile(found);
}

async function inFolder(path: string): Promise<string> {
  const kind = await kindOf(path);
  if (kind !== "folder") return path;
  for (const name of [SINGLE, INDEX]) {
    if ((await kindOf(join(path, name))) !== "none") return join(path, name);
  }
  throw modelFaults.unreadable(
    path,
    `no ${SINGLE} and no ${INDEX} in this folder`,
    "Name a folder that holds the model's weights as safetensors.",
  );
}

async function kindOf(path: string): Promise<"folder" | "other" | "none"> {
  try {
    return (await stat(path)).isDirectory() ? "folder" : "other";
  } catch {
    return "none";
  }
}
