// Reads a model in llama2.c's version 0 format: seven lengths, then float32 tensors in a fixed order. Rotary pairs are neighbours.

import { readFileSync } from "node:fs";
import { undoRotaryPermutation } from "../../src/engine/arch/families/rotary-rows.ts";
import type { ModelConfig } from "../../src/engine/arch/model-config.ts";
import type { Weight } from "../../src/engine/graph/session.ts";

export function readLlama2c(path: string): {
  readonly config: ModelConfig;
  readonly weights: ReadonlyMap<string, Weight>;
} {
  const bytes = readFileSync(path);
  const [dModel, dMlp, nLayers, nHeads, nKeyValueHeads, vocab, nCtx] = [0, 1, 2, 3, 4, 5, 6].map((i) =>
    bytes.readInt32LE(4 * i),
  ) as [number, number, number, number, number, number, number];
  const dHead = dModel / nHeads;
  const all = new Float32Array(Uint8Array.from(bytes.subarray(28)).buffer);
  let at = 0;
  const take = (...shape: readonly number[]): Weight => {
    const size = shape.reduce((a, d) => a * d, 1);
    at += size;
    return { shape, values: all.subarray(at - size, at) };
  };
  const weights = new Map<string, Weight>();
  const each = (name: string, ...shape: readonly number[]) => {
    for (let l = 0; l < nLayers; l++) weights.set(`blocks.${l}.${name}`, take(...shape));
  };
  const turned = (name: string, heads: number) => {
    for (let l = 0; l < nLayers; l++) {
      const { shape, values } = take(heads * dHead, dModel);
      weights.set(`blocks.${l}.${name}`, {
        shape,
        values: undoRotaryPermutation(values, heads, dHead, dModel),
      });
    }
  };
  weights.set("embed.W_E", take(Math.abs(vocab), dModel));
  each("ln1.w", dModel);
  turned("attn.W_Q", nHeads);
  turned("attn.W_K", nKeyValueHeads);
  each("attn.W_V", nKeyValueHeads * dHead, dModel);
  each("attn.W_O", dModel, nHeads * dHead);
  each("ln2.w", dModel);
  each("mlp.W_gate", dMlp, dModel);
  each("mlp.W_out", dModel, dMlp);
  each("mlp.W_in", dMlp, dModel);
  weights.set("ln_final.w", take(dModel));
  take(nCtx, dHead);
  // A negative vocabulary says that the unembedding follows, a positive one that it is the embedding.
  weights.set("unembed.W_U", vocab < 0 ? take(-vocab, dModel) : weights.get("embed.W_E")!);
  return {
    config: {
      family: "llama",
      nLayers,
      dModel,
      nHeads,
      nKeyValueHeads,
      dHead,
      dMlp,
      dVocab: Math.abs(vocab),
      nCtx,
      eps: 1e-5,
      norm: "rms",
      positions: { kind: "rotary", base: 10000 },
      activation: "silu",
      gated: true,
      biases: { qkv: false, attnOut: false, mlp: false },
    },
    weights,
  };
}
