// What a tensor type of a GGUF file is here: its name, the size of its blocks, and how a run of blocks becomes float32.

export type TensorType = {
  /** ggml's name: `Q4_K`. */
  readonly name: string;
  /** Values of one block. */
  readonly block: number;
  /** Bytes of one block. Blocks follow each other without padding. */
  readonly bytes: number;
  /**
   * Fills `out` with the values of the blocks in `raw`, bit for bit as the Python package `gguf` has them.
   *
   * Values that are not finite are given as they are, for the caller to refuse with the tensor's name: F32, F16 and BF16 keep
   * every bit of an infinity or NaN. In the types with scales, all values of a block are non-finite where one of its halves (the
   * scale or the minimum) is infinite or NaN, and all are finite otherwise; which NaN they are is the processor's choice.
   * @param raw the bytes of whole blocks, at any offset in their buffer
   * @param out [blocks x block]
   */
  readonly read: (raw: Uint8Array, out: Float32Array) => void;
};
