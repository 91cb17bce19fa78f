// A model's file, opened: which family it is of, its sizes, its tokenizer, and its weights when they are wanted.

import { readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { SetupError } from "../core/errors.ts";
import type { Family, Source } from "./arch/family.ts";
import { families } from "./arch/families/index.ts";
import type { ModelConfig } from "./arch/model-config.ts";
import { readWeights } from "./arch/read-weights.ts";
import type { Weight } from "./graph/session.ts";
import { readPacked, type Packed } from "./quantised/read-packed.ts";
import { tokenizerFrom, type Tokenizer } from "./tokenizer/tokenizer.ts";
import { tokenizerFromFolder } from "./tokenizer/tokenizer-from-folder.ts";
import { openGguf } from "./weights/gguf-file.ts";
import { openSafetensors } from "./weights/safetensors/open-safetensors.ts";
import { shown } from "./weights/shown.ts";

export type ModelFile = {
  readonly path: string;
  readonly kind: "gguf" | "safetensors";
  readonly family: Family;
  readonly config: ModelConfig;
  readonly tensors: ReadonlyMap<string, { readonly shape: readonly number[]; readonly type: string }>;
  readonly tokenizer: () => Promise<Tokenizer>;
  /** @param as see `readWeights` */
  readonly weights: (
    as?: (source: Source, weight: string) => Source["take"],
  ) => Promise<ReadonlyMap<string, Weight>>;
  /** Matrices in the blocks that they are stored in, where the kind of file has such blocks. See `readPacked`. */
  readonly packed?: (floats: ReadonlyMap<string, Weight>) => Promise<Packed>;
  readonly close: () => Promise<void>;
};

/** A config is a few kilobytes. */
const CONFIG_BYTES = 4 * 2 ** 20;

/**
 * @param path a .gguf file; or a folder with config.json and safetensors, one of its .safetensors files, or its index of shards
 * @throws SetupError when the file is missing, corrupt, or of a kind or an architecture that is not supported
 */
export async function openModelFile(path: string): Promise<ModelFile> {
  return path.toLowerCase().endsWith(".gguf") ? fromGguf(path) : fromSafetensors(path);
}

async function fromGguf(path: string): Promise<ModelFile> {
  const file = await openGguf(path);
  return orClosed(file, async () => {
    const family = familyOf(
      path,
      `architecture ${shown(file.metadata["general.architecture"])}`,
      ({ ggufArchitectures }) => ggufArchitectures.includes(String(file.metadata["general.architecture"])),
    );
    const config = await family.fromGguf(file);
    return {
      path,
      kind: "gguf",
      family,
      config,
      tensors: file.tensors,
      tokenizer: async () => tokenizerFrom(path, file.metadata),
      weights: (as) => readWeights(file, "gguf", family, config, as),
      packed: (floats) => readPacked(file, family, config, floats),
      close: () => file.close(),
    };
  });
}

async function fromSafetensors(path: string): Promise<ModelFile> {
  const file = await openSafetensors(path);
  return orClosed(file, async () => {
    const folder = /\.(?:safetensors|json)$/iu.test(path) ? dirname(path) : path;
    const place = join(folder, "config.json");
    const json = await readConfig(place);
    const type = json["model_type"];
    const family = familyOf(place, `model_type ${shown(type)}`, ({ modelTypes }) =>
      modelTypes.includes(String(type)),
    );
    const config = family.fromConfigJson(place, json);
    return {
      path,
      kind: "safetensors",
      family,
      config,
      tensors: file.tensors,
      tokenizer: () => tokenizerFromFolder(folder),
      weights: (as) => readWeights(file, "safetensors", family, config, as),
      close: () => file.close(),
    };
  });
}

function familyOf(place: string, what: string, is: (family: Family) => boolean): Family {
  const found = Object.values(families).find(is);
  if (found) return found;
  throw new SetupError("ARCHITECTURE", `${place}: ${what} is not supported`, {
    hint: `Supported: ${Object.keys(families).join(", ")} (SmolLM2, Llama 1 to 3, Mistral and their kin; GPT-2). Any other model can be audited behind an OpenAI-compatible server.`,
  });
}

async function readConfig(place: string): Promise<Readonly<Record<string, unknown>>> {
  const hint = "Safetensors need the model's config.json beside them: fetch the whole folder.";
  let text: string;
  try {
    text = await readFile(place, "utf8");
  } catch (error) {
    throw new SetupError("MODEL_FILE", `${place} can't be read`, { hint, cause: error });
  }
  if (text.length > CONFIG_BYTES)
    throw new SetupError("CORRUPT_MODEL", `${place} is ${text.length} characters long: no config is`, {
      hint,
    });
  try {
    const json: unknown = JSON.parse(text);
    if (typeof json === "object" && json !== null && !Array.isArray(json))
      return json as Readonly<Record<string, unknown>>;
  } catch (error) {
    throw new SetupError("CORRUPT_MODEL", `${place} is not JSON`, { hint, cause: error });
  }
  throw new SetupError("CORRUPT_MODEL", `${place} holds no object`, { hint });
}

async function orClosed<T>(file: { close: () => Promise<void> }, make: () => Promise<T>): Promise<T> {
  try {
    return await make();
  } catch (error) {
    await file.close();
    throw error;
  }
}
