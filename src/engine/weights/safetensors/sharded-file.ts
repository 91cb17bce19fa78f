// Opens a model in shards as if it were one file: the index says where each tensor lies, and the shards are held to it.

import { realpath } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { modelFaults } from "./model-faults.ts";
import { readIndex } from "./read-index.ts";
import { openSafetensorsFile } from "./safetensors-file.ts";
import type { TensorFile } from "./tensor-file.ts";

const FETCH = "Fetch the shards and the index again, all from the same revision.";

/**
 * Opens every shard and reads its header; they stay open until `close`.
 * @param path the index, `model.safetensors.index.json`
 * @throws SetupError naming shard and tensor: a shard that is missing, leads out of the folder or is corrupt; a tensor that its
 * shard lacks, or that a shard holds against the index
 */
export async function openShardedFile(path: string): Promise<TensorFile> {
  const shardOf = await readIndex(path);
  const shards = new Map<string, TensorFile>();
  const close = async () => {
    for (const shard of shards.values()) await shard.close();
  };
  try {
    const folders = new Set([await realOf(path, dirname(path)), dirname(await realOf(path, path))]);
    for (const name of new Set(shardOf.values())) shards.set(name, await openShard(path, name, folders));
    const tensors = new Map<string, { readonly shape: readonly number[]; readonly type: string }>();
    for (const [tensor, name] of shardOf) {
      const found = shards.get(name)?.tensors.get(tensor);
      if (!found)
        throw modelFaults.corrupt(
          path,
          `it places tensor ${modelFaults.named(tensor)} in ${name}, which does not hold it`,
          FETCH,
        );
      tensors.set(tensor, found);
    }
    for (const [name, shard] of shards) refuseStrangers(path, name, shard, shardOf);
    return {
      path,
      tensors,
      read: (tensor, options) => {
        const shard = shards.get(shardOf.get(tensor) ?? "");
        if (shard) return shard.read(tensor, options);
        return Promise.reject(modelFaults.corrupt(path, `tensor ${modelFaults.named(tensor)} is missing`));
      },
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

/** What the index does not know of, or knows elsewhere, could be of another model or an older state of this one. */
function refuseStrangers(
  path: string,
  name: string,
  shard: TensorFile,
  shardOf: ReadonlyMap<string, string>,
): void {
  for (const tensor of shard.tensors.keys()) {
    const told = shardOf.get(tensor);
    if (told === name) continue;
    throw modelFaults.corrupt(
      path,
      `${name} holds tensor ${modelFaults.named(tensor)}, which the index ${told === undefined ? "does not name" : `places in ${told}`}`,
      FETCH,
    );
  }
}

/**
 * A shard must really lie in one of two folders: that of the index as it is named, or that of the file which the index is a link to.
 * The second is how the Hugging Face cache keeps models: links in one folder, to files that lie together in another.
 */
async function openShard(path: string, name: string, folders: ReadonlySet<string>): Promise<TensorFile> {
  const shard = join(dirname(path), name);
  const real = await realOf(path, shard);
  if (folders.has(dirname(real))) return openSafetensorsFile(shard, real);
  throw modelFaults.unreadable(
    path,
    `its shard ${name} is a link that leads out of the folder`,
    "Put the shard itself beside the index.",
  );
}

async function realOf(path: string, part: string): Promise<string> {
  try {
    return await realpath(part);
  } catch (error) {
    throw modelFaults.unreadable(
      path,
      `its shard ${basename(part)} is missing or can't be reached`,
      FETCH,
      error,
    );
  }
}
