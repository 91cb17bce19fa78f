// What a file of weights offers to whoever builds a model from it, in one file or in several shards.

export type ReadOptions = {
  /** What becomes of NaN and infinities: an error that names the tensor and the place (the default), or they are kept. */
  readonly nonFinite?: "refuse" | "keep";
};

export type TensorFile = {
  /** The file, or the index of the shards, as it is named in messages. */
  readonly path: string;
  /** Name to shape, [out, in] for matrices, and the type of its values in the file. `[]` is a single value; a 0 in it, none. */
  readonly tensors: ReadonlyMap<string, { readonly shape: readonly number[]; readonly type: string }>;
  /**
   * Reads one tensor, rows last in shape first in memory, exactly as float32. The array is the caller's.
   * @throws SetupError naming the tensor when it is absent, cut short, non-finite, too large for memory, or the file was changed.
   */
  readonly read: (name: string, options?: ReadOptions) => Promise<Float32Array>;
  readonly close: () => Promise<void>;
};
