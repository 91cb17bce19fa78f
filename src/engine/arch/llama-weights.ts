// The weights of a Llama-family GGUF under our names, in the layout that the graph wants.

import { SetupError } from "../../core/errors.ts";
import type { Weight } from "../graph/session.ts";
import type { GgufFile } from "../weights/gguf-file.ts";
import type { LlamaConfig } from "./llama-config.ts";

/** How rotary pairs lie in the file's query and key rows: `undone` is right for GGUF's `llama`; `as-stored` shows what a wrong reading does. */
export type RotaryRows = "undone" | "as-stored";

/**
 * Reads all weights, dequantised to float32. No two are joined: the splits of a joint product would cost more than it saves.
 * @throws SetupError naming the tensor that is missing, has the wrong shape, or has no place in the architecture (a bias, say:
 * left out, it would be a silent wrong answer).
 */
export async function readLlamaWeights(
  file: GgufFile,
  config: LlamaConfig,
  rotaryRows: RotaryRows = "undone",
): Promise<ReadonlyMap<string, Weight>> {
  const { dModel, dHead, dMlp, dVocab, nHeads, nKeyValueHeads } = config;
  const dQuery = nHeads * dHead;
  const dKeyValue = nKeyValueHeads * dHead;
  const weights = new Map<string, Weight>();
  const wanted = new Set<string>();
  const read = async (name: string, shape: readonly number[]) => {
    wanted.add(name);
    const found = file.tensors.get(name)?.shape;
    if (!found || found.length !== shape.length || found.some((d, i) => d !== shape[i])) {
      throw new SetupError(
        "CORRUPT_MODEL",
        `${file.path}: tensor ${name} should be [${shape}], ${found ? `is [${found}]` : "is missing"}`,
        {
          hint: "The file is damaged, or its architecture differs from what its metadata says.",
        },
      );
    }
    return file.read(name);
  };
  const rows = (values: Float32Array, heads: number) =>
    rotaryRows === "undone" ? undoRotaryPermutation(values, heads, dHead, dModel) : values;

  for (let l = 0; l < config.nLayers; l++) {
    const q = rows(await read(`blk.${l}.attn_q.weight`, [dQuery, dModel]), nHeads);
    const k = rows(await read(`blk.${l}.attn_k.weight`, [dKeyValue, dModel]), nKeyValueHeads);
    const v = await read(`blk.${l}.attn_v.weight`, [dKeyValue, dModel]);
    weights.set(`blocks.${l}.ln1.w`, {
      shape: [dModel],
      values: await read(`blk.${l}.attn_norm.weight`, [dModel]),
    });
    weights.set(`blocks.${l}.attn.W_Q`, { shape: [dQuery, dModel], values: q });
    weights.set(`blocks.${l}.attn.W_K`, { shape: [dKeyValue, dModel], values: k });
    weights.set(`blocks.${l}.attn.W_V`, { shape: [dKeyValue, dModel], values: v });
    weights.set(`blocks.${l}.attn.W_O`, {
      shape: [dModel, dQuery],
      values: await read(`blk.${l}.attn_output.weight`, [dModel, dQuery]),
    });
    weights.set(`blocks.${l}.ln2.w`, {
      shape: [dModel],
      values: await read(`blk.${l}.ffn_norm.weight`, [dModel]),
    });
    weights.set(`blocks.${l}.mlp.W_gate`, {
      shape: [dMlp, dModel],
      values: await read(`blk.${l}.ffn_gate.weight`, [dMlp, dModel]),
    });
    weights.set(`blocks.${l}.mlp.W_in`, {
      shape: [dMlp, dModel],
      values: await read(`blk.${l}.ffn_up.weight`, [dMlp, dModel]),
    });
    weights.set(`blocks.${l}.mlp.W_out`, {
      shape: [dModel, dMlp],
      values: await read(`blk.${l}.ffn_down.weight`, [dModel, dMlp]),
    });
  }
  weights.set("ln_final.w", { shape: [dModel], values: await read("output_norm.weight", [dModel]) });
  const embedding = { shape: [dVocab, dModel], values: await read("token_embd.weight", [dVocab, dModel]) };
  weights.set("embed.W_E", embedding);
  const untied = file.tensors.has("output.weight");
  weights.set(
    "unembed.W_U",
    untied ? { shape: [dVocab, dModel], values: await read("output.weight", [dVocab, dModel]) } : embedding,
  );
  const stranger = [...file.tensors.keys()].find((name) => !wanted.has(name));
  if (stranger !== undefined) {
    throw new SetupError(
      "ARCHITECTURE",
      `${file.path}: tensor ${stranger} has no place in the architecture that is supported`,
      {
        hint: "Supported: Llama without biases, experts or scaled rotary frequencies. Any other model can be audited behind an OpenAI-compatible server.",
      },
    );
  }
  return weights;
}

/**
 * GGUF's `llama` stores each head's rows so that rotary pairs are neighbours (2i, 2i+1); the graph pairs i with i + d/2.
 * Row 2i+j of a head goes back to row j d/2 + i (the inverse of llama.cpp's permutation; see research notes on rotary pairing).
 */
export function undoRotaryPermutation(
  values: Float32Array,
  heads: number,
  dHead: number,
  dModel: number,
): Float32Array {
  const out = new Float32Array(values.length);
  const half = dHead / 2;
  for (let h = 0; h < heads; h++) {
    for (let i = 0; i < half; i++) {
      for (let j = 0; j < 2; j++) {
        const from = (h * dHead + 2 * i + j) * dModel;
        out.set(values.subarray(from, from + dModel), (h * dHead + j * half + i) * dModel);
      }
    }
  }
  return out;
}
