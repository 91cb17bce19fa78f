// What declares a family of architectures: how its config is read, and where each weight lies in a file.

import type { TensorFile } from "../weights/safetensors/tensor-file.ts";
import type { ModelConfig } from "./model-config.ts";

export type OpenGguf = Pick<TensorFile, "path" | "tensors" | "read"> & {
  readonly metadata: Readonly<Record<string, unknown>>;
};

/** Where a weight comes from in one kind of file. */
export type Source = {
  readonly tensor: string;
  /** Its shape in the file, where that is not the weight's own. */
  readonly stored?: readonly number[];
  /** The weight's values out of the stored ones: a slice, a transposition. Leaves its argument as it is. */
  readonly take?: (values: Float32Array) => Float32Array;
  /** The same on the stored bytes of whole rows, where `take` does no more than put rows in another order. */
  readonly takeRows?: (rows: Uint8Array, bytesPerRow: number) => Uint8Array;
};

export type WeightPlace = {
  /** Our name, in TransformerLens's words: "blocks.0.attn.W_Q". Matrices are [out, in]. */
  readonly name: string;
  readonly shape: readonly number[];
  readonly safetensors: Source;
  readonly gguf: Source;
  /** The weight that stands in where the file has no such tensor. */
  readonly tiedTo?: string;
};

export type Family = {
  /** `general.architecture` of a GGUF. */
  readonly ggufArchitectures: readonly string[];
  /** `model_type` of a config.json. */
  readonly modelTypes: readonly string[];
  /** Some of it is told by the tensors alone. @throws SetupError naming the entry that is missing, impossible or not supported. */
  readonly fromGguf: (file: OpenGguf) => Promise<ModelConfig>;
  readonly fromConfigJson: (path: string, json: Readonly<Record<string, unknown>>) => ModelConfig;
  readonly weights: (config: ModelConfig) => readonly WeightPlace[];
  /** Safetensors of this family may be written with or without this beginning: the name of the module that was saved. */
  readonly prefix: string;
  /** Tensors that some writers leave in a file and that hold nothing to compute with (a causal mask, say). */
  readonly ignored: RegExp;
};
