// A GGUF's matrices in the blocks that they are stored in, for products that need no float32 copy of them; all else as float32.

import type { Family } from "../arch/family.ts";
import type { ModelConfig } from "../arch/model-config.ts";
import type { AnyWeight } from "../graph/session.ts";
import type { GgufFile } from "../weights/gguf-file.ts";
import { isPackable, packBlocks } from "./pack-blocks.ts";
import { quantiseRows } from "./quantise-rows.ts";
import type { Form } from "./quantised-product.ts";
import { BLOCK, type QuantisedWeight } from "./quantised-weight.ts";

export type Packed = {
  readonly weights: ReadonlyMap<string, AnyWeight>;
  readonly forms: ReadonlyMap<string, Form>;
  /** Matrices whose stored type has no exact form in blocks, and that were rounded to 8 bits. */
  readonly rounded: readonly { readonly name: string; readonly relativeError: number }[];
};

/** A matrix that activations are multiplied with: not one that rows are looked up in, not a norm, not a bias. */
const MATRIX = /\.(?:attn|mlp)\.W_\w+$|^unembed\.W_U$/u;

/**
 * @param floats all weights as float32, by name: those that are not multiplied with are passed on. The unembedding is passed on, too:
 * log-probabilities of named tokens are always made in float32.
 */
export async function readPacked(
  file: GgufFile,
  family: Family,
  config: ModelConfig,
  floats: ReadonlyMap<string, AnyWeight>,
): Promise<Packed> {
  const weights = new Map<string, AnyWeight>();
  const forms = new Map<string, Form>();
  const rounded: { name: string; relativeError: number }[] = [];
  const places = family.weights(config);
  for (const place of places) {
    const [out, columns] = place.shape as readonly [number, number];
    if (!MATRIX.test(place.name) || columns % BLOCK !== 0) {
      weights.set(place.name, floats.get(place.name)!);
      continue;
    }
    const source = file.tensors.has(place.gguf.tensor)
      ? place.gguf
      : places.find(({ name }) => name === place.tiedTo)!.gguf;
    const { type } = file.tensors.get(source.tensor)!;
    const asStored = isPackable(type) && (!source.take || source.takeRows);
    let packed: QuantisedWeight;
    if (asStored) {
      const raw = await file.readRaw(source.tensor);
      const rows = source.takeRows ? source.takeRows(raw, raw.length / out) : raw;
      packed = packBlocks(type, rows, [out, columns]).weight;
    } else {
      const made = quantiseRows(floats.get(place.name)!.values as Float32Array, [out, columns]);
      packed = made.weight;
      rounded.push({ name: place.name, relativeError: made.relativeError });
    }
    const { bits, packed: values, scales, offsets } = packed;
    const blocks = columns / BLOCK;
    forms.set(place.name, { bits, hasOffsets: offsets !== undefined });
    weights.set(`${place.name}.packed`, { shape: [out, blocks, 4 * bits], values });
    weights.set(`${place.name}.scales`, { shape: [out, blocks], values: scales });
    if (offsets) weights.set(`${place.name}.offsets`, { shape: [blocks, out], values: offsets });
    if (place.name === "unembed.W_U") weights.set(place.name, floats.get(place.name)!);
  }
  return { weights, forms, rounded };
}
