// A large model on a small disk, for tests of memory: files with a true header and a hole where the values lie, which read as zero.

import { open } from "node:fs/promises";
import { ggufBytes } from "./gguf-bytes.ts";
import { tinyMetadata } from "./tiny-llama.ts";

const sizes = {
  "llama.block_count": 8,
  "llama.embedding_length": 1024,
  "llama.feed_forward_length": 4096,
  "llama.attention.head_count": 16,
  "llama.attention.head_count_kv": 16,
  "llama.rope.dimension_count": 64,
  "llama.vocab_size": 8192,
};
const d = sizes["llama.embedding_length"];
const mlp = sizes["llama.feed_forward_length"];

/** Names as in a GGUF of the Llama family, shapes [out, in]: 151 million parameters, 604 MB as float32, no two tied. */
const shapes: readonly (readonly [string, readonly number[]])[] = [
  ["token_embd.weight", [sizes["llama.vocab_size"], d]],
  ...Array.from({ length: sizes["llama.block_count"] }, (_, l) =>
    (
      [
        ["attn_norm", [d]],
        ["attn_q", [d, d]],
        ["attn_k", [d, d]],
        ["attn_v", [d, d]],
        ["attn_output", [d, d]],
        ["ffn_norm", [d]],
        ["ffn_gate", [mlp, d]],
        ["ffn_up", [mlp, d]],
        ["ffn_down", [d, mlp]],
      ] as const
    ).map(([part, shape]) => [`blk.${l}.${part}.weight`, shape] as const),
  ).flat(),
  ["output_norm.weight", [d]],
  ["output.weight", [sizes["llama.vocab_size"], d]],
];

const count = (shape: readonly number[]) => shape.reduce((a, n) => a * n, 1);

export const sparseModel = {
  /** Bytes of all values as float32. */
  bytes: 4 * shapes.reduce((sum, [, shape]) => sum + count(shape), 0),
  /** A GGUF that `loadModel` loads: norms in F32, the rest in Q8_0. */
  gguf: async (path: string): Promise<void> => {
    let at = 0;
    const tensors = shapes.map(([name, shape]) => {
      const offset = BigInt(at);
      const bytes = shape.length === 1 ? count(shape) * 4 : (count(shape) / 32) * 34;
      at += Math.ceil(bytes / 32) * 32;
      const type = shape.length === 1 ? 0 : 8;
      return { name, dims: shape.toReversed(), type, bytes: new Uint8Array(0), offset };
    });
    const metadata = tinyMetadata.map(
      ([key, value]) => [key, (sizes as Readonly<Record<string, number>>)[key] ?? value] as const,
    );
    await withHole(path, ggufBytes({ metadata, tensors }), at);
  },
  /** The same tensors in F16, as one safetensors file. */
  safetensors: async (path: string): Promise<void> => {
    let at = 0;
    const header: Record<string, unknown> = {};
    for (const [name, shape] of shapes) {
      const end = at + 2 * count(shape);
      header[name] = { dtype: "F16", shape, data_offsets: [at, end] };
      at = end;
    }
    const json = Buffer.from(JSON.stringify(header));
    const length = Buffer.alloc(8);
    length.writeBigUInt64LE(BigInt(json.length));
    await withHole(path, Buffer.concat([length, json]), at);
  },
};

async function withHole(path: string, header: Uint8Array, hole: number): Promise<void> {
  const file = await open(path, "w");
  try {
    await file.write(header);
    await file.truncate(header.length + hole);
  } finally {
    await file.close();
  }
}
