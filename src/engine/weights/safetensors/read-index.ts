// Reads the index of a model in shards: which tensor lies in which file beside it.

import { openBytes } from "./byte-source.ts";
import { jsonCursor } from "./json-cursor.ts";
import { modelFaults } from "./model-faults.ts";

/** The index of the largest model of many experts has about 9 MB. */
const INDEX_BYTES = 64_000_000;
const FILE_NAME_BYTES = 255;
const SHARDS = 1_000;
/** A plain name: nothing in it leads into another folder, to a device, or acts on a terminal. */
const PLAIN = /^\w[\w.-]*\.safetensors$/;

/**
 * Tensor to the name of its shard; never empty.
 * @throws SetupError when the file is missing, too large, not JSON, without a `weight_map`, or names a file that is not beside it
 */
export async function readIndex(path: string): Promise<ReadonlyMap<string, string>> {
  const bytes = await bytesOf(path);
  const fail = (what: string): never => {
    throw modelFaults.corrupt(path, what);
  };
  const json = jsonCursor(bytes, fail);
  const shardOf = new Map<string, string>();
  const shards = new Set<string>();
  json.object("its index", (key) => {
    if (key !== "weight_map") return json.skip(modelFaults.named(key));
    json.object("its weight_map", (tensor) => {
      const shard = json.text(`the shard of tensor ${modelFaults.named(tensor)}`, FILE_NAME_BYTES);
      if (!PLAIN.test(shard))
        fail(
          `it places tensor ${modelFaults.named(tensor)} in ${modelFaults.named(shard)}, which is no plain name of a safetensors file beside it`,
        );
      shardOf.set(tensor, shard);
      if (shards.add(shard).size > SHARDS) fail(`it names more than ${SHARDS} shards`);
    });
  });
  json.end();
  if (shardOf.size === 0) fail("its weight_map names no tensor");
  return shardOf;
}

async function bytesOf(path: string): Promise<Uint8Array> {
  const source = await openBytes(path);
  try {
    if (source.size > INDEX_BYTES)
      throw modelFaults.corrupt(
        path,
        `an index of ${source.size} bytes; ${INDEX_BYTES} is the most that is read`,
      );
    const bytes = new Uint8Array(source.size);
    await source.fill(bytes, 0, "its index");
    return bytes;
  } finally {
    await source.close();
  }
}
